//! Sensitive values are followed to where they are shown or kept, and the way is told.

use std::path::Path;

use policy::terraform::{Configuration, Folder};
use policy::{Report, Sources, check, judge};
use proptest::prelude::*;

/// Each finding that a value flows to, with the texts of the places on its way.
fn told(report: &Report, sources: &Sources) -> Vec<String> {
    assert!(report.failures.is_empty(), "{:?}", report.failures);
    let flows =
        report.findings.iter().filter(|finding| ["SEC013", "SEC014", "SEC040"].contains(&finding.rule.id));
    flows
        .map(|finding| {
            let way =
                finding.related.iter().map(|(span, what)| format!("{} ({what})", sources.written(*span)));
            let places: Vec<String> =
                std::iter::once(sources.written(finding.span).to_owned()).chain(way).collect();
            format!("{} {}: {}", finding.rule.id, finding.address, places.join(" < "))
        })
        .collect()
}

fn flows(name: &str, document: &str) -> Vec<String> {
    let mut sources = Sources::default();
    let file = sources.add(name, document);
    told(&check(&sources, &[file]), &sources)
}

#[test]
fn the_way_through_locals_and_functions_is_told() {
    let document = r#"
        variable "token" {
          sensitive = true
        }
        locals {
          header = "Bearer ${var.token}"
          settings = { authorization = upper(local.header) }
        }
        resource "aws_lambda_function" "f" {
          environment {
            variables = { AUTH = lookup(local.settings, "authorization") }
          }
        }
    "#;
    assert_eq!(
        flows("main.tf", document),
        [
            "SEC014 aws_lambda_function.f: local.settings < local.header (`local.settings` is made from `local.header`) \
          < var.token (`local.header` is made from `var.token`) < \"token\" (`var.token` is declared here)"
        ]
    );
}

#[test]
fn the_way_through_modules_is_told() {
    let root = r#"
        module "secret" { source = "./secret" }
        module "app" {
          source = "./app"
          given  = module.secret.made
        }
    "#;
    let secret = r#"
        resource "random_password" "p" { length = 20 }
        output "made" {
          value     = random_password.p.result
          sensitive = true
        }
    "#;
    let app = r#"
        variable "given" {}
        resource "aws_sns_topic" "t" { tags = { p = var.given } }
    "#;
    let mut sources = Sources::default();
    let mut folder = |name: &str, text: &str| {
        let file = sources.add(name, text);
        Folder::read(&sources, &[file])
    };
    let mut configuration = Configuration::of(Path::new(""), folder("main.tf", root));
    configuration.add("secret".into(), folder("secret/main.tf", secret));
    configuration.add("app".into(), folder("app/main.tf", app));
    assert_eq!(
        told(&judge(configuration), &sources),
        [
            "SEC014 module.app.aws_sns_topic.t: var.given < module.secret.made (`module.app` gives `module.secret.made` to `given`) \
          < random_password.p.result (`module.secret.output.made` is made from `random_password.p.result`)"
        ]
    );
}

#[test]
fn every_place_that_is_shown_is_seen() {
    for place in [
        r#""aws_instance": {"r": {"user_data": "@"}}"#,
        r#""aws_launch_template": {"r": {"user_data": "${base64encode(\"x @\")}"}}"#,
        r#""aws_s3_bucket": {"r": {"bucket": "b-@"}}"#,
        r#""aws_sns_topic": {"r": {"name": "@"}}"#,
        r#""aws_sfn_state_machine": {"r": {"definition": "{\"Comment\": \"@\"}"}}"#,
        r#""aws_ssm_parameter": {"r": {"name": "/a", "type": "String", "value": "@"}}"#,
        r#""aws_api_gateway_stage": {"r": {"variables": {"a": "@"}}}"#,
        r#""aws_apprunner_service": {"r": {"source_configuration": {"image_repository": {"image_configuration": {"runtime_environment_variables": {"A": "@"}}}}}}"#,
        r#""aws_ecs_task_definition": {"r": {"container_definitions": "[{\"environment\": [{\"name\": \"A\", \"value\": \"@\"}]}]"}}"#,
        r#""terraform_data": {"r": {"provisioner": [{"remote-exec": {"inline": ["a @"]}}]}}"#,
    ] {
        let written = place.replace('@', "${var.t}");
        let document =
            format!(r#"{{"variable": {{"t": {{"sensitive": true}}}}, "resource": {{{written}}}}}"#);
        assert_eq!(flows("main.tf.json", &document).len(), 1, "{document}");
    }
}

#[test]
fn what_only_tells_of_a_secret_is_silent() {
    for place in [
        r#"{"aws_sns_topic": {"r": {"name": "t-${length(var.t)}", "tags": {"hash": "${sha256(var.t)}"}}}}"#,
        r#"{"aws_lambda_function": {"f": {"environment": {"variables": {"SECRET_ARN": "${aws_secretsmanager_secret.s.arn}"}}}}}"#,
        r#"{"aws_ssm_parameter": {"p": {"name": "/a", "type": "SecureString", "value_wo": "${var.t}", "value_wo_version": 1}}}"#,
        r#"{"aws_sns_topic": {"r": {"name": "${var.name}"}}}"#,
        r#"{"aws_sns_topic": {"r": {"name": "${local.a}"}}}"#,
    ] {
        let rest = r#""variable": {"t": {"sensitive": true}, "name": {}}, "locals": {"a": "${local.b}", "b": "${local.a}"}"#;
        let document = format!(r#"{{{rest}, "resource": {place}}}"#);
        assert_eq!(flows("main.tf.json", &document), [""; 0], "{document}");
    }
}

#[test]
fn what_a_remote_state_or_another_provider_holds_is_sensitive() {
    for reference in [
        "data.terraform_remote_state.network.outputs.db_password",
        "data.vault_generic_secret.app.data[\"password\"]",
        "data.aws_secretsmanager_secret_version.app.secret_string",
        "data.aws_ssm_parameter.app.value",
        "aws_iam_access_key.ci.secret",
        "tls_private_key.k.private_key_pem",
    ] {
        let document = format!("output \"o\" {{\n  value = {reference}\n}}\n");
        assert_eq!(flows("main.tf", &document).len(), 1, "{document}");
    }
    let public = "output \"o\" {\n  value = data.terraform_remote_state.network.outputs.vpc_id\n}\n";
    assert_eq!(flows("main.tf", public), [""; 0]);
}

#[test]
fn a_generated_password_is_kept_in_the_state() {
    let document = r#"
        resource "random_password" "db" { length = 32 }
        resource "aws_rds_cluster" "db" { master_password = random_password.db.result }
    "#;
    assert_eq!(flows("main.tf", document), ["SEC040 aws_rds_cluster.db: random_password.db.result"]);
}

proptest! {
    /// However long the chain of locals, its end and every step on it are told.
    #[test]
    fn a_chain_of_locals_is_followed_to_its_end(length in 1_usize..40) {
        let step = |number: usize| format!("\"l{number}\": \"${{local.l{}}}\"", number + 1);
        let chain: Vec<String> = (0..length).map(step).chain([format!("\"l{length}\": \"x-${{var.t}}\"")]).collect();
        let document = format!(
            r#"{{"variable": {{"t": {{"sensitive": true}}}}, "locals": {{{}}}, "output": {{"o": {{"value": "${{local.l0}}"}}}}}}"#,
            chain.join(", ")
        );
        let told = flows("main.tf.json", &document);
        prop_assert_eq!(told.len(), 1);
        // Each local, and the variable's declaration.
        prop_assert_eq!(told[0].matches(" < ").count(), length + 2);
    }
}
