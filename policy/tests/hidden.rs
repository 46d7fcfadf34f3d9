//! Secrets where other scanners pass over them: each test is named after what hides the secret.

use policy::iam::catalogue::managed_policies;
use policy::{Sources, check};

/// The rule, the message and the source text of each finding about a secret, in a file of that name.
fn found(name: &str, document: &str) -> Vec<(String, String, String)> {
    let mut sources = Sources::default();
    let file = sources.add(name, document);
    let report = check(&sources, &[file]);
    assert!(report.failures.is_empty(), "{:?}", report.failures);
    let secrets = report.findings.iter().filter(|finding| finding.rule.id.starts_with("SEC"));
    let said = secrets.map(|finding| {
        (finding.rule.id.to_owned(), finding.message.clone(), sources.written(finding.span).to_owned())
    });
    said.collect()
}

/// That one secret is found, and as what.
fn assert_found(document: &str, rule: &str, message: &str, at: &str) {
    let said = found("main.tf.json", document);
    assert_eq!(said, [(rule.to_owned(), message.to_owned(), at.to_owned())], "{document}");
}

#[test]
fn container_definitions_as_json_in_a_string() {
    assert_found(
        r#"{"resource": {"aws_ecs_task_definition": {"t": {"container_definitions": "[{\"environment\": [{\"name\": \"API_TOKEN\", \"value\": \"hunter2\"}]}]"}}}}"#,
        "SEC004",
        "literal secret in the plain environment, as `API_TOKEN`, inside JSON",
        r#"\"hunter2\""#,
    );
}

#[test]
fn container_definitions_as_an_expression() {
    assert_found(
        r#"{"resource": {"aws_ecs_task_definition": {"t": {"container_definitions": "${jsonencode([{environment = [{name = \"API_TOKEN\", value = \"hunter2\"}]}])}"}}}}"#,
        "SEC004",
        "literal secret in the plain environment, as `API_TOKEN`",
        r#"\"hunter2\""#,
    );
}

#[test]
fn secret_string_as_json() {
    assert_found(
        r#"{"resource": {"aws_secretsmanager_secret_version": {"v": {"secret_string": "{\"db\": {\"password\": \"hunter2\"}}"}}}}"#,
        "SEC003",
        "literal secret in the sensitive argument `secret_string.db.password`, inside JSON",
        r#"\"hunter2\""#,
    );
}

#[test]
fn a_file_with_required_version_in_the_array_spelling() {
    let document = r#"{"terraform": [{"required_version": ">= 1.5"}], "resource": [{"aws_db_instance": [{"d": [{"password": "hunter2"}]}]}]}"#;
    assert_eq!(found("main.tf.json", document).len(), 1);
}

#[test]
fn a_file_indented_with_tabs() {
    let document = "{\n\t\"locals\": {\n\t\t\"db_password\": \"hunter2\"\n\t}\n}\n";
    assert_eq!(found("main.tf.json", document).len(), 1);
}

#[test]
fn unicode_escapes_of_json() {
    let document = r#"{"locals": {"a": "\u0070ostgres:\u002f\u002fapp:hunter2@db\u002fapp"}}"#;
    assert_found(document, "SEC009", "password in a URL in `a`", "hunter2");
}

#[test]
fn escapes_in_escapes() {
    let document =
        r#"{"locals": {"a": "{\"b\": \"{\\\"url\\\": \\\"postgres://app:hunter2@db/app\\\"}\"}"}}"#;
    assert_found(document, "SEC009", "password in a URL in `url`, inside JSON, inside JSON", "hunter2");
}

#[test]
fn base64_of_a_script() {
    // export DB_PASSWORD=hunter2
    assert_found(
        r#"{"resource": {"aws_instance": {"i": {"user_data_base64": "ZXhwb3J0IERCX1BBU1NXT1JEPWh1bnRlcjI="}}}}"#,
        "SEC006",
        "literal secret in user data, as `DB_PASSWORD`, inside base64",
        r#""ZXhwb3J0IERCX1BBU1NXT1JEPWh1bnRlcjI=""#,
    );
}

#[test]
fn gzip_in_base64_in_a_command() {
    // export DB_PASSWORD=hunter2
    let packed = "H4sIAAAAAAACA0utKMgvKlFwcYoPcAwODvcPcrHNKM0rSS0yAgBaRnUxGgAAAA==";
    let document = format!(
        r#"{{"resource": {{"aws_instance": {{"i": {{"user_data": "echo {packed} | base64 -d | gunzip | sh"}}}}}}}}"#
    );
    let said = found("main.tf.json", &document);
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(said[0].1, "literal secret in user data, as `DB_PASSWORD`, inside gzip, inside base64");
    assert_eq!(said[0].2, packed.trim_end_matches('='));
}

#[test]
fn percent_signs() {
    let document = r#"{"locals": {"a": "x=postgres%3A%2F%2Fapp%3Ahunter2%40db%2Fapp"}}"#;
    assert_found(document, "SEC009", "password in a URL in `a`, inside URL encoding", "hunter2");
}

#[test]
fn a_heredoc_of_the_native_syntax() {
    let document = "resource \"aws_instance\" \"i\" {\n  user_data = <<-EOT\n    #!/bin/sh\n    export DB_PASSWORD=hunter2\n  EOT\n}\n";
    let said = found("main.tf", document);
    assert_eq!((said.len(), said[0].2.as_str()), (1, "hunter2"));
}

#[test]
fn a_file_of_values() {
    let said = found("prod.auto.tfvars", "db_password = \"hunter2\"\n");
    assert_eq!((said.len(), said[0].2.as_str()), (1, "\"hunter2\""));
}

#[test]
fn pieces_that_a_template_puts_together() {
    let document = r#"{"locals": {"scheme": "postgres", "user": "app", "a": "${local.scheme}://${local.user}:hunter2@db/app"}}"#;
    assert_found(document, "SEC009", "password in a URL in `a`", "hunter2");
}

#[test]
fn a_login_that_base64encode_makes_a_header_of() {
    let document = r#"{"locals": {"header": "Authorization: Basic ${base64encode(\"app:hunter2\")}"}}"#;
    let said = found("main.tf.json", document);
    assert_eq!((said.len(), said[0].0.as_str()), (1, "SEC011"), "{said:?}");
}

#[test]
fn a_command_in_a_list() {
    let document = r#"{"resource": {"aws_ecs_task_definition": {"t": {"container_definitions": "[{\"command\": [\"app\", \"--db-password\", \"hunter2\"]}]"}}}}"#;
    let said = found("main.tf.json", document);
    assert_eq!((said.len(), said[0].2.as_str()), (1, "hunter2"), "{said:?}");
}

#[test]
fn managed_policies_of_aws_hold_no_secret() {
    let mut documents = 0;
    for policy in managed_policies() {
        let document = serde_json::json!({"locals": {"policy": policy.document}}).to_string();
        assert_eq!(found("main.tf.json", &document), [], "{}", policy.name);
        documents += 1;
    }
    assert!(documents > 1_500, "{documents}");
}
