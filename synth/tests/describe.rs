//! `synth describe`: what a page says, what it never says, and what it makes of documents that nobody would write.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use assert_cmd::Command;
use predicates::str::contains;
use proptest::prelude::*;
use serde_json::{Value, json};
use synth::describe::{Described, describe};

fn page(document: &Value) -> String {
    describe(&[Described { name: "shop", json: &document.to_string() }]).unwrap()
}

/// The first line in which this stands.
fn line<'a>(page: &'a str, what: &str) -> &'a str {
    page.lines().find(|line| line.contains(what)).unwrap_or("not said")
}

#[test]
fn an_empty_document_has_only_what_every_stack_has() {
    let page = page(&json!({}));
    let headings: Vec<&str> = page.lines().filter(|line| line.starts_with("## ")).collect();
    assert_eq!(headings, ["## Deploy", "## Roll back", "## Destroy"]);
}

#[test]
fn a_secret_names_its_variable_its_readers_and_its_version() {
    let page = page(&json!({
        "variable": { "token": { "ephemeral": true, "sensitive": true } },
        "resource": {
            "aws_secretsmanager_secret": { "token": { "name": "shop/token" }, "token2": { "name": "shop/other" } },
            "aws_secretsmanager_secret_version": { "token": {
                "secret_id": "${aws_secretsmanager_secret.token.id}",
                "secret_string_wo": "${jsonencode({ token = var.token })}", "secret_string_wo_version": 3 } },
            "aws_apprunner_service": {
                "api": { "service_name": "api", "secrets": { "T": "${aws_secretsmanager_secret.token.arn}" } },
                "other": { "service_name": "other", "secrets": { "T": "${aws_secretsmanager_secret.token2.arn}" } } },
        }
    }));
    assert_eq!(
        line(&page, "| `shop/token`"),
        "| `shop/token` | `var.token`, write-only | `aws_apprunner_service.api` | give the new value: raise \
         `secret_string_wo_version` from 3, apply |"
    );
    assert!(page.contains("[?ServiceName=='api']") && !page.contains("[?ServiceName=='other']"), "{page}");
}

#[test]
fn what_has_the_same_generated_value_is_rotated_together() {
    let page = page(&json!({
        "ephemeral": { "aws_secretsmanager_random_password": { "p": {} } },
        "resource": {
            "aws_db_instance": { "main": { "identifier": "main", "password_wo_version": 1,
                "password_wo": "${ephemeral.aws_secretsmanager_random_password.p.random_password}" } },
            "aws_ssm_parameter": { "url": { "name": "/url", "type": "SecureString", "value_wo_version": 1,
                "value_wo": "postgres://${ephemeral.aws_secretsmanager_random_password.p.random_password}@h" } } }
    }));
    assert!(
        line(&page, "| `main` | generated").ends_with(
            "a new one is made: raise `password_wo_version` from 1, and that of `aws_ssm_parameter.url`, apply |"
        ),
        "{page}"
    );
}

#[test]
fn thresholds_have_their_units() {
    let alarm = |metric: &str, threshold: f64| {
        json!({ "alarm_name": metric, "metric_name": metric, "namespace": "AWS/RDS", "statistic": "Average",
            "comparison_operator": "LessThanThreshold", "threshold": threshold, "period": 60,
            "evaluation_periods": 5 })
    };
    let page = page(&json!({ "resource": { "aws_cloudwatch_metric_alarm": {
        "storage": alarm("FreeStorageSpace", 5_368_709_120.0), "read": alarm("ReadLatency", 0.1) } } }));
    assert!(page.contains("`FreeStorageSpace`, Average, \\< 5 GiB for 5 min"), "{page}");
    assert!(page.contains("`ReadLatency`, Average, \\< 0.1 s for 5 min"), "{page}");
}

#[test]
fn a_reader_in_another_stack_is_found_through_the_output_that_it_reads() {
    let secrets = json!({
        "output": { "arn": { "value": "${aws_secretsmanager_secret.token.arn}" } },
        "resource": {
            "aws_secretsmanager_secret": { "token": { "name": "shop/token" } },
            "aws_secretsmanager_secret_version": { "token": {
                "secret_id": "${aws_secretsmanager_secret.token.id}",
                "secret_string_wo": "${ephemeral.random.p.v}", "secret_string_wo_version": 1 } } },
        "ephemeral": { "random": { "p": {} } }
    });
    let shop = json!({ "resource": { "aws_apprunner_service": { "api": {
        "service_name": "api", "secrets": { "T": "${data.terraform_remote_state.secrets.outputs.arn}" } } } } });
    let (secrets, shop) = (secrets.to_string(), shop.to_string());
    let stacks = [Described { name: "secrets", json: &secrets }, Described { name: "shop", json: &shop }];
    let page = describe(&stacks).unwrap();
    let said = line(&page, "| `shop/token`");
    assert!(
        said.starts_with("| secrets | `shop/token` | generated, write-only | `aws_apprunner_service.api`"),
        "{said}"
    );
    assert_eq!(line(&page, "| `arn`"), "| secrets | `arn` | for `shop` | yes |");
    let apply = page.find("-chdir=secrets apply").or(page.find("-chdir=secrets plan")).unwrap();
    assert!(apply < page.find("-chdir=shop plan").unwrap(), "the order of application: {page}");
    assert!(
        page.find("-chdir=shop destroy").unwrap() < page.find("-chdir=secrets destroy").unwrap(),
        "{page}"
    );
}

