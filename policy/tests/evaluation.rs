//! What is computed of a configuration, and what is left as unknown.

use std::fmt::Write as _;

use policy::{Report, Sources, check};

fn judge(document: &str) -> Report {
    let mut sources = Sources::default();
    let file = sources.add("t.tf.json", document);
    check(&sources, &[file])
}

fn rules(document: &str) -> Vec<&'static str> {
    judge(document).findings.iter().map(|finding| finding.rule.id).collect()
}

fn undecided(document: &str) -> Vec<String> {
    judge(document).undecided.into_iter().map(|later| later.why).collect()
}

/// A document whose policy is the value of an expression, with locals.
fn policy_of(expression: &str, locals: &str) -> String {
    let expression = expression.replace('\\', "\\\\").replace('"', "\\\"");
    format!(
        r#"{{"locals": {locals}, "resource": {{"aws_iam_policy": {{"p": {{"policy": "${{{expression}}}"}}}}}}}}"#
    )
}

const STATEMENT: &str = r#"{"Version" = "2012-10-17", "Statement" = {Effect = "Allow", Action = ACTION, Resource = "arn:aws:sqs:us-east-2:111122223333:q"}}"#;

fn with_action(action: &str, locals: &str) -> String {
    policy_of(&format!("jsonencode({})", STATEMENT.replace("ACTION", action)), locals)
}

#[test]
fn actions_are_computed_from_locals_and_functions() {
    for action in [
        "\"sqs:*\"",
        "[\"sqs:*\"]",
        "local.a",
        "local.map[\"a\"]",
        "local.map.a",
        "local.list[0]",
        "concat([], local.list)",
        "join(\":\", [\"sqs\", \"*\"])",
        "format(\"%s:*\", \"sqs\")",
        "true ? \"sqs:*\" : \"sqs:SendMessage\"",
        "jsondecode(\"[\\\"sqs:*\\\"]\")",
        "\"${local.service}:*\"",
        "merge({a = 1}, {a = \"sqs:*\"}).a",
        "[for a in local.list : a]",
        "[for name, a in local.map : a]",
        "{for name, a in local.map : upper(name) => a}.A",
        "[for service in [\"sqs\"] : \"${service}:*\"]",
        "[for a in local.list : a if true]",
        "flatten([for a in local.list : [for b in [a] : b]])",
        "formatlist(\"%s\", local.list)",
        "formatlist(\"%s:%s\", local.service, [\"*\"])",
    ] {
        let document = with_action(
            action,
            r#"{"a": "sqs:*", "map": {"a": "sqs:*"}, "list": ["sqs:*"], "service": "sqs"}"#,
        );
        assert_eq!(rules(&document), ["IAM001"], "{document}\n{:?}", judge(&document));
    }
}

#[test]
fn actions_that_are_not_computed_are_undecided() {
    for action in [
        "var.a",
        "each.value",
        "module.m.actions",
        "upper(var.a)",
        "[for a in var.l : a]",
        "[for a in local.l : b]",
        "[for a in local.l : a if var.b]",
        "var.x ? \"a\" : \"b\"",
    ] {
        let document = with_action(action, r#"{"l": ["x"]}"#);
        assert_eq!((rules(&document), undecided(&document).len()), (vec![], 1), "{document}");
    }
}

#[test]
fn a_cycle_of_locals_is_undecided() {
    let document = with_action("local.a", r#"{"a": "${local.b}", "b": "${local.a}"}"#);
    assert_eq!(undecided(&document), ["`local.a` is known only later"]);
}

#[test]
fn locals_that_double_themselves_are_given_up_on() {
    let mut locals = String::from(r#"{"l0": "x""#);
    for level in 1..20 {
        write!(locals, r#", "l{level}": ["${{local.l{0}}}", "${{local.l{0}}}"]"#, level - 1).unwrap();
    }
    let undecided = undecided(&with_action("local.l19", &(locals + "}")));
    assert!(undecided.contains(&"its expressions are too large to compute".to_owned()), "{undecided:?}");
}

#[test]
fn deep_expressions_are_undecided() {
    let document = policy_of(&format!("{}1{}", "(".repeat(10_000), ")".repeat(10_000)), "{}");
    assert!(!undecided(&document).is_empty());
}

#[test]
fn text_that_is_no_expression_is_undecided() {
    let document = r#"{"resource": {"aws_iam_policy": {"p": {"policy": "${1 +", "name": "${"}}}}"#;
    assert!(
        undecided(document)
            .iter()
            .any(|why| why == "its text is not an expression of the Terraform language")
    );
}

#[test]
fn policy_text_that_is_not_json_is_reported() {
    let document = r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Statement\": }"}}}}"#;
    assert_eq!(rules(document), ["IAM013"]);
}

