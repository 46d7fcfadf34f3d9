//! The files of a folder are one module: overrides, values, and the modules they call.

use std::path::Path;

use policy::terraform::{Configuration, Folder};
use policy::{Report, Sources, check, judge};

/// What is said in a report: the rule and address of each finding, and every reason of doubt.
fn lines(report: &Report) -> Vec<String> {
    assert!(report.failures.is_empty(), "{:?}", report.failures);
    let findings = report.findings.iter().map(|finding| format!("{} {}", finding.rule.id, finding.address));
    let mut lines: Vec<String> =
        findings.chain(report.undecided.iter().map(|later| later.why.clone())).collect();
    lines.sort();
    lines
}

fn read(files: &[(&str, &str)]) -> (Report, Sources) {
    let mut sources = Sources::default();
    let ids: Vec<_> = files.iter().map(|(name, text)| sources.add(*name, *text)).collect();
    (check(&sources, &ids), sources)
}

fn said(files: &[(&str, &str)]) -> Vec<String> {
    lines(&read(files).0)
}

#[test]
fn override_files_are_merged_last() {
    let base = r#"{"resource": {"aws_iam_policy": {"p": {"policy": "${local.p}"}}}, "locals": {"p": ""},
        "data": {"aws_iam_policy_document": {"d": {"statement": [{"actions": ["sqs:*"], "resources": ["arn:aws:sqs:us-east-2:111122223333:q"]}]}}}}"#;
    let overriding = r#"{"data": {"aws_iam_policy_document": {"d": {"statement": [{"actions": ["sqs:SendMessage"], "resources": ["arn:aws:sqs:us-east-2:111122223333:q"]}]}}}}"#;
    let more = "locals {\n  p = data.aws_iam_policy_document.d.json\n}\n";
    assert_eq!(said(&[("a.tf.json", base)]), ["IAM001 data.aws_iam_policy_document.d"]);
    assert_eq!(
        said(&[("override.tf.json", overriding), ("a.tf.json", base), ("b_override.tf", more)]),
        [""; 0]
    );
    // The later one of two wins.
    let last = overriding.replace("sqs:SendMessage", "sqs:*");
    let files = [
        ("a.tf.json", base),
        ("b_override.tf", more),
        ("override.tf.json", overriding),
        ("z_override.tf.json", &last),
    ];
    assert_eq!(said(&files), ["IAM001 aws_iam_policy.p"]);
}

#[test]
fn an_override_of_a_dynamic_block_replaces_blocks_of_its_type_only() {
    let base = r#"{"resource": {"aws_iam_role": {"r": {"dynamic": {
        "inline_policy": {"for_each": [1], "content": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}"}},
        "other": {"for_each": [1], "content": {"password": "hunter2"}}}}}}}"#;
    let none = r#"{"resource": {"aws_iam_role": {"r": {"inline_policy": []}}}}"#;
    assert_eq!(said(&[("a.tf.json", base)]), ["IAM002 aws_iam_role.r", "SEC012 aws_iam_role.r"]);
    assert_eq!(said(&[("a.tf.json", base), ("override.tf.json", none)]), ["SEC012 aws_iam_role.r"]);
}

#[test]
fn an_override_of_nothing_is_said() {
    let said = said(&[("override.tf", "resource \"aws_iam_access_key\" \"k\" {\n}\n")]);
    let why = "nothing is declared that this block of an override file could override";
    assert_eq!(said, ["IAM010 aws_iam_access_key.k", why]);
}

