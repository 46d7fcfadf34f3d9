//! Limits of values that come later: conditions that Terraform checks when it plans.

use serde_json::{Value as Json, json};
use synth::app_runner::{Connection, Scaling};
use synth::dns::{Record, Zone};
use synth::ecr::Repository;
use synth::s3::Bucket;
use synth::stack_file::resolve;
use synth::{
    LogGroup, Number, Parameter, ParameterTree, Ref, Scope, Secret, Variable, conditional, functions, text,
};

use super::{document, problems, refusal, service};

fn number(stack: &mut Scope<'_>) -> Ref<Number> {
    stack.add("x", Variable::<Number>::new())
}

fn word(stack: &mut Scope<'_>) -> Ref<String> {
    stack.add("x", Variable::<String>::new())
}

/// The conditions of an object, each without its `${…}`.
fn conditions(document: &Json, of: &str) -> Vec<String> {
    let rules = document.pointer(&format!("{of}/lifecycle/precondition")).and_then(Json::as_array);
    let condition = |rule: &Json| {
        let text = rule["condition"].as_str().unwrap().to_owned();
        text.trim_start_matches("${").trim_end_matches('}').to_owned()
    };
    rules.into_iter().flatten().map(condition).collect()
}

#[test]
fn a_number_that_comes_later_has_the_limits_of_one_that_is_written() {
    let of = |build: fn(&mut Scope<'_>), at: &str| conditions(&document(build), &format!("/resource/{at}"));
    let retention = of(
        |stack| {
            let days = number(stack);
            stack.add("logs", LogGroup::new("/logs", days));
        },
        "aws_cloudwatch_log_group/logs",
    );
    assert_eq!(retention.len(), 1);
    assert!(retention[0].starts_with("contains([0, 1, 3, 5, 7, 14, ") && retention[0].ends_with(", var.x)"));
    let recovery = of(
        |stack| {
            let days = number(stack);
            stack.add("token", Secret::new("token").recovery_days(days));
        },
        "aws_secretsmanager_secret/token",
    );
    assert_eq!(recovery, ["(var.x == 0) || ((var.x >= 7) && (var.x <= 30))"]);
    let answer = of(
        |stack| {
            let zone = stack.add("zone", Zone::new("example.com"));
            let seconds = number(stack);
            stack.add("www", Record::cname(zone, "www.example.com", "example.org").seconds(seconds));
        },
        "aws_route53_record/www",
    );
    assert_eq!(answer, ["(var.x >= 0) && (var.x <= 2147483647)"]);
    let scaling = of(
        |stack| {
            let most = number(stack);
            let concurrency = stack.add("y", Variable::<Number>::new());
            let scaling = Scaling::between(2, most).concurrency(concurrency);
            stack.add("api", service("shop-api").scaling(scaling));
        },
        "aws_apprunner_auto_scaling_configuration_version/api",
    );
    assert_eq!(scaling, ["(var.y >= 1) && (var.y <= 200)", "var.x >= 2"]);
}

#[test]
fn the_message_says_what_is_accepted() {
    let document = document(|stack| {
        let days = number(stack);
        stack.add("token", Secret::new("token").recovery_days(days));
    });
    assert_eq!(
        document["resource"]["aws_secretsmanager_secret"]["token"]["lifecycle"]["precondition"][0]["error_message"],
        "Accepted as the days for which a secret can be restored: 7 to 30, or 0 to delete it at once."
    );
}

#[test]
fn a_name_that_comes_later_has_the_limits_of_one_that_is_written() {
    let document = document(|stack| {
        let name = word(stack);
        stack.add("github", Connection::github(text!("{}-github", &name)));
        stack.add("images", Repository::new(&name));
        stack.add("theirs", Repository::existing(&name));
        stack.add("level", Parameter::plain(&name, "info"));
        stack.add("runtime", ParameterTree::under(&name).plain("level", "info"));
    });
    let ecr = "(can(regex(\"^([a-z0-9]+([._-][a-z0-9]+)*/)*[a-z0-9]+([._-][a-z0-9]+)*$\", var.x)) && \
               (length(var.x) >= 2)) && (length(var.x) <= 256)";
    let parameter = |name: &str| {
        format!(
            "(can(regex(\"^(/[a-zA-Z0-9._-]+){{1,15}}$|^[a-zA-Z0-9._-]+$\", {name})) && \
             (!can(regex(\"(?i)^/?(aws|ssm)\", {name})))) && (length({name}) <= 900)"
        )
    };
    for (of, condition) in [
        (
            "/resource/aws_apprunner_connection/github",
            "can(regex(\"^[A-Za-z0-9][A-Za-z0-9_-]{3,31}$\", \"${var.x}-github\"))",
        ),
        ("/resource/aws_ecr_repository/images", ecr),
        ("/data/aws_ecr_repository/theirs", ecr),
        ("/resource/aws_ssm_parameter/level", &parameter("var.x")),
        ("/resource/aws_ssm_parameter/runtime__level", &parameter("\"${var.x}/level\"")),
    ] {
        assert_eq!(conditions(&document, of), [condition], "{of}");
    }
}

#[test]
fn a_variable_with_a_validation_of_its_own_has_no_second_one() {
    let document = document(|stack| {
        let days = stack.add("days", Variable::<Number>::new().one_of([7, 14]));
        let most = stack.add("most", Variable::<Number>::new().whole(1, 10));
        let name = stack.add("name", Variable::<String>::new().pattern("^[a-z]{4,9}$", "Accepted: letters."));
        stack.add("logs", LogGroup::new("/logs", &days));
        stack.add("images", Repository::new(name));
        stack.add("api", service("shop-api").scaling(Scaling::between(1, most)));
        stack.add("token", Secret::new("token").recovery_days(synth::Value::from(days).plus(1)));
    });
    let unconditional = [
        "aws_cloudwatch_log_group/logs",
        "aws_ecr_repository/images",
        "aws_apprunner_auto_scaling_configuration_version/api",
    ];
    for of in unconditional {
        assert_eq!(document.pointer(&format!("/resource/{of}/lifecycle/precondition")), None, "{of}");
    }
    let sum = conditions(&document, "/resource/aws_secretsmanager_secret/token");
    assert_eq!(sum, ["((var.days + 1) == 0) || (((var.days + 1) >= 7) && ((var.days + 1) <= 30))"]);
}

#[test]
fn an_order_of_two_numbers_is_not_said_by_a_validation_of_one() {
    let document = document(|stack| {
        let most = stack.add("most", Variable::<Number>::new().whole(1, 10));
        stack.add("api", service("shop-api").scaling(Scaling::between(5, most)));
    });
    let of = "/resource/aws_apprunner_auto_scaling_configuration_version/api";
    assert_eq!(conditions(&document, of), ["var.most >= 5"]);
}

#[test]
fn both_sides_of_a_conditional_are_judged_at_once_where_they_are_written() {
    let message = refusal(|stack| {
        let kept = stack.add("kept", Variable::<bool>::new());
        stack.add("token", Secret::new("token").recovery_days(conditional(kept, 31, 0)));
    });
    assert_eq!(message, "a secret cannot be recoverable for 31 days");
    let document = document(|stack| {
        let kept = stack.add("kept", Variable::<bool>::new());
        stack.add("token", Secret::new("token").recovery_days(conditional(kept, 30, 0)));
    });
    let secret = &document["resource"]["aws_secretsmanager_secret"]["token"];
    assert_eq!(secret["recovery_window_in_days"], "${var.kept ? 30 : 0}");
    assert_eq!(secret.get("lifecycle"), None);
}

#[test]
fn a_value_that_refers_to_nothing_has_no_condition_that_terraform_would_refuse() {
    let document = document(|stack| {
        stack.add("logs", LogGroup::new("/logs", functions::max([1, 3])));
        stack.add("files", Bucket::new(functions::lower("Files")));
        stack.add("zone", Zone::new(functions::lower("Example.com")));
    });
    for of in ["aws_cloudwatch_log_group/logs", "aws_s3_bucket/files", "aws_route53_zone/zone"] {
        assert_eq!(document.pointer(&format!("/resource/{of}/lifecycle")), None, "{of}");
    }
}

#[test]
fn a_number_that_is_not_whole_is_refused() {
    let found = problems(|stack| {
        stack.add("logs", LogGroup::new("/logs", 1.5));
        stack.add("huge", LogGroup::new("/huge", u64::MAX));
    });
    let messages: Vec<&str> = found.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "CloudWatch Logs cannot keep logs for 1.5 days",
            "CloudWatch Logs cannot keep logs for 18446744073709551615 days"
        ]
    );
}

#[test]
fn stack_files_have_the_same_conditions() {
    let text = "
stack: s
variables:
  checked: { number: { description: days, one_of: [7] } }
  free: { number: { description: days } }
constructs:
  checked: { log_group: { name: /checked, retention_days: '${var.checked}' } }
  free: { log_group: { name: /free, retention_days: '${var.free}' } }
";
    let document: Json = serde_json::from_str(&resolve("s.yaml", text).unwrap()[0].json).unwrap();
    let groups = &document["resource"]["aws_cloudwatch_log_group"];
    assert_eq!(groups["checked"], json!({ "name": "/checked", "retention_in_days": "${var.checked}" }));
    assert_eq!(conditions(groups, "/free").len(), 1);
}
