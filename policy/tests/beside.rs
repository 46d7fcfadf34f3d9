//! Files beside a configuration: those that its expressions read, and those that only OpenTofu reads.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A folder with these files, `config` in it being the one that is checked.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// What is said of `config`: rule, address, file and line of each finding, and every reason of doubt.
fn said(folder: &Path) -> Vec<String> {
    let mut command = Command::cargo_bin("policy").unwrap();
    let output = command.args(["check", "--format", "json", "config"]).current_dir(folder).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let finding = |found: &Value| {
        let text = |name: &str| found[name].as_str().unwrap().to_owned();
        format!("{} {} {}:{}", text("rule"), text("address"), text("file"), found["start"]["line"])
    };
    let findings = report["findings"].as_array().unwrap().iter().map(finding);
    let undecided = report["undecided"].as_array().unwrap().iter();
    findings.chain(undecided.map(|later| later["message"].as_str().unwrap().to_owned())).collect()
}

const POLICY: &str = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"sqs:*\", \"Resource\": \"arn:aws:sqs:us-east-2:111122223333:q\"}]\n}\n";

const ROLE_POLICY: &str =
    "resource \"aws_iam_role_policy\" \"p\" {\n  role = aws_iam_role.r.id\n  policy = POLICY\n}\n";

fn with_policy(expression: &str) -> String {
    ROLE_POLICY.replace("POLICY", expression)
}

#[test]
fn a_policy_in_a_file_is_judged_where_it_is_written() {
    for expression in [
        "file(\"${path.module}/policy.json\")",
        "file(\"${path.root}/policy.json\")",
        "file(\"policy.json\")",
        "file(\"./policy.json\")",
        "jsonencode(jsondecode(file(\"policy.json\")))",
        "templatefile(\"${path.module}/policy.json\", {})",
    ] {
        let folder = folder(&[("config/main.tf", &with_policy(expression)), ("config/policy.json", POLICY)]);
        let found = said(folder.path());
        assert_eq!(found, ["IAM001 aws_iam_role_policy.p config/policy.json:3"], "{expression}");
    }
}

#[test]
fn the_names_of_a_template_have_the_values_of_the_call() {
    let template = POLICY.replace("sqs:*", "${service}:${actions.all}");
    let call =
        "templatefile(\"${path.module}/policy.tpl\", { service = \"sqs\", actions = { all = \"*\" } })";
    let folder = folder(&[("config/main.tf", &with_policy(call)), ("config/policy.tpl", &template)]);
    assert_eq!(said(folder.path()), ["IAM001 aws_iam_role_policy.p config/policy.tpl:3"]);
}

#[test]
fn a_module_reads_its_own_files() {
    let main = "module \"m\" {\n  source = \"../module\"\n}\n";
    let called = with_policy("file(\"${path.module}/files/policy.json\")");
    let folder = folder(&[
        ("config/main.tf", main),
        ("module/main.tf", &called),
        ("module/files/policy.json", POLICY),
    ]);
    assert_eq!(said(folder.path()), ["IAM001 module.m.aws_iam_role_policy.p module/files/policy.json:3"]);
}

#[test]
fn a_script_in_a_file_is_searched() {
    let main = "resource \"aws_instance\" \"i\" {\n  user_data_base64 = filebase64(\"init.sh\")\n}\n";
    let folder =
        folder(&[("config/main.tf", main), ("config/init.sh", "#!/bin/sh\nexport DB_PASSWORD=hunter2\n")]);
    assert_eq!(said(folder.path()), ["SEC006 aws_instance.i config/init.sh:2"]);
}

#[test]
fn what_may_not_be_read_is_undecided() {
    let large = format!("{POLICY}{}", " ".repeat(1_000_000));
    for path in ["../outside.json", "/etc/hostname", "missing.json", "large.json", "link.json"] {
        let main = with_policy(&format!("file(\"{path}\")"));
        let folder =
            folder(&[("config/main.tf", &main), ("config/large.json", &large), ("outside.json", POLICY)]);
        #[cfg(unix)]
        std::os::unix::fs::symlink("../outside.json", folder.path().join("config/link.json")).unwrap();
        assert_eq!(said(folder.path()), ["the result of `file(…)` is not computed here"], "{path}");
    }
}

#[test]
fn files_of_opentofu_are_read_and_replace_those_of_terraform() {
    let key = "resource \"aws_iam_access_key\" \"NAME\" {\n  user = \"u\"\n}\n";
    let json = r#"{"resource": {"aws_iam_access_key": {"json": {"user": "u"}}}}"#;
    let folder = folder(&[
        ("config/a.tofu", &key.replace("NAME", "tofu")),
        ("config/a.tf", &key.replace("NAME", "replaced")),
        ("config/b.tofu.json", json),
        ("config/c.tf", &key.replace("NAME", "other")),
    ]);
    let expected = [
        "IAM010 aws_iam_access_key.tofu config/a.tofu:1",
        "IAM010 aws_iam_access_key.json config/b.tofu.json:1",
        "IAM010 aws_iam_access_key.other config/c.tf:1",
        "OpenTofu reads `config/a.tofu` instead of this file",
    ];
    assert_eq!(said(folder.path()), expected);
}
