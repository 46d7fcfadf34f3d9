//! What a policy alone says of a request, by the rules of AWS's documentation.

use policy::access::{Answer, Caller, Context, Key, Policy, References, Request, word};
use serde_json::{Value, json};

use crate::universe::policy;

fn of(statement: Value) -> Policy {
    policy(&json!({"Version": "2012-10-17", "Statement": statement}))
}

/// Allows everything, under a condition.
fn under(condition: Value) -> Policy {
    of(json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition}))
}

fn context(keys: &[(&str, &[&str])]) -> Context {
    let mut context = Context::new(Key::Absent, References::Open);
    for (key, values) in keys {
        context.put(key, Key::Values(values.iter().map(|value| word(value)).collect()));
    }
    context
}

fn get(resource: &str, keys: &[(&str, &[&str])]) -> Request {
    Request::new(Caller::Holder, "s3:GetObject", word(resource), context(keys))
}

fn allowed(policy: &Policy, keys: &[(&str, &[&str])]) -> bool {
    match policy.allows(&get("arn:aws:s3:::b/x", keys)) {
        Answer::Yes => true,
        Answer::No => false,
        Answer::Undecided(reasons) => panic!("{reasons:?}"),
    }
}

fn reasons(answer: Answer) -> Vec<String> {
    match answer {
        Answer::Undecided(reasons) => reasons.into_iter().collect(),
        decided => panic!("{decided:?}"),
    }
}

