//! Everything that Terraform reads or writes is read, and says the same in every form.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

use std::path::Path;

use assert_cmd::Command;
use policy::{Report, Sources, check, report};
use serde_json::{Value, json};

fn read(files: &[(&str, &str)]) -> (Report, Sources) {
    let mut sources = Sources::default();
    let ids: Vec<_> = files.iter().map(|(name, text)| sources.add(*name, *text)).collect();
    (check(&sources, &ids), sources)
}

/// What is said of some files: the rule and address of each finding, and every reason of doubt.
fn said(files: &[(&str, &str)]) -> Vec<String> {
    let (report, _) = read(files);
    assert!(report.failures.is_empty(), "{:?}", report.failures);
    let findings = report.findings.iter().map(|finding| format!("{} {}", finding.rule.id, finding.address));
    let mut said: Vec<String> =
        findings.chain(report.undecided.iter().map(|later| later.why.clone())).collect();
    said.sort();
    said
}

/// The same of a path, by the command, with the fingerprints of secrets.
fn said_of(path: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path);
    let mut command = Command::cargo_bin("policy").unwrap();
    let output = command.args(["check", "--format", "json"]).arg(path).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["failures"], json!([]));
    let finding = |found: &Value| {
        let secret = found["secret"]["fingerprint"].as_str().unwrap_or_default();
        format!("{} {} {secret}", found["rule"].as_str().unwrap(), found["address"].as_str().unwrap())
    };
    let undecided = |later: &Value| later["message"].as_str().unwrap().to_owned();
    let findings = report["findings"].as_array().unwrap().iter().map(finding);
    let mut said: Vec<String> =
        findings.chain(report["undecided"].as_array().unwrap().iter().map(undecided)).collect();
    said.sort();
    said
}

/// What the configuration in `fixtures/access` has to be told.
const ACCESS: [&str; 12] = [
    "IAM001 aws_iam_role_policy.worker ",
    "IAM001 module.writer.aws_iam_policy.write ",
    "IAM002 aws_iam_policy.everything ",
    "IAM005 aws_iam_role.worker ",
    "IAM005 aws_s3_bucket_policy.media ",
    "IAM009 aws_iam_role_policy_attachment.administrator ",
    "IAM042 aws_iam_role_policy.worker ",
    "IAM070 aws_s3_bucket_policy.media ",
    "SEC001 var.token 282c53effc47",
    "SEC004 aws_lambda_function.worker 72e2c504080b",
    "SEC014 aws_lambda_function.worker ",
    "SEC014 module.writer.aws_iam_policy.write ",
];

#[test]
fn both_syntaxes_say_the_same_with_their_modules() {
    assert_eq!(said_of("access/native"), ACCESS);
    assert_eq!(said_of("access/json"), ACCESS);
}

#[test]
fn a_plan_says_the_same_as_its_configuration() {
    assert_eq!(said_of("access/json.plan.json"), ACCESS);
}

/// terraform writes nothing of a map in which something is unknown.
#[test]
fn what_the_plan_of_a_native_configuration_lacks_is_undecided() {
    let lost = "what this environment holds: it is known only after apply";
    let expected = ACCESS.map(|said| if said.starts_with("SEC004") { lost } else { said });
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(said_of("access/native.plan.json"), expected);
}

#[test]
fn a_finding_in_a_heredoc_points_at_its_bytes() {
    let text = "resource \"aws_iam_role\" \"r\" {\r\n  assume_role_policy = <<-EOT\r\n    {\r\n      \"Statement\": {\"Effect\": \"Allow\",\r\n        \"Principal\": \"*\", \"Action\": \"sts:AssumeRole\"}\r\n    }\r\n  EOT\r\n}\r\n";
    for text in
        [text.to_owned(), text.replace('\r', ""), format!("\u{feff}{text}"), text.replace("<<-", "<<")]
    {
        let (report, sources) = read(&[("main.tf", &text)]);
        let finding = report.findings.iter().find(|finding| finding.rule.id == "IAM005").unwrap();
        let position = sources.position(finding.span);
        assert_eq!((position.line, position.column), (5, 22), "{text}");
        assert_eq!(sources.written(finding.span), "\"*\"");
    }
}