#[test]
fn holes_in_policy_text_are_values() {
    let document = r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": ${jsonencode(var.arns)}}]}"}}}}"#;
    assert_eq!(rules(document), ["IAM002"]);
    assert_eq!(undecided(document).len(), 1);
}

#[test]
fn a_variable_without_default_is_undecided_and_one_with_is_followed() {
    let with = |variable: &str| {
        format!(
            r#"{{"variable": {{"r": {variable}}}, "resource": {{"aws_iam_role_policy_attachment": {{"a": {{"policy_arn": "${{var.r}}"}}}}}}}}"#
        )
    };
    assert_eq!(rules(&with(r#"{"default": "arn:aws:iam::aws:policy/AdministratorAccess"}"#)), ["IAM009"]);
    assert_eq!(undecided(&with("{}")), ["which policy is attached is known only later"]);
}

#[test]
fn documents_are_merged_by_sid() {
    let document = |override_action: &str| {
        format!(
            r#"{{"data": {{"aws_iam_policy_document": {{
                "base": {{"statement": [{{"sid": "a", "actions": ["sqs:*"], "resources": ["arn:aws:sqs:us-east-2:111122223333:q"]}}]}},
                "own": {{"source_policy_documents": ["${{data.aws_iam_policy_document.base.json}}", "${{data.aws_iam_policy_document.other.json}}"], "override_policy_documents": ["${{data.aws_iam_policy_document.top.json}}"],
                    "statement": {{"sid": "a", "actions": ["s3:*"], "resources": ["arn:aws:s3:::b"]}}}},
                "top": {{"statement": {{"sid": "a", "actions": ["{override_action}"], "resources": ["arn:aws:sqs:us-east-2:111122223333:q"]}}}},
                "other": {{"statement": {{"sid": "b", "effect": "Deny", "actions": ["*"], "resources": ["*"]}}}}
            }}}}, "resource": {{"aws_iam_policy": {{"p": {{"policy": "${{data.aws_iam_policy_document.own.json}}"}}}}}}}}"#
        )
    };
    assert_eq!(rules(&document("sqs:SendMessage")), [""; 0]);
    assert_eq!(rules(&document("sqs:*")), ["IAM001"]);
}

#[test]
fn a_sid_that_a_document_has_twice_is_refused_as_the_provider_does() {
    let statement = |sid: &str| {
        format!(
            r#"{{"sid": "{sid}", "effect": "Deny", "actions": ["sqs:SendMessage"], "resources": ["arn:aws:sqs:us-east-2:111122223333:q"]}}"#
        )
    };
    let document = |statements: &str, more: &str| {
        format!(
            r#"{{"data": {{"aws_iam_policy_document": {{"own": {{"statement": [{statements}]{more}}}, "one": {{"statement": [{one}]}}, "two": {{"statement": [{one}]}}}}}},
            "resource": {{"aws_iam_policy": {{"p": {{"policy": "${{data.aws_iam_policy_document.own.json}}"}}}}}}}}"#,
            one = statement("one")
        )
    };
    let (one, own) = (statement("one"), statement("own"));
    let named = |argument: &str| {
        format!(
            r#", "{argument}": ["${{data.aws_iam_policy_document.one.json}}", "${{data.aws_iam_policy_document.two.json}}"]"#
        )
    };
    assert!(rules(&document(&format!("{own}, {own}"), "")).contains(&"IAM026"));
    assert!(rules(&document(&own, &named("source_policy_documents"))).contains(&"IAM026"));
    // Overrides replace each other, and a block replaces what a source says.
    assert!(!rules(&document(&one, &named("override_policy_documents"))).contains(&"IAM026"));
    assert_eq!(
        rules(&document(
            &one,
            r#", "source_policy_documents": ["${data.aws_iam_policy_document.one.json}"]"#
        )),
        [""; 0]
    );
}