#[test]
fn what_terraform_knows_later_is_shown_as_its_expression() {
    let page = page(&json!({ "resource": {
        "aws_cloudwatch_log_group": { "logs": { "name": "/shop", "retention_in_days": "${local.days * 2}" } },
        "aws_ecs_service": { "web": { "name": "${local.name}", "desired_count": "${var.tasks}" } } } }));
    assert!(line(&page, "| `/shop`").contains("| `${local.days * 2}` |"), "{page}");
    assert!(line(&page, "desired_count").ends_with("| `var.tasks` |"), "{page}");
    assert!(page.contains("--services NAME"), "{page}");
}

#[test]
fn what_destroy_meets_is_said() {
    let page = page(&json!({ "resource": {
        "aws_db_instance": { "main": { "identifier": "main", "deletion_protection": true } },
        "aws_secretsmanager_secret": { "token": { "name": "t" } },
        "aws_s3_bucket": { "files": {}, "scratch": { "force_destroy": true } } } }));
    let section = page.split("## ").find(|section| section.starts_with("Destroy")).unwrap();
    let rows: Vec<&str> = section.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(
        rows,
        [
            "| `aws_db_instance.main` | refuses: set `deletion_protection` to false and apply first |",
            "| `aws_db_instance.main` | leaves a final snapshot, which costs storage until it is deleted |",
            "| `aws_s3_bucket.files` | refuses while it holds objects |",
            "| `aws_secretsmanager_secret.token` | can be restored, and keeps its name, for 30 days |",
        ]
    );
}

#[test]
fn a_type_that_has_no_class_of_cost_is_said_to_have_none() {
    let page =
        page(&json!({ "resource": { "aws_quantum_computer": { "q": {} }, "aws_iam_role": { "r": {} } } }));
    assert!(
        page.contains("| not known here: see its service's prices | `aws_quantum_computer.q` |"),
        "{page}"
    );
}

#[test]
fn no_value_of_a_secret_is_shown() {
    let page = page(&json!({
        "variable": { "token": { "sensitive": true, "default": "hunter2" } },
        "resource": {
            "aws_secretsmanager_secret_version": { "a": { "secret_string": "hunter2" } },
            "aws_ssm_parameter": { "b": { "name": "/b", "type": "SecureString", "value": "hunter2" } },
            "aws_db_instance": { "c": { "password": "hunter2" } } }
    }));
    assert!(!page.contains("hunter2"), "{page}");
}

#[test]
fn text_of_a_stack_ends_no_cell_no_line_and_no_command() {
    let page = page(&json!({
        "variable": { "a": { "description": "one | two\n## Not a heading `rm`", "type": "string" } },
        "resource": { "aws_cloudwatch_log_group": { "l": { "name": "/x; rm -rf ~ | `y`", "retention_in_days": 1 } } }
    }));
    assert!(page.contains("one \\| two ## Not a heading \\`rm\\`"), "{page}");
    assert!(!page.lines().any(|line| line.starts_with("## Not")), "{page}");
    assert!(page.contains("`aws logs tail NAME --follow`"), "{page}");
}

#[test]
fn what_is_no_document_is_refused_by_name() {
    let why = |json| describe(&[Described { name: "shop", json }]).unwrap_err().to_string();
    assert_eq!(why("[1]"), "the document of `shop` is not Terraform JSON: expected an object");
    assert!(why("{").starts_with("the document of `shop` is not JSON: "));
}

#[test]
fn the_command_reads_a_file_a_folder_and_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    std::fs::create_dir(at("web")).unwrap();
    std::fs::write(at("web/main.tf.json"), "{}").unwrap();
    std::fs::write(
        at("manifest.json"),
        r#"{"stacks": [{"folder": "web", "needs": [], "stack": "web"}], "version": 1}"#,
    )
    .unwrap();
    let describe = |path: &std::path::Path| {
        let mut command = Command::cargo_bin("synth").unwrap();
        command.arg("describe").arg(path);
        command
    };
    let said = contains("terraform init");
    describe(folder.path()).assert().code(0).stdout(said.clone());
    describe(&at("web")).assert().code(0).stdout(said.clone());
    describe(&at("web/main.tf.json")).assert().code(0).stdout(said.clone());
    describe("-".as_ref()).write_stdin("{}").assert().code(0).stdout(said);
    describe("-".as_ref())
        .write_stdin("7")
        .assert()
        .code(1)
        .stdout("")
        .stderr(contains("not Terraform JSON"));
    describe(&at("nowhere")).assert().code(2).stderr(contains("nowhere"));
    std::fs::write(at("manifest.json"), "{}").unwrap();
    describe(folder.path()).assert().code(2).stderr(contains("is no manifest"));
}

/// Any JSON, with the keys that the page looks for.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "[a-z${}.|`\n]{0,12}".prop_map(Value::from),
    ];
    let key = prop::sample::select(vec![
        "resource",
        "variable",
        "output",
        "terraform",
        "provider",
        "aws",
        "backend",
        "s3",
        "aws_db_instance",
        "aws_ecs_service",
        "aws_secretsmanager_secret_version",
        "aws_cloudwatch_metric_alarm",
        "a",
        "name",
        "default",
    ]);
    leaf.prop_recursive(5, 60, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map(key.clone().prop_map(str::to_owned), inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_object_is_described_and_its_tables_keep_their_columns(document in anything()) {
        prop_assume!(document.is_object());
        let page = page(&document);
        let cells = |line: &str| line.replace("\\|", "").matches('|').count();
        let tables: Vec<&str> = page.lines().map(|line| if line.starts_with('|') { line } else { "" }).collect();
        for rows in tables.split(|line| line.is_empty()).filter(|rows| !rows.is_empty()) {
            let counts: Vec<usize> = rows.iter().map(|row| cells(row)).collect();
            prop_assert!(counts.windows(2).all(|pair| pair[0] == pair[1]), "{rows:?}");
        }
    }
}
