//! What `for_each`, `count` and `dynamic` repeat is judged for each element, where it is known which there are.

mod optional;

use std::fmt::Write as _;
use std::path::Path;

use policy::terraform::{Configuration, Folder};
use policy::{Report, Sources, check, judge};
use proptest::prelude::*;

fn judged(document: &str) -> Report {
    let mut sources = Sources::default();
    let file = sources.add("main.tf", document);
    check(&sources, &[file])
}

/// The rules that report something, each with what stands where it does; and what is undecided.
fn said(document: &str) -> (Vec<(&'static str, String)>, Vec<String>) {
    let mut sources = Sources::default();
    let file = sources.add("main.tf", document);
    let report = check(&sources, &[file]);
    let found = report.findings.iter();
    (
        found.map(|finding| (finding.rule.id, sources.written(finding.span).to_owned())).collect(),
        report.undecided.into_iter().map(|later| later.why).collect(),
    )
}

/// What is said of a policy that is `jsonencode` of one statement, in a resource with these other arguments.
fn of_policy(locals: &str, arguments: &str, action: &str) -> (Vec<(&'static str, String)>, Vec<String>) {
    said(&format!(
        r#"locals {{
  {locals}
}}
resource "aws_iam_policy" "p" {{
  {arguments}
  policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = {action}, Resource = "arn:aws:sqs:eu-west-1:111122223333:q" }}]
  }})
}}"#
    ))
}