#[test]
fn standard_input_is_known_by_its_content() {
    let native = "resource \"aws_iam_access_key\" \"k\" {\n  user = \"u\"\n}\n";
    let json = "\t{\"resource\":\t{\"aws_iam_access_key\": {\"k\": {\"user\": \"u\"}}}}";
    for text in [native, json, "\u{feff}{\"resource\": [{\"aws_iam_access_key\": [{\"k\": [{}]}]}]}"] {
        assert_eq!(said(&[("<stdin>", text)]), ["IAM010 aws_iam_access_key.k"], "{text}");
    }
}

fn change(address: &str, change: Value) -> Value {
    json!({"address": address, "mode": "managed", "type": "aws_iam_access_key", "name": "k", "change": change})
}

#[test]
fn instances_have_their_addresses_and_what_is_deleted_is_gone() {
    let mut keyed = change("", json!({"actions": ["create"], "after": {"user": "u"}}));
    keyed["index"] = json!("a\"b");
    keyed["module_address"] = json!("module.m[0]");
    let plan = json!({"format_version": "1.2", "resource_changes": [
        keyed,
        change("aws_iam_access_key.k", json!({"actions": ["delete"], "before": {"user": "u"}, "after": null})),
    ]});
    let address = r#"IAM010 module.m[0].aws_iam_access_key.k["a\"b"]"#;
    assert_eq!(said(&[("plan.json", &plan.to_string())]), [address]);
}

