//! Constructs and outputs that refer to Terraform's own blocks.

use serde_json::json;

use super::{LOGS, document, only};

/// A construct and an output that refer to blocks.
const WANTING: &str = "stack: s
constructs:
  logs: { log_group: { name: '/s/${aws_sqs_queue.jobs.name}', retention_days: '${local.days}' } }
outputs:
  first: { description: the first, value: '${aws_subnet.of[0].id}, ${module.net[\"a\"].ids} $${aws_sqs_queue.x.arn}' }
provider: { region: '${local.region}' }
terraform:
  locals: { days: 7, region: us-east-1 }
  resource:
    aws_sqs_queue: { jobs: { name: jobs } }
    aws_subnet: { of: { count: 2, vpc_id: vpc-1 } }
  module: { net: { source: ./net, for_each: '${toset([\"a\"])}' } }
";

#[test]
fn constructs_and_outputs_refer_to_values_of_blocks() {
    let made = document(WANTING);
    let logs = &made["resource"]["aws_cloudwatch_log_group"]["logs"];
    assert_eq!(
        (&logs["name"], &logs["retention_in_days"]),
        (&json!("/s/${aws_sqs_queue.jobs.name}"), &json!("${local.days}"))
    );
    assert_eq!(made["provider"]["aws"], json!([{ "region": "${local.region}" }]));
    assert_eq!(
        made["output"],
        json!({ "first": {
        "description": "the first",
        "value": "${aws_subnet.of[0].id}, ${module.net[\"a\"].ids} $${aws_sqs_queue.x.arn}",
    } })
    );
}

#[test]
fn a_reference_to_a_block_that_is_not_there_is_a_mistake_on_its_line() {
    for (from, to, line, message, help) in [
        (
            "jobs.name}",
            "jbos.name}",
            3,
            "`aws_sqs_queue.jbos` is not declared",
            "did you mean `aws_sqs_queue.jobs`?",
        ),
        ("jobs.name}", "jobs.nmae}", 3, "there is no attribute `nmae`", "did you mean `name`?"),
        ("local.days", "local.day", 3, "`local.day` is not declared", "did you mean `local.days`?"),
        (
            "of[0].id",
            "of.id.x",
            5,
            "`aws_subnet.of` stands for several: one must be chosen",
            "write `aws_subnet.of[0].id`",
        ),
    ] {
        let mistake = only(&WANTING.replacen(from, to, 1));
        assert_eq!((mistake.line, mistake.message.as_str()), (line, message));
        assert_eq!(mistake.help.unwrap(), help);
    }
    let without = only("stack: s\noutputs:\n  a: { description: a, value: '${aws_vpc.main.id}' }\n");
    assert_eq!((without.line, without.message.as_str()), (3, "`aws_vpc.main` is not declared"));
}

#[test]
fn a_value_that_only_the_provider_knows_is_left_to_terraform() {
    let made = document(
        "stack: s\noutputs:\n  a: { description: a, value: '${random_pet.a.id}' }\n\
         terraform: { resource: { random_pet: { a: {} } } }\n",
    );
    assert_eq!(made["output"]["a"]["value"], "${random_pet.a.id}");
}

#[test]
fn a_sensitive_value_of_a_block_is_not_shown() {
    let parameter = "terraform:\n  resource:\n    aws_ssm_parameter: { p: { name: p, type: String, insecure_value: x } }\n";
    let output = only(&format!(
        "stack: s\noutputs:\n  a: {{ description: a, value: '${{aws_ssm_parameter.p.value}}' }}\n{parameter}"
    ));
    assert_eq!(output.message, "`aws_ssm_parameter.p.value` is sensitive, and would be shown here");
    assert_eq!(output.help.unwrap(), "write the output below `terraform`, with `sensitive: true`");
    let argument = only(&format!(
        "stack: s\nconstructs:\n  a: {{ log_group: {{ name: '${{aws_ssm_parameter.p.value}}', retention_days: 7 }} }}\n{parameter}"
    ));
    assert_eq!((argument.line, argument.message), (3, output.message));
}

/// A construct that takes a variable, which is a block.
fn taking(construct: &str, hidden: &str) -> String {
    format!(
        "stack: s\nconstructs:\n  a: {{ {construct} }}\nterraform:\n  variable: {{ of__it: {{ type: string{hidden} }} }}\n"
    )
}

const NAMED: &str = "log_group: { name: '${var.of__it}', retention_days: 7 }";
const KEPT: &str = "secret: { name: kept, value: '${var.of__it}' }";

#[test]
fn a_variable_that_is_a_block_stays_as_it_is() {
    let made = document(&taking(NAMED, ", default: '/s'"));
    assert_eq!(made["variable"], json!({ "of__it": { "type": "string", "default": "/s" } }));
    assert_eq!(made["resource"]["aws_cloudwatch_log_group"]["a"]["name"], "${var.of__it}");
    let made = document(&taking(KEPT, ", ephemeral: true"));
    assert_eq!(
        made["resource"]["aws_secretsmanager_secret_version"]["a"]["secret_string_wo"],
        "${var.of__it}"
    );
}

#[test]
fn a_variable_that_is_a_block_hides_what_it_says() {
    let shown = only(&taking(NAMED, ", sensitive: true"));
    assert_eq!(shown.message, "variable `of__it` is sensitive, and would be shown here");
    assert_eq!(
        only(&taking(KEPT, "")).message,
        "variable `of__it` is not sensitive, and a secret is needed here"
    );
}

#[test]
fn where_a_construct_is_named_no_value_of_a_block_can_stand() {
    let mistake = only(
        "stack: s\nconstructs:\n  role: { role: { name: s, trust: { service: lambda.amazonaws.com }, \
         may: { read: ['${aws_secretsmanager_secret.a.arn}'] } } }\n",
    );
    assert_eq!(mistake.message, "there is no construct named `${aws_secretsmanager_secret.a.arn}`");
    let help = "write the name of a construct of kind `secret`; values of variables and of blocks stand where text does";
    assert_eq!(mistake.help.unwrap(), help);
}

#[test]
fn a_construct_and_a_block_in_a_circle_are_refused() {
    let mistake = only(&WANTING.replace("name: jobs", "name: '${logs.name}'"));
    let circle = "aws_sqs_queue.jobs → aws_cloudwatch_log_group.logs → aws_sqs_queue.jobs";
    assert_eq!((mistake.line, mistake.message), (3, format!("these need each other: {circle}")));
}

#[test]
fn a_construct_cannot_have_the_name_of_terraforms_own_words() {
    let mistake = only(&LOGS.replace("logs:", "local:"));
    assert_eq!((mistake.line, mistake.pointer.as_str()), (3, "/constructs/local"));
}
