//! What is accepted in comments, in settings and by a baseline; a change of what was accepted is reported.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;
use tempfile::TempDir;

const KEY: &str = "resource \"aws_iam_access_key\" \"ci\" {\n  user = \"ci\"\n}\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn policy(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("policy").unwrap();
    command.current_dir(folder).args(arguments);
    command
}

/// What is reported of a folder: rules with addresses, and how many findings were accepted.
fn said(folder: &Path, arguments: &[&str]) -> (Vec<String>, usize) {
    let mut command = policy(folder, &["check", "--format", "json"]);
    let output = command.args(arguments).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let finding = |finding: &Value| {
        format!("{} {}", finding["rule"].as_str().unwrap(), finding["address"].as_str().unwrap())
    };
    let findings = report["findings"].as_array().unwrap().iter().map(finding).collect();
    (findings, report["accepted"].as_array().unwrap().len())
}

fn said_of(name: &str, text: &str) -> (Vec<String>, usize) {
    said(folder(&[(name, text)]).path(), &[name])
}

/// The value that accepts the one finding of a file.
fn value_of(name: &str, text: &str) -> String {
    let folder = folder(&[(name, text)]);
    let output = policy(folder.path(), &["check", "--format", "json", name]).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    report["findings"][0]["value"].as_str().unwrap().to_owned()
}

fn nothing_but(accepted: usize) -> (Vec<String>, usize) {
    (Vec::new(), accepted)
}

#[test]
fn a_comment_above_a_block_accepts_what_is_in_it() {
    for comment in ["#", "//", "/*"] {
        let end = if comment == "/*" { " */" } else { "" };
        let text = format!(
            "{comment} policy:allow IAM010 \"ci\" the build server has no other way{end}\n# more\n\n{KEY}"
        );
        assert_eq!(said_of("main.tf", &text), nothing_but(1), "{text}");
    }
}

#[test]
fn a_comment_on_a_line_accepts_what_begins_there() {
    let value = value_of("main.tf", "locals {\n  password = \"hunter2\"\n}\n");
    let comment = format!("# policy:allow SEC012 \"{value}\" it is an example");
    let text = format!("locals {{\n  password = \"hunter2\" {comment}\n}}\n");
    assert_eq!(said_of("main.tf", &text), nothing_but(1));
    let next = text.replace(" # policy", "\n  other_password = \"hunter2\" # policy");
    assert_eq!(said_of("main.tf", &next), (vec!["SEC012 local.password".to_owned()], 1));
}

#[test]
fn a_member_of_a_block_accepts_what_is_in_it_in_json() {
    for at in ["{\"ci\": @}", "{\"ci\": [@]}", "[{\"ci\": @}]"] {
        for comment in
            ["\"policy:allow IAM010 \\\"ci\\\" r\"", "[\"why\", \"policy:allow IAM010 \\\"ci\\\" r\"]"]
        {
            let block = at.replace('@', &format!("{{\"//\": {comment}, \"user\": \"ci\"}}"));
            let text = format!("{{\"resource\": {{\"aws_iam_access_key\": {block}}}}}");
            assert_eq!(said_of("main.tf.json", &text), nothing_but(1), "{text}");
        }
    }
}

#[test]
fn a_comment_accepts_nothing_elsewhere() {
    let other = KEY.replace("\"ci\" {", "\"other\" {");
    let text = format!("# policy:allow IAM010 \"ci\" r\n{KEY}{other}");
    assert_eq!(said_of("main.tf", &text), (vec!["IAM010 aws_iam_access_key.other".to_owned()], 1));
}

#[test]
fn another_value_is_reported_and_so_is_the_allowance() {
    let text = format!("# policy:allow IAM010 \"cd\" r\n{KEY}");
    let expected = ["POL001 policy:allow IAM010", "IAM010 aws_iam_access_key.ci"].map(str::to_owned);
    assert_eq!(said_of("main.tf", &text), (expected.to_vec(), 0));
}

#[test]
fn a_comment_in_a_string_is_none() {
    let text = format!(
        "locals {{\n  a = <<-EOT\n    # policy:allow IAM010 \"ci\" r\n  EOT\n  b = \"# policy:allow IAM010\"\n}}\n{KEY}"
    );
    assert_eq!(said_of("main.tf", &text), (vec!["IAM010 aws_iam_access_key.ci".to_owned()], 0));
}

#[test]
fn an_allowance_that_is_expired_or_has_no_reason_accepts_nothing() {
    for (allowance, rule) in [
        ("IAM010 \"ci\" r until 2000-01-31", "POL002 policy:allow IAM010"),
        ("IAM010 \"ci\"", "POL003 policy:allow IAM010"),
        ("IAM001O \"ci\" r", "POL004 policy:allow IAM001O"),
        ("IAM010 r", "POL005 policy:allow"),
    ] {
        let text = format!("# policy:allow {allowance}\n{KEY}");
        let expected = [rule, "IAM010 aws_iam_access_key.ci"].map(str::to_owned).to_vec();
        assert_eq!(said_of("main.tf", &text), (expected, 0), "{allowance}");
    }
}