#[test]
fn files_of_values_win_over_defaults() {
    let main = "variable \"p\" {\n  default = \"arn:aws:iam::aws:policy/IAMReadOnlyAccess\"\n}\nresource \"aws_iam_role_policy_attachment\" \"a\" {\n  policy_arn = var.p\n}\n";
    let broad = "p = \"arn:aws:iam::aws:policy/AdministratorAccess\"\n";
    let narrow = r#"{"p": "arn:aws:iam::aws:policy/IAMReadOnlyAccess"}"#;
    let attached = ["IAM009 aws_iam_role_policy_attachment.a"];
    assert_eq!(said(&[("main.tf", main), ("terraform.tfvars", broad)]), attached);
    assert_eq!(
        said(&[("main.tf", main), ("a.auto.tfvars", broad), ("terraform.tfvars.json", narrow)]),
        attached
    );
    assert_eq!(
        said(&[("main.tf", main), ("terraform.tfvars", broad), ("z.auto.tfvars.json", narrow)]),
        [""; 0]
    );
    // Others are used when a command line says so.
    assert_eq!(said(&[("main.tf", main), ("prod.tfvars", broad)]), [""; 0]);
}

#[test]
fn files_of_values_show_what_is_in_them() {
    for name in ["terraform.tfvars", "x.auto.tfvars", "prod.tfvars"] {
        let (report, sources) = read(&[(name, "db_password = \"hunter2\"\n")]);
        assert_eq!(report.findings.len(), 1, "{name}");
        assert_eq!(sources.written(report.findings[0].span), "\"hunter2\"");
    }
}

/// A root module, and the folders of others.
fn with_modules(root: &str, folders: &[(&str, &str)]) -> Vec<String> {
    let mut sources = Sources::default();
    let mut folder = |name: String, text: &str| {
        let id = sources.add(name, text);
        Folder::read(&sources, &[id])
    };
    let mut configuration = Configuration::of(Path::new("app"), folder("app/main.tf".into(), root));
    while let Some(wanted) = configuration.wanted() {
        let found = folders.iter().find(|(path, _)| Path::new(path) == wanted);
        if let Some((path, text)) = found {
            configuration.add(wanted, folder(format!("{path}/main.tf"), text));
        }
    }
    lines(&judge(configuration))
}

#[test]
fn local_modules_are_followed_with_what_they_are_given_and_give() {
    let root = "module \"a\" {\n  source = \"../m\"\n  action = \"sqs:*\"\n}\nmodule \"b\" {\n  source = \"../m\"\n  action = \"sqs:SendMessage\"\n}\nresource \"aws_iam_policy\" \"own\" {\n  policy = module.a.policy\n}\n";
    let m = "variable \"action\" {}\nlocals {\n  policy = jsonencode({ Version = \"2012-10-17\", Statement = { Effect = \"Allow\", Action = var.action, Resource = \"arn:aws:sqs:us-east-2:111122223333:q\" } })\n}\nresource \"aws_iam_policy\" \"p\" {\n  policy = local.policy\n}\noutput \"policy\" {\n  value = local.policy\n}\n";
    let expected = ["IAM001 aws_iam_policy.own", "IAM001 module.a.aws_iam_policy.p"];
    assert_eq!(with_modules(root, &[("m", m)]), expected);
}

#[test]
fn modules_that_cannot_be_followed_are_undecided() {
    for (source, why) in [
        ("terraform-aws-modules/vpc/aws", "the content of a module from elsewhere is not read"),
        ("git::https://token@example.com/m.git", "the content of a module from elsewhere is not read"),
        ("./missing", "the content of a module is not read"),
        ("${var.m}", "where this module is cannot be told from its `source`"),
        ("./../app", "this module calls itself"),
    ] {
        let root = format!("module \"m\" {{\n  source = \"{source}\"\n}}\n");
        assert_eq!(with_modules(&root, &[]), [why], "{source}");
    }
}

#[test]
fn modules_that_double_at_every_level_come_to_an_end() {
    let folders: Vec<(String, String)> = (0..40)
        .map(|level| {
            let call = |name: &str| format!("module \"{name}\" {{\n  source = \"../m{}\"\n}}\n", level + 1);
            (format!("m{level}"), call("a") + &call("b"))
        })
        .collect();
    let folders: Vec<(&str, &str)> =
        folders.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let said = with_modules("module \"a\" {\n  source = \"../m0\"\n}\n", &folders);
    assert!(said.contains(&"there are too many calls of modules to follow this one".to_owned()));
}
