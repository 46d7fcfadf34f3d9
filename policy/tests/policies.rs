//! Policies whose parts are odd, unknown or hostile: said to be undecided, never passed over.

use policy::{Report, Sources, check};

fn judge(document: &str) -> Report {
    let mut sources = Sources::default();
    let file = sources.add("t.tf.json", document);
    check(&sources, &[file])
}

/// Judges one statement of a role's policy or, with a principal, of a queue's.
fn statement(type_name: &str, statement: &str) -> (Vec<&'static str>, Vec<String>) {
    let policy = format!("${{jsonencode({{Version = \"2012-10-17\", Statement = {statement}}})}}");
    let policy = serde_json::Value::from(policy).to_string();
    let report = judge(&format!(r#"{{"resource": {{"{type_name}": {{"p": {{"policy": {policy}}}}}}}}}"#));
    let rules = report.findings.iter().map(|finding| finding.rule.id).collect();
    (rules, report.undecided.into_iter().map(|later| later.why).collect())
}

fn undecided_alone(type_name: &str, text: &str, why: &str) {
    assert_eq!(statement(type_name, text), (vec![], vec![why.to_owned()]), "{text}");
}

#[test]
fn an_unknown_effect_is_undecided() {
    undecided_alone(
        "aws_iam_policy",
        r#"{Effect = var.effect, Action = "*", Resource = "*"}"#,
        "`var.effect` is known only later",
    );
}

/// What is wrong for sure is a finding, and nothing is undecided about it.
fn malformed_alone(text: &str) {
    assert_eq!(statement("aws_iam_policy", text), (vec!["IAM013"], vec![]), "{text}");
}

#[test]
fn a_wrong_effect_grants_nothing_and_is_reported() {
    malformed_alone(r#"{Effect = "allow", Action = "*", Resource = "*"}"#);
}

#[test]
fn a_statement_that_is_no_object_is_reported() {
    malformed_alone(r#"["x"]"#);
}

#[test]
fn an_unknown_resource_is_undecided_unless_it_is_an_attribute() {
    let with = |resource: &str| {
        format!(r#"{{Effect = "Allow", Action = "sqs:SendMessage", Resource = {resource}}}"#)
    };
    undecided_alone("aws_iam_policy", &with("var.arn"), "`var.arn` is known only later");
    undecided_alone("aws_iam_policy", &with("[module.q.arn]"), "`module.q.arn` is known only later");
    assert_eq!(statement("aws_iam_policy", &with("[aws_sqs_queue.q.arn]")), (vec![], vec![]));
}

#[test]
fn an_unknown_condition_on_everyone_is_undecided() {
    let (rules, undecided) = statement(
        "aws_sqs_queue_policy",
        r#"{Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "*", Condition = var.c}"#,
    );
    assert_eq!(rules, [""; 0]);
    assert!(undecided.iter().any(|why| why == "whether this condition restricts `*` is known only later"));
}

#[test]
fn a_condition_that_does_not_restrict_is_reported() {
    for condition in [
        r#"{StringLike = {"aws:SourceArn" = "*"}}"#,
        r#"{StringNotEquals = {"aws:SourceAccount" = "111122223333"}}"#,
        r#"{StringEqualsIfExists = {"aws:SourceAccount" = "111122223333"}}"#,
        r#"{Bool = {"aws:SecureTransport" = "true"}}"#,
    ] {
        let text = format!(
            r#"{{Effect = "Allow", Principal = {{AWS = ["*"]}}, Action = "sqs:SendMessage", Resource = "*", Condition = {condition}}}"#
        );
        assert_eq!(statement("aws_sqs_queue_policy", &text).0, ["IAM005"], "{condition}");
    }
}

#[test]
fn an_empty_condition_restricts_nobody() {
    let text =
        r#"{Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "*", Condition = {}}"#;
    assert_eq!(statement("aws_sqs_queue_policy", text).0, ["IAM031", "IAM005"]);
}

#[test]
fn of_an_action_that_nobody_knows_it_is_undecided_what_it_is_for() {
    let text = r#"{Effect = "Allow", Action = "newservice:Do", Resource = "*"}"#;
    let why = "whether this action can be limited to resources is not in the catalogue of actions";
    assert_eq!(statement("aws_iam_policy", text), (vec!["IAM015"], vec![why.to_owned()]));
}

#[test]
fn names_of_elements_and_actions_have_no_case() {
    let text = r#"{effect = "Allow", action = "SQS:*", resource = aws_sqs_queue.q.arn}"#;
    assert_eq!(statement("aws_iam_policy", text).0, ["IAM001"]);
}

#[test]
fn a_repeated_element_is_reported_and_the_last_one_judged() {
    malformed_alone(
        r#"{Effect = "Allow", Action = "sqs:*", action = "sqs:SendMessage", Resource = aws_sqs_queue.q.arn}"#,
    );
}

#[test]
fn both_branches_of_a_condition_are_judged() {
    let policy = |action: &str| {
        format!(
            r#"jsonencode({{\"Version\" = \"2012-10-17\", \"Statement\" = {{Effect = \"Allow\", Action = \"{action}\", Resource = aws_sqs_queue.q.arn}}}})"#
        )
    };
    let (then, otherwise) = (policy("sqs:*"), policy("*"));
    let report = judge(&format!(
        r#"{{"resource": {{"aws_iam_policy": {{"p": {{"policy": "${{var.on ? {then} : {otherwise}}}"}}}}}}}}"#
    ));
    let rules: Vec<&str> = report.findings.iter().map(|finding| finding.rule.id).collect();
    assert_eq!((rules, report.undecided.len()), (vec!["IAM001", "IAM002"], 0));
}

#[test]
fn an_absent_policy_is_silent() {
    for policy in ["null", r#""""#] {
        let report =
            judge(&format!(r#"{{"resource": {{"aws_sqs_queue": {{"q": {{"policy": {policy}}}}}}}}}"#));
        assert!(report.findings.is_empty() && report.undecided.is_empty(), "{policy}");
    }
}

#[test]
fn a_policy_file_is_undecided() {
    let report = judge(r#"{"resource": {"aws_iam_policy": {"p": {"policy": "${file(\"p.json\")}"}}}}"#);
    assert_eq!(report.undecided.len(), 1);
    assert_eq!(report.undecided[0].why, "the result of `file(…)` is not computed here");
}