#[test]
fn a_document_has_the_newest_version_of_its_sources() {
    let document = |sources: &str| {
        format!(
            r#"{{"data": {{"aws_iam_policy_document": {{"new": {{}}, "own": {{"version": "2008-10-17", "source_policy_documents": [{sources}],
            "statement": {{"effect": "Deny", "actions": ["sqs:SendMessage"], "resources": ["arn:aws:sqs:us-east-2:111122223333:q"]}}}}}}}},
            "resource": {{"aws_iam_policy": {{"p": {{"policy": "${{data.aws_iam_policy_document.own.json}}"}}}}}}}}"#
        )
    };
    assert!(rules(&document("")).contains(&"IAM011"));
    assert!(!rules(&document(r#""${data.aws_iam_policy_document.new.json}""#)).contains(&"IAM011"));
}

#[test]
fn everyone_in_a_document_is_written_as_one_star() {
    let with = |principals: &str| {
        format!(
            r#"{{"data": {{"aws_iam_policy_document": {{"d": {{"statement": [{{"effect": "Deny", "actions": ["sqs:SendMessage"],
            "resources": ["arn:aws:sqs:us-east-2:111122223333:q"], "principals": {principals}}}]}}}}}},
            "resource": {{"aws_sqs_queue_policy": {{"q": {{"queue_url": "q", "policy": "${{data.aws_iam_policy_document.d.json}}"}}}}}}}}"#
        )
    };
    let star = r#"{"type": "*", "identifiers": ["*"]}"#;
    assert_eq!(rules(&with(star)), [""; 0]);
    assert_eq!(rules(&with(&format!("[{star}]"))), [""; 0]);
    // Only `AWS`, `Service`, `Federated` and `CanonicalUser` have identifiers of their own.
    assert_eq!(
        rules(&with(r#"{"type": "*", "identifiers": ["arn:aws:iam::111122223333:root"]}"#)),
        ["IAM013"]
    );
}

#[test]
fn secrets_are_found_behind_dynamic_blocks_and_conditions() {
    let document = r#"{"resource": {"aws_codebuild_project": {"p": {"environment": {"dynamic": {"environment_variable": {"for_each": [1], "content": {"name": "API_TOKEN", "value": "${var.on ? \"hunter2\" : null}"}}}}}}}}"#;
    assert_eq!(rules(document), ["SEC004"]);
}

#[test]
fn the_content_of_modules_is_undecided() {
    assert_eq!(undecided(r#"{"module": {"m": {"source": "./m"}}}"#), ["the content of a module is not read"]);
}

#[test]
fn a_principal_of_a_document_that_is_anyone_is_written_as_a_star() {
    let document = |principals: &str| {
        format!(
            r#"{{"data": {{"aws_iam_policy_document": {{"d": {{"statement": {{"effect": "EFFECT", "actions": ["s3:*"], "resources": ["*"],
            "principals": {principals}, "condition": {{"test": "Bool", "variable": "aws:SecureTransport", "values": ["false"]}}}}}}}}}},
            "resource": {{"aws_s3_bucket_policy": {{"p": {{"policy": "${{data.aws_iam_policy_document.d.json}}"}}}}}}}}"#
        )
    };
    for principals in [
        r#"{"type": "*", "identifiers": ["*"]}"#,
        r#"[{"type": "*", "identifiers": "*"}]"#,
        r#"{"type": "AWS", "identifiers": ["*"]}"#,
    ] {
        let document = document(principals);
        assert_eq!(rules(&document.replace("EFFECT", "Deny")), [""; 0], "{principals}");
        assert!(rules(&document.replace("EFFECT", "Allow")).contains(&"IAM005"), "{principals}");
    }
}