#[test]
fn a_deny_wins_over_an_allow() {
    let policy = of(json!([
        {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
        {"Effect": "Deny", "Action": "*", "NotResource": "arn:aws:s3:::public/*"},
    ]));
    assert_eq!(policy.allows(&get("arn:aws:s3:::public/x", &[])), Answer::Yes);
    assert_eq!(policy.allows(&get("arn:aws:s3:::private/x", &[])), Answer::No);
}

#[test]
fn without_statements_nothing_is_allowed() {
    assert!(!allowed(&of(json!([])), &[]));
}

#[test]
fn actions_have_no_case_and_resources_have() {
    let policy = of(json!({"Effect": "Allow", "Action": "S3:getobject", "Resource": "arn:aws:s3:::b/*"}));
    assert_eq!(policy.allows(&get("arn:aws:s3:::b/x", &[])), Answer::Yes);
    assert_eq!(policy.allows(&get("arn:aws:s3:::B/x", &[])), Answer::No);
}

#[test]
fn an_absent_key_fails_what_wants_a_match_and_passes_what_wants_none() {
    for (operator, holds) in [
        ("StringEquals", false),
        ("StringNotEquals", true),
        ("StringEqualsIfExists", true),
        ("StringNotEqualsIfExists", true),
        ("ForAllValues:StringEquals", true),
        ("ForAllValues:StringNotEquals", true),
        ("ForAnyValue:StringEquals", false),
        ("ForAnyValue:StringNotEquals", false),
        ("ForAnyValue:StringEqualsIfExists", true),
        ("ArnNotLike", true),
    ] {
        let value = if operator == "ArnNotLike" { "arn:aws:s3:::b" } else { "v" };
        assert_eq!(allowed(&under(json!({operator: {"aws:k": value}})), &[]), holds, "{operator}");
    }
}

#[test]
fn a_key_without_values_is_absent() {
    let policy = under(json!({"Null": {"aws:TagKeys": "true"}}));
    assert!(allowed(&policy, &[("aws:TagKeys", &[])]) && !allowed(&policy, &[("aws:TagKeys", &["x"])]));
}

#[test]
fn several_values_of_a_negated_operator_are_none_of_them() {
    let policy = under(json!({"StringNotEquals": {"aws:k": ["a", "b"]}}));
    assert!(!allowed(&policy, &[("aws:k", &["b"])]) && allowed(&policy, &[("aws:k", &["c"])]));
}

#[test]
fn names_of_keys_have_no_case_and_values_have() {
    let policy = under(json!({"StringEquals": {"AWS:K": "v"}}));
    assert!(allowed(&policy, &[("aws:k", &["v"])]) && !allowed(&policy, &[("aws:k", &["V"])]));
    assert!(allowed(&under(json!({"StringEqualsIgnoreCase": {"aws:k": "V"}})), &[("aws:k", &["v"])]));
}

#[test]
fn several_values_without_a_set_operator_are_undecided() {
    let policy = under(json!({"StringEquals": {"aws:TagKeys": "a"}}));
    let answer = policy.allows(&get("arn:aws:s3:::b/x", &[("aws:TagKeys", &["a", "b"])]));
    assert_eq!(
        reasons(answer),
        ["`aws:tagkeys` has several values, and its operator has neither `ForAllValues` nor `ForAnyValue`"]
    );
}

#[test]
fn numbers_dates_addresses_booleans_and_bytes_are_compared_by_value() {
    for (condition, value, holds) in [
        (json!({"NumericLessThanEquals": {"k": "10"}}), "10.0", true),
        (json!({"NumericGreaterThan": {"k": 10}}), "9.99", false),
        (json!({"DateLessThan": {"k": "2020-01-01T00:00:00Z"}}), "1577836799", true),
        (json!({"DateGreaterThanEquals": {"k": "1577836800"}}), "2020-01-01", true),
        (json!({"IpAddress": {"k": ["203.0.113.0/24", "2001:DB8::/32"]}}), "2001:db8::1", true),
        (json!({"NotIpAddress": {"k": "203.0.113.0/24"}}), "203.0.113.9", false),
        (json!({"Bool": {"k": true}}), "true", true),
        (
            json!({"BinaryEquals": {"k": "QmluYXJ5VmFsdWVJbkJhc2U2NA=="}}),
            "QmluYXJ5VmFsdWVJbkJhc2U2NA==",
            true,
        ),
    ] {
        assert_eq!(allowed(&under(condition.clone()), &[("k", &[value])]), holds, "{condition} {value}");
    }
}

#[test]
fn variables_are_replaced_and_their_values_have_no_wildcards() {
    let policy =
        of(json!({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b/${AWS:username}/*"}));
    let of = |resource: &str, name: &str| policy.allows(&get(resource, &[("aws:username", &[name])]));
    assert_eq!(of("arn:aws:s3:::b/bob/x", "bob"), Answer::Yes);
    assert_eq!(of("arn:aws:s3:::b/bob/x", "*"), Answer::No);
    assert_eq!(of("arn:aws:s3:::b/*/x", "*"), Answer::Yes);
}

#[test]
fn a_variable_without_a_value_matches_nothing_or_its_default() {
    let with = |resource: &str| of(json!({"Effect": "Allow", "Action": "*", "Resource": resource}));
    assert!(!allowed(&with("arn:aws:s3:::b/${aws:username}"), &[]));
    assert!(allowed(&with("arn:aws:s3:::b/${aws:username, 'x'}"), &[]));
}

#[test]
fn a_variable_without_a_value_is_undecided_where_a_difference_is_wanted() {
    let policy = under(json!({"StringNotEquals": {"aws:k": "${aws:username}"}}));
    let answer = policy.allows(&get("arn:aws:s3:::b/x", &[("aws:k", &["v"])]));
    assert_eq!(
        reasons(answer),
        ["the request has no value for `${aws:username}`, which is compared to be different"]
    );
}

#[test]
fn special_variables_are_their_characters() {
    let policy = of(json!({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b/${*}${?}${$}"}));
    assert_eq!(policy.allows(&get("arn:aws:s3:::b/*?$", &[])), Answer::Yes);
    assert_eq!(policy.allows(&get("arn:aws:s3:::b/abc", &[])), Answer::No);
}

#[test]
fn the_version_of_2008_has_no_variables() {
    let statement = json!({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b/${aws:username}"});
    for document in
        [json!({"Version": "2008-10-17", "Statement": statement}), json!({"Statement": statement})]
    {
        let policy = policy(&document);
        assert_eq!(policy.allows(&get("arn:aws:s3:::b/bob", &[("aws:username", &["bob"])])), Answer::No);
        assert_eq!(policy.allows(&get("arn:aws:s3:::b/${aws:username}", &[])), Answer::Yes);
    }
}

#[test]
fn an_incomplete_arn_is_completed_in_identity_policies_only() {
    let queue = word("arn:aws:sqs:us-east-2:111122223333:q");
    let ask = |statement: Value| {
        let caller = Caller::read("arn:aws:iam::111122223333:user/bob").unwrap();
        of(statement).allows(&Request::new(caller, "sqs:SendMessage", queue.clone(), context(&[])))
    };
    assert_eq!(ask(json!({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:sqs"})), Answer::Yes);
    let of_queue = json!({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "arn:aws:sqs"});
    assert_eq!(ask(of_queue), Answer::No);
}

#[test]
fn a_key_that_nobody_told_is_undecided_unless_it_does_not_matter() {
    let policy = under(json!({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}));
    let context = || Context::new(Key::Unknown, References::Open);
    let ask =
        |policy: &Policy| policy.allows(&Request::new(Caller::Holder, "s3:GetObject", word("*"), context()));
    assert_eq!(reasons(ask(&policy)), ["the value of the condition key `aws:sourceip` is not given"]);
    let denied = of(json!([
        {"Effect": "Allow", "Action": "*", "Resource": "*"},
        {"Effect": "Deny", "Action": "*", "Resource": "*"},
        {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:ViaAWSService": "true"}}},
    ]));
    assert_eq!(ask(&denied), Answer::No);
}

#[test]
fn what_cannot_be_read_is_undecided_and_never_passed_over() {
    for (statement, why) in [
        (
            json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringIs": {"k": "v"}}}),
            "`StringIs` is no condition operator",
        ),
        (
            json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"NullIfExists": {"k": "true"}}}),
            "`NullIfExists` is no condition operator",
        ),
        (
            json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"IpAddress": {"k": "10/8"}}}),
            "`10/8` is no value that its operator compares",
        ),
        (
            json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"ArnLike": {"k": "arn:aws:*"}}}),
            "`arn:aws:*` has not the six parts of an ARN",
        ),
        (
            json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"k": []}}}),
            "a condition without values",
        ),
        (json!({"Effect": "Allow", "Action": "*", "Resources": "*"}), "a statement lacks an element"),
        (
            json!({"Effect": "Allow", "Action": "*", "NotAction": "s3:*", "Resource": "*"}),
            "a statement has an element and its opposite",
        ),
        (
            json!({"Effect": "Grant", "Action": "*", "Resource": "*"}),
            "`Grant` is no effect: it is `Allow` or `Deny`",
        ),
        (json!("everything"), "a statement is an object"),
    ] {
        let answer = of(statement.clone()).allows(&get("arn:aws:s3:::b/x", &[("k", &["v"])]));
        assert!(reasons(answer).contains(&why.to_owned()), "{statement}");
    }
}

#[test]
fn what_is_no_policy_is_an_error() {
    for (text, why) in [
        ("", "a policy document is empty"),
        ("[]", "a policy is a JSON object"),
        ("{", "the policy text is not JSON: expected a key in double quotes"),
    ] {
        let mut sources = policy::Sources::default();
        let id = sources.add("policy.json", text);
        assert_eq!(Policy::read(&sources, id).unwrap_err().message, why);
    }
}