#[test]
fn an_allowance_is_for_one_place() {
    let text = "locals {\n  a = { password = \"hunter2\" }\n  b = { password = \"hunter2\" }\n}\n";
    let value = value_of("main.tf", text);
    let comment = format!("# policy:allow SEC012 \"{value}\" r\n");
    assert_eq!(said_of("main.tf", &format!("{comment}{text}")), (vec!["SEC012 local.b".to_owned()], 1));
    assert_eq!(said_of("main.tf", &format!("{comment}{comment}{text}")), nothing_but(2));
}

#[test]
fn what_is_undecided_is_accepted_beside_it() {
    let call = "module \"vpc\" {\n  source = \"terraform-aws-modules/vpc/aws\"\n}\n";
    let comment = "# policy:allow undecided \"vpc\" we read its policies on every upgrade\n";
    let deny = ["check", "--deny", "undecided"];
    let accepted = folder(&[("main.tf", &format!("{comment}{call}"))]);
    let said = contains("0 findings, 0 undecided, 1 file read, 1 accepted");
    policy(accepted.path(), &deny).assert().code(0).stdout(said);
    let other = folder(&[("main.tf", &format!("{comment}{}", call.replace("\"vpc\" {", "\"dns\" {")))]);
    policy(other.path(), &deny).assert().code(1).stdout(contains("POL001").and(contains("1 undecided")));
}

#[test]
fn an_allowance_in_a_module_is_for_every_call_of_it() {
    let calls = "module \"a\" {\n  source = \"./m\"\n}\nmodule \"b\" {\n  source = \"./m\"\n}\n";
    let module = format!("# policy:allow IAM010 \"ci\" r\n{KEY}");
    let folder = folder(&[("main.tf", calls), ("m/main.tf", &module)]);
    assert_eq!(said(folder.path(), &[]), nothing_but(2));
}

#[test]
fn accounts_are_trusted_as_a_whole_by_name() {
    let role = |account: &str| {
        let policy = format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {{"AWS": "{account}"}}}}}}"#
        );
        serde_json::json!({"resource": {"aws_iam_role": {"r": {"assume_role_policy": policy}}}}).to_string()
    };
    let settings = "[trusted-accounts]\n111122223333 = \"our build account\"\n";
    for (account, expected) in [
        ("111122223333", nothing_but(1)),
        ("arn:aws:iam::111122223333:root", nothing_but(1)),
        ("arn:aws-cn:iam::111122223333:root", nothing_but(1)),
        ("444455556666", (vec!["IAM067 aws_iam_role.r".to_owned()], 0)),
    ] {
        let folder = folder(&[(".policy.toml", settings), ("main.tf.json", &role(account))]);
        assert_eq!(said(folder.path(), &[]), expected, "{account}");
    }
}

const ALLOW: &str = "[[allow]]\nrule = \"IAM010\"\nfile = \"a/main.tf\"\naddress = \"aws_iam_access_key.ci\"\n\
                     value = \"ci\"\nreason = \"the build server has no other way\"\nuntil = 9999-12-31\n";

#[test]
fn settings_accept_by_file_address_and_value_from_every_folder() {
    let folder = folder(&[(".policy.toml", ALLOW), ("a/main.tf", KEY), ("b/main.tf", KEY)]);
    assert_eq!(said(folder.path(), &["a"]), nothing_but(1));
    assert_eq!(said(&folder.path().join("a"), &[]), nothing_but(1));
    assert_eq!(said(&folder.path().join("b"), &["../a/main.tf"]), nothing_but(1));
    let absolute = folder.path().join("a").display().to_string();
    assert_eq!(said(folder.path(), &[&absolute]), nothing_but(1));
    assert_eq!(said(folder.path(), &["b"]), (vec!["IAM010 aws_iam_access_key.ci".to_owned()], 0));
}

#[test]
fn settings_that_accept_nothing_are_reported_where_they_stand() {
    let unused = ALLOW.replace("\"ci\"", "\"cd\"");
    let folder = folder(&[(".policy.toml", &unused), ("a/main.tf", KEY)]);
    let said = contains("warning[POL001]").and(contains(".policy.toml:1:1")).and(contains("error[IAM010]"));
    policy(folder.path(), &["check", "a"]).assert().code(1).stdout(said);
}

#[test]
fn settings_that_mean_nothing_exit_2_with_their_place() {
    let folder = folder(&[(".policy.toml", "deny = []\nfail-om = \"error\"\n"), ("main.tf", "")]);
    let said = contains(".policy.toml:2:1: unknown field `fail-om`").and(contains("did you mean `fail-on`?"));
    policy(folder.path(), &["check"]).assert().code(2).stderr(said);
}