#[test]
fn each_element_is_judged_where_it_is_written() {
    for (locals, arguments, action) in [
        (r#"a = { x = "sqs:SendMessage", y = "sqs:*" }"#, "for_each = local.a", "each.value"),
        (r#"a = ["sqs:SendMessage", "sqs:*"]"#, "for_each = toset(local.a)", "each.key"),
        (r#"a = { x = { list = ["sqs:*"] } }"#, "for_each = local.a", "each.value.list"),
        (
            r#"a = { x = "sqs:SendMessage", y = "sqs:*" }"#,
            "for_each = toset(keys(local.a))",
            "local.a[each.key]",
        ),
        (r#"a = ["sqs:SendMessage", "sqs:*"]"#, "count = length(local.a)", "local.a[count.index]"),
        (r#"a = ["sqs:SendMessage", "sqs:*"]"#, "count = 2", "element(local.a, count.index)"),
        (
            r#"a = [{ n = "x", l = ["sqs:SendMessage", "sqs:*"] }]"#,
            r#"for_each = { for p in flatten([for a in local.a : [for l in a.l : { n = a.n, l = l }]]) : "${p.n}-${p.l}" => p }"#,
            "each.value.l",
        ),
        (
            r#"a = { x = { "sqs:*" = [] } }"#,
            "for_each = merge([for b in [local.a] : b]...)",
            "keys(each.value)",
        ),
        (r#"a = [{ b = "sqs:*" }]"#, "name = \"p\"", "local.a[*].b"),
        (r#"a = zipmap(["x"], ["sqs:*"])"#, "for_each = local.a", "each.value"),
        (
            r#"a = ["sqs:*"]"#,
            "for_each = toset([for p in setproduct(local.a, [\"x\"]) : p[0]])",
            "each.value",
        ),
        (r#"a = ["sqs:*"]"#, "for_each = { for i in range(1) : i => local.a[i] }", "each.value"),
        (r#"a = { "x" = "sqs:*" }"#, "for_each = local.a", "lookup(local.a, each.key, \"sqs:SendMessage\")"),
        (
            r#"a = { "x" = "sqs:SendMessage" }"#,
            "for_each = { y = 1 }",
            "lookup(local.a, each.key, \"sqs:*\")",
        ),
    ] {
        let (found, undecided) = of_policy(locals, arguments, action);
        assert_eq!(
            found,
            [("IAM001", "\"sqs:*\"".to_owned())],
            "{locals} {arguments} {action} {undecided:?}"
        );
        assert!(undecided.is_empty(), "{arguments} {action} {undecided:?}");
    }
}

#[test]
fn what_repeats_a_policy_and_is_known_only_later_is_undecided() {
    for (arguments, action) in [
        ("for_each = var.a", "each.value"),
        ("for_each = toset(var.a)", "each.value"),
        ("count = var.n", "local.a[count.index]"),
        ("count = 1000", "local.a[count.index]"),
        ("for_each = { a = var.b }", "each.value"),
    ] {
        let (found, undecided) = of_policy("a = [\"sqs:*\"]", arguments, action);
        assert_eq!((found.len(), undecided.len()), (0, 1), "{arguments} {undecided:?}");
    }
}

#[test]
fn what_is_repeated_for_nothing_is_judged_as_it_is_written() {
    for arguments in ["count = 0", "for_each = {}", "for_each = []"] {
        let (found, _) = of_policy("", arguments, "\"sqs:*\"");
        assert_eq!(found.len(), 1, "{arguments}");
    }
}

#[test]
fn an_instance_of_a_document_is_the_one_that_is_named() {
    let of = |key: &str| {
        said(&format!(
            r#"data "aws_iam_policy_document" "trust" {{
  for_each = {{ aws = "*", lambda = "arn:aws:iam::111122223333:role/ci" }}
  statement {{
    actions = ["sts:AssumeRole"]
    principals {{
      type        = "AWS"
      identifiers = [each.value]
    }}
  }}
}}
resource "aws_iam_role" "r" {{
  assume_role_policy = data.aws_iam_policy_document.trust["{key}"].json
}}"#
        ))
    };
    assert_eq!(of("aws"), (vec![("IAM005", "\"*\"".to_owned())], vec![]));
    assert_eq!(of("lambda"), (vec![], vec![]));
}

#[test]
fn a_dynamic_block_is_one_for_each_element() {
    for dynamic in [
        "for_each = { a = \"sqs:*\" }\ncontent {\nactions = [statement.value]\nresources = [local.q]\n}",
        "for_each = [\"sqs:*\"]\niterator = it\ncontent {\nactions = [it.key]\nresources = [local.q]\n}",
        "for_each = local.all\ncontent {\nactions = statement.value.actions\nresources = [local.q]\n}",
    ] {
        let document = format!(
            "locals {{\nq = \"arn:aws:sqs:eu-west-1:111122223333:q\"\nall = [{{ actions = [\"sqs:*\"] }}]\n}}\ndata \"aws_iam_policy_document\" \"d\" {{\ndynamic \"statement\" {{\n{dynamic}\n}}\n}}\n"
        );
        assert_eq!(said(&document), (vec![("IAM001", "\"sqs:*\"".to_owned())], vec![]), "{document}");
    }
}

#[test]
fn a_dynamic_block_of_what_is_known_only_later_is_undecided() {
    let document = "data \"aws_iam_policy_document\" \"d\" {\ndynamic \"statement\" {\nfor_each = var.all\ncontent {\nactions = statement.value\nresources = [\"*\"]\n}\n}\n}\n";
    let (found, undecided) = said(document);
    assert!(found.is_empty() && undecided.len() == 1, "{found:?} {undecided:?}");
}

#[test]
fn every_policy_that_is_attached_to_each_is_judged() {
    let (found, undecided) = said(
        r#"locals {
  groups = {
    dev = ["arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"]
    ops = ["arn:aws:iam::aws:policy/AdministratorAccess"]
  }
  pairs = flatten([for group, arns in local.groups : [for arn in arns : { group = group, arn = arn }]])
}
resource "aws_iam_group_policy_attachment" "all" {
  for_each   = { for pair in local.pairs : "${pair.group}/${basename(pair.arn)}" => pair }
  group      = each.value.group
  policy_arn = each.value.arn
}"#,
    );
    let of = |rule| found.iter().filter(|(id, _)| *id == rule).count();
    assert!(of("IAM009") == 1 && undecided.is_empty(), "{found:?} {undecided:?}");
    assert!(found.iter().all(|(_, at)| !at.contains("ViewOnly")), "{found:?}");
}

#[test]
fn a_module_that_is_called_for_each_is_judged_with_what_each_call_gives() {
    let root = r#"module "role" {
  source   = "../role"
  for_each = { reader = ["sqs:ReceiveMessage"], admin = ["sqs:*"] }
  actions  = each.value
  names    = ["a", "b"]
}"#;
    let role = r#"variable "actions" {}
variable "names" {}
resource "aws_iam_policy" "p" {
  for_each = toset(var.names)
  name     = each.key
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = var.actions, Resource = "arn:aws:sqs:eu-west-1:111122223333:${each.value}" }]
  })
}"#;
    let mut sources = Sources::default();
    let file = sources.add("app/main.tf", root);
    let mut configuration = Configuration::of(Path::new("app"), Folder::read(&sources, &[file]));
    let wanted = configuration.wanted().unwrap();
    let file = sources.add("role/main.tf", role);
    configuration.add(wanted, Folder::read(&sources, &[file]));
    let report = judge(configuration);
    let found: Vec<_> =
        report.findings.iter().map(|finding| (finding.rule.id, sources.written(finding.span))).collect();
    assert_eq!(found, [("IAM001", "\"sqs:*\"")]);
    assert!(report.undecided.is_empty(), "{:?}", report.undecided);
}

#[test]
fn a_template_with_directives_is_what_it_makes() {
    let of = |text: &str| {
        let policy = format!(
            r#"{{"Version": "2012-10-17", "Statement": [{text}{{"Effect": "Deny", "Action": "*", "Resource": "*"}}]}}"#
        );
        said(&format!(
            "locals {{\non = true\noff = false\n}}\nresource \"aws_iam_policy\" \"p\" {{\npolicy = <<-EOT\n{policy}\nEOT\n}}\n"
        ))
    };
    let allow = |action: &str| {
        format!(
            r#"{{"Effect": "Allow", "Action": "{action}", "Resource": "arn:aws:sqs:eu-west-1:111122223333:q"}},"#
        )
    };
    let whole = |(found, undecided): (Vec<(&'static str, String)>, Vec<String>)| {
        (found.iter().filter(|(id, _)| *id == "IAM001").count(), undecided.len())
    };
    let each =
        format!("%{{ for a in [\"sqs:SendMessage\", \"sqs:*\"] ~}}\n{}\n%{{ endfor ~}}\n", allow("${a}"));
    assert_eq!(whole(of(&each)), (1, 0));
    let when = |condition: &str| format!("%{{ if {condition} }}{}%{{ endif }}", allow("sqs:*"));
    assert_eq!(whole(of(&when("local.on"))), (1, 0));
    assert_eq!(whole(of(&when("local.off"))), (0, 0));
    assert_eq!(whole(of(&when("var.later"))), (0, 1));
}

#[test]
fn instances_that_multiply_are_bounded() {
    let mut document = String::from(
        "locals {\n  l0 = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\", \"j\"]\n",
    );
    for level in 1..9 {
        writeln!(document, "  l{level} = setproduct(local.l{}, local.l0)", level - 1).unwrap();
    }
    document.push_str(
        "}\nresource \"aws_iam_policy\" \"p\" {\n  for_each = local.l8\n  policy = each.value\n}\n",
    );
    assert_eq!(judged(&document).undecided.len(), 1);
}

proptest! {
    #[test]
    fn each_instance_is_as_one_that_is_written_out(actions in prop::collection::vec("(sqs|s3|sns):(\\*|Get\\*|SendMessage)", 1..5)) {
        let written = |action: &str| format!(
            "jsonencode({{ Version = \"2012-10-17\", Statement = [{{ Effect = \"Allow\", Action = {action}, Resource = \"*\" }}] }})"
        );
        let list: Vec<String> = actions.iter().map(|action| format!("{action:?}")).collect();
        let repeated = format!(
            "resource \"aws_iam_policy\" \"p\" {{\n  for_each = toset([{}])\n  policy = {}\n}}\n", list.join(", "), written("each.value")
        );
        let mut rules: Vec<&str> = Vec::new();
        for action in &list {
            let one = judged(&format!("resource \"aws_iam_policy\" \"p\" {{\n  policy = {}\n}}\n", written(action)));
            rules.extend(one.findings.iter().map(|finding| finding.rule.id));
        }
        let mut of_repeated: Vec<&str> = judged(&repeated).findings.iter().map(|finding| finding.rule.id).collect();
        for all in [&mut rules, &mut of_repeated] {
            all.sort_unstable();
            all.dedup();
        }
        prop_assert_eq!(rules, of_repeated);
    }
}
