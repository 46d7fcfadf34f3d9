//! Terraform's own blocks in stack files: plain, empty, unknown and hostile.

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests fail by panicking")]

mod wanted;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use synth::stack_file::{Mistake, resolve, resolve_recorded};

fn document(text: &str) -> Value {
    let json = resolve("s.yaml", text).unwrap_or_else(|mistakes| panic!("{mistakes}")).remove(0).json;
    serde_json::from_str(&json).unwrap()
}

fn only(text: &str) -> Mistake {
    let mistakes = resolve("s.yaml", text).unwrap_err().0;
    <[Mistake; 1]>::try_from(mistakes).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"))[0].clone()
}

const LOGS: &str = "stack: s\nconstructs:\n  logs: { log_group: { name: /s, retention_days: 7 } }\n";

/// The constructs of `LOGS`, and blocks, one a line from the fifth on.
fn beside_logs(blocks: &str) -> String {
    format!("{LOGS}terraform:\n{blocks}")
}

#[test]
fn blocks_stand_beside_what_constructs_make() {
    let made = document(&beside_logs("  resource: { aws_sqs_queue: { jobs: { name: jobs } } }\n"));
    assert_eq!(made["resource"]["aws_sqs_queue"]["jobs"], json!({ "name": "jobs" }));
    assert_eq!(made["resource"]["aws_cloudwatch_log_group"]["logs"]["name"], "/s");
}

#[test]
fn no_blocks_change_nothing() {
    assert_eq!(resolve("s.yaml", &beside_logs("  {}\n")), resolve("s.yaml", LOGS));
}

#[test]
fn blocks_refer_to_what_constructs_offer_and_to_each_other() {
    let made = document(&beside_logs(
        "  locals:\n    whole: '${logs.arn}'\n    inside: '${upper(logs.name)}, ${aws_sqs_queue.jobs.arn} $${logs.arn}'\n  \
           resource: { aws_sqs_queue: { jobs: { name: jobs } } }\n",
    ));
    assert_eq!(
        made["locals"],
        json!({
            "whole": "${aws_cloudwatch_log_group.logs.arn}",
            "inside": "${upper(aws_cloudwatch_log_group.logs.name)}, ${aws_sqs_queue.jobs.arn} $${logs.arn}",
        })
    );
}

#[test]
fn a_name_that_terraform_binds_is_no_construct() {
    let text = "${[for logs in [{ arn = 1 }] : logs.arn]}";
    assert_eq!(document(&beside_logs(&format!("  locals: {{ all: '{text}' }}\n")))["locals"]["all"], text);
}

#[test]
fn what_a_construct_does_not_offer_is_a_mistake_on_its_line() {
    let mistake = only(&beside_logs("  locals:\n    a: 1\n    b: '${logs.url}'\n"));
    assert_eq!((mistake.line, mistake.pointer.as_str()), (7, "/terraform/locals/b"));
    assert_eq!(mistake.message, "`s/logs`, of kind `log_group`, offers no `url`");
}

#[test]
fn an_address_that_a_construct_has_is_a_mistake_on_its_line() {
    let mistake = only(&beside_logs(
        "  resource:\n    aws_cloudwatch_log_group:\n      other: { name: /o }\n      logs: { name: /t }\n",
    ));
    assert_eq!(mistake.line, 8);
    assert_eq!(
        mistake.message,
        "`resource.aws_cloudwatch_log_group.logs` is there already: the rest of the file makes one"
    );
}

#[test]
fn unknown_arguments_types_and_references_are_found_by_the_schema() {
    for (blocks, line, column) in [
        ("  resource:\n    aws_sqs_queue: { jobs: { nam: jobs } }\n", 6, 30),
        ("  resource:\n    aws_sqs_que: { jobs: { name: jobs } }\n", 6, 20),
        ("  locals:\n    a: '${aws_sqs_queue.jobs.arn}'\n", 6, 5),
        ("  locals:\n    a: '${'\n", 6, 5),
        ("  resource:\n    aws_sqs_queue: 5\n", 6, 5),
    ] {
        let mistake = only(&beside_logs(blocks));
        assert_eq!((mistake.line, mistake.column), (line, column), "{blocks}\n{mistake}");
    }
}