#[test]
fn rules_are_off_or_as_severe_as_settings_say() {
    let key = [("main.tf", KEY)];
    for (settings, code, shown) in [
        ("[rules.IAM010]\nseverity = \"off\"\nreason = \"r\"\n", 0, "0 findings"),
        ("[rules.iam010]\nseverity = \"suggestion\"\nreason = \"r\"\n", 0, "suggestion[IAM010]"),
        ("[rules.IAM010]\nseverity = \"warning\"\nreason = \"r\"\n", 1, "warning[IAM010]"),
        (
            "fail-on = \"error\"\n[rules.IAM010]\nseverity = \"warning\"\nreason = \"r\"\n",
            0,
            "warning[IAM010]",
        ),
    ] {
        let folder = folder(&key);
        write(folder.path(), "settings.toml", settings);
        let mut command = policy(folder.path(), &["check", "--config", "settings.toml"]);
        command.assert().code(code).stdout(contains(shown));
    }
}

#[test]
fn what_is_excluded_is_not_reported() {
    let settings = "exclude = [\"legacy/\", \"b.tf\"]\n";
    let files =
        [(".policy.toml", settings), ("legacy/main.tf", KEY), ("legacy2/main.tf", KEY), ("b.tf", KEY)];
    let folder = folder(&files);
    assert_eq!(said(folder.path(), &["legacy", "b.tf"]), nothing_but(0));
    assert_eq!(said(folder.path(), &["legacy2"]).0.len(), 1);
}

#[test]
fn a_baseline_accepts_what_was_there_wherever_it_moves_to_and_nothing_new() {
    let folder = folder(&[("main.tf", KEY)]);
    let baseline = policy(folder.path(), &["baseline", "."]).assert().code(0).get_output().stdout.clone();
    fs::write(folder.path().join("policy.baseline.json"), baseline).unwrap();
    let arguments = ["--baseline", "policy.baseline.json", "."];
    let moved = format!("# A comment\n\n{KEY}");
    write(folder.path(), "main.tf", &moved);
    assert_eq!(said(folder.path(), &arguments), nothing_but(1));
    write(folder.path(), "main.tf", &format!("{moved}{}", KEY.replace("\"ci\" {", "\"new\" {")));
    assert_eq!(said(folder.path(), &arguments), (vec!["IAM010 aws_iam_access_key.new".to_owned()], 1));
    write(folder.path(), ".policy.toml", "baseline = \"policy.baseline.json\"\n");
    assert_eq!(said(folder.path(), &["."]).1, 1);
}

#[test]
fn what_is_gone_from_a_baseline_is_said() {
    let folder = folder(&[("main.tf", KEY), ("other.tf", "locals {\n}\n")]);
    let baseline = policy(folder.path(), &["baseline"]).assert().code(0).get_output().stdout.clone();
    fs::write(folder.path().join("b.json"), baseline).unwrap();
    write(folder.path(), "main.tf", "locals {\n}\n");
    let said = contains("no longer found").and(contains("IAM010 at aws_iam_access_key.ci in main.tf"));
    policy(folder.path(), &["check", "--baseline", "b.json"]).assert().code(0).stderr(said);
    let of_another_file =
        policy(folder.path(), &["check", "--baseline", "b.json", "other.tf"]).assert().code(0);
    of_another_file.stderr("");
}

#[test]
fn what_is_no_baseline_exits_2() {
    let folder = folder(&[("main.tf", KEY), ("b.json", "{\"version\": 9, \"findings\": []}")]);
    let said = contains("`b.json`: a baseline of version 9");
    policy(folder.path(), &["check", "--baseline", "b.json"]).assert().code(2).stderr(said);
    write(folder.path(), "b.json", "[]");
    policy(folder.path(), &["check", "--baseline", "b.json"])
        .assert()
        .code(2)
        .stderr(contains("not what `policy baseline` writes, at line 1 column 2"));
    policy(folder.path(), &["check", "--baseline", "none.json"])
        .assert()
        .code(2)
        .stderr(contains("none.json"));
}

#[test]
fn nothing_is_written_of_what_cannot_be_judged_whole() {
    let folder = folder(&[("main.tf", KEY), ("broken.tf.json", "{")]);
    policy(folder.path(), &["baseline"]).assert().code(2).stdout("").stderr(contains("broken.tf.json:1:2"));
}

#[test]
fn comments_of_environment_files_and_values_count_too() {
    let value = value_of(".env", "DB_PASSWORD=hunter2\n");
    let line = format!("# policy:allow SEC012 \"{value}\" it is an example\n");
    assert_eq!(said_of(".env", &format!("{line}DB_PASSWORD=hunter2\n")), nothing_but(1));
    assert_eq!(said_of("a.tfvars", &format!("{line}db_password = \"hunter2\"\n")), nothing_but(1));
}