#[test]
fn what_a_plan_lacks_is_said() {
    for (resource, why) in [
        (
            json!({"mode": "managed", "type": "aws_iam_role"}),
            "an object of a plan or a state needs a `type` and a `name`",
        ),
        (
            json!({"mode": "odd", "type": "t", "name": "n"}),
            "an object of a plan or a state needs a `mode` that Terraform has",
        ),
        (json!({"mode": "managed", "type": "t", "name": "n"}), "a change of a plan needs a `change`"),
        (
            json!({"mode": "managed", "type": "t", "name": "n", "module_address": "m", "change": {}}),
            "this is not the address of a module",
        ),
    ] {
        let plan = json!({"resource_changes": [resource]}).to_string();
        assert_eq!(said(&[("plan.json", &plan)]), [why], "{plan}");
    }
    assert_eq!(
        said(&[("plan.json", r#"{"resource_changes": {}}"#)]),
        ["a list belongs here, in `resource_changes`"]
    );
}

#[test]
fn what_no_change_says_is_read_of_what_is_planned_and_of_what_was() {
    let policy = |name: &str| json!({"mode": "managed", "type": "aws_iam_policy", "name": name, "values": {"policy": POLICY}});
    let document = json!({"mode": "data", "type": "aws_iam_policy_document", "name": "was",
        "values": {"statement": [{"actions": ["*"], "resources": ["*"]}]}});
    let within = |address: &str, resources: Value, modules: Value| json!({"address": address, "resources": resources, "child_modules": modules});
    let inner = within("module.a.module.b", json!([policy("deep")]), Value::Null);
    let plan = json!({
        "resource_changes": [{"mode": "managed", "type": "aws_iam_policy", "name": "changed", "change": {"after": {}}}],
        "planned_values": {"root_module": within("", json!([policy("changed"), policy("kept")]),
            json!([within("module.a", Value::Null, json!([inner]))]))},
        "prior_state": {"values": {"root_module": {"resources": [document, policy("deleted")]}}},
    });
    assert_eq!(
        said(&[("plan.json", &plan.to_string())]),
        [
            "IAM002 aws_iam_policy.kept",
            "IAM002 data.aws_iam_policy_document.was",
            "IAM002 module.a.module.b.aws_iam_policy.deep"
        ]
    );
}

#[test]
fn an_unknown_policy_of_a_plan_is_undecided_unless_its_provider_computes_it() {
    let plan = |expressions: Value| {
        json!({
            "resource_changes": [{"mode": "managed", "type": "aws_sqs_queue", "name": "q",
                "change": {"actions": ["create"], "after": {"name": "q"}, "after_unknown": {"policy": true, "arn": true}}}],
            "configuration": {"root_module": {"resources": [
                {"mode": "managed", "type": "aws_sqs_queue", "name": "q", "expressions": expressions}]}},
        })
        .to_string()
    };
    assert_eq!(said(&[("p", &plan(json!({"name": {"constant_value": "q"}})))]), [""; 0]);
    let unknown = json!({"policy": {"references": ["var.a", "aws_x.y.z", "aws_x.y"]}});
    assert_eq!(said(&[("p", &plan(unknown))]), ["it is known only after apply"]);
}

const POLICY: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Action":"*","Effect":"Allow","Resource":"*"}]}"#;

#[test]
fn states_are_read_in_both_forms() {
    let shown = json!({"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": {
        "child_modules": [{"address": "module.m", "resources": [
            {"mode": "managed", "type": "aws_iam_policy", "name": "p", "index": 0, "values": {"policy": POLICY, "tags_all": null}}]}]}}});
    let raw = json!({"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "l", "outputs": {}, "resources": [
        {"module": "module.m", "mode": "managed", "type": "aws_iam_policy", "name": "p",
            "instances": [{"index_key": 0, "attributes": {"policy": POLICY}}]}]});
    for state in [shown, raw] {
        let text = state.to_string();
        assert_eq!(said(&[("state.json", &text)]), ["IAM002 module.m.aws_iam_policy.p[0]"]);
        let (report, sources) = read(&[("state.json", &text)]);
        assert_eq!(sources.written(report.findings[0].span), r#"\"*\""#);
    }
}

#[test]
fn an_empty_state_and_an_empty_plan_are_clean() {
    for text in [
        r#"{"format_version": "1.0", "terraform_version": "1.11.4"}"#,
        r#"{"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "l", "outputs": {}, "resources": []}"#,
        r#"{"format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {"root_module": {}}, "configuration": {"root_module": {}}}"#,
    ] {
        assert_eq!(said(&[("x.json", text)]), [""; 0], "{text}");
    }
}

#[test]
fn a_plan_beside_a_configuration_is_judged_on_its_own() {
    let plan =
        json!({"resource_changes": [change("a", json!({"actions": ["create"], "after": {}}))]}).to_string();
    let key = "resource \"aws_iam_access_key\" \"k\" {\n}\n";
    let both = said(&[("main.tf", key), ("plan.json", &plan)]);
    assert_eq!(both, ["IAM010 aws_iam_access_key.k", "IAM010 aws_iam_access_key.k"]);
}

#[test]
fn a_sensitive_value_of_a_plan_is_its_authors_only_where_it_is_written_out() {
    let plan = |expression: Value| {
        json!({
            "resource_changes": [{"mode": "managed", "type": "aws_db_instance", "name": "d",
                "change": {"actions": ["create"], "after": {"password": "hunter2"}, "after_sensitive": {"password": true}}}],
            "configuration": {"root_module": {"resources": [{"mode": "managed", "type": "aws_db_instance", "name": "d",
                "expressions": {"password": expression}}]}},
        })
        .to_string()
    };
    let given = plan(json!({"references": ["var.password"]}));
    assert_eq!(said(&[("p", &given)]), [""; 0]);
    assert_eq!(said(&[("p", &plan(json!({"constant_value": "hunter2"})))]), ["SEC003 aws_db_instance.d"]);
    let mut shown = Vec::new();
    let (report, sources) = read(&[("p", &given)]);
    report::human::write(&report, &sources, &mut shown).unwrap();
    assert!(!String::from_utf8(shown).unwrap().contains("hunter2"));
}