#[test]
fn an_unknown_section_lists_those_there_are() {
    let mistake = only(&beside_logs("  resources: {}\n"));
    assert_eq!(mistake.help.unwrap(), "did you mean `resource`?");
}

const PASSWORD: &str =
    "  resource:\n    aws_ssm_parameter:\n      p: { name: p, type: SecureString, value: hunter2 }\n";

#[test]
fn a_secret_in_plain_text_is_refused_and_not_repeated() {
    let mistake = only(&beside_logs(PASSWORD));
    assert_eq!((mistake.line, mistake.message.as_str()), (7, "a secret cannot be written out"));
    assert!(!mistake.to_string().contains("hunter2"), "{mistake}");
}

#[test]
fn a_secret_in_plain_text_stands_where_a_reason_is_given() {
    let reason = "plaintext_in_state: { /resource/aws_ssm_parameter/p/value: it is a test }\n";
    let made = document(&format!("{}{reason}", beside_logs(PASSWORD)));
    assert_eq!(made["resource"]["aws_ssm_parameter"]["p"]["value"], "hunter2");
}

#[test]
fn a_reason_for_no_secret_is_a_mistake() {
    let reason = "plaintext_in_state: { /resource/aws_ssm_parameter/p/value: it is a test }\n";
    for text in [format!("{LOGS}{reason}"), format!("{}{reason}", beside_logs("  locals: { a: 1 }\n"))] {
        assert!(only(&text).message.starts_with("there is no secret in plain text at"), "{text}");
    }
}

#[test]
fn configurations_of_a_provider_differ_by_their_aliases() {
    let with = |alias: &str| {
        format!(
            "stack: s\nprovider: {{ region: us-east-1 }}\nterraform:\n  provider: {{ aws: {{ {alias}region: us-west-2 }} }}\n"
        )
    };
    assert_eq!(
        document(&with("alias: west, "))["provider"]["aws"],
        json!([{ "alias": "west", "region": "us-west-2" }, { "region": "us-east-1" }])
    );
    assert_eq!(only(&with("")).pointer, "/terraform/provider/aws");
}

#[test]
fn the_order_of_nested_blocks_stays() {
    let text = "stack: s\nterraform:\n  resource:\n    aws_sqs_queue: { jobs: { tags: { z: '1', a: '2' }, name: jobs } }\n";
    let json = resolve("s.yaml", text).unwrap().remove(0).json;
    assert!(json.find("\"z\"") < json.find("\"a\"") && json.find("\"a\"") < json.find("\"name\""), "{json}");
}

#[test]
fn addresses_are_recorded_beside_blocks() {
    let mut record = synth::Record::default();
    let text = beside_logs("  resource: { aws_sqs_queue: { jobs: { name: '${logs.name}' } } }\n");
    let documents = resolve_recorded("s.yaml", &text, &mut record).unwrap();
    assert_eq!(documents, resolve("s.yaml", &text).unwrap());
}

/// Text that Terraform evaluates to itself, or nearly.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[ -#&-~é\\n]{0,12}", Just("$${logs.arn}".to_owned()), Just("${path.module}/a".to_owned())]
}

fn value() -> impl Strategy<Value = Value> {
    let plain = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    plain.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{1,6}", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #[test]
    fn a_document_in_a_stack_file_is_that_document(
        locals in prop::collection::btree_map("[a-z]{1,6}", value(), 1..4),
        outputs in prop::collection::btree_map("[a-z]{1,6}", value(), 1..4),
    ) {
        let outputs: Map<String, Value> =
            outputs.into_iter().map(|(name, value)| (name, json!({ "value": value }))).collect();
        let wanted = json!({ "locals": locals, "output": outputs });
        let file = json!({ "stack": "s", "terraform": wanted }).to_string();
        prop_assert_eq!(document(&file), wanted);
    }
}
