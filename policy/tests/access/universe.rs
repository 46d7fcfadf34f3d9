//! A small universe of policies and requests, in which every part of the language occurs.

use std::collections::BTreeMap;

use policy::Sources;
use policy::access::{Caller, Context, Key, Policy, References, word};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use serde_json::{Map, Value, json};

use crate::model::Request;

pub(crate) const ACTIONS: &[&str] =
    &["s3:GetObject", "s3:GetBucketAcl", "S3:putobject", "sqs:SendMessage", "new:Thing"];

const ACTION_PATTERNS: &[&str] =
    &["s3:Get*", "s3:GetObject", "S3:*", "*", "sqs:SendMessage", "s3:?etObject", "s3:get*t", "sqs:*"];

pub(crate) const RESOURCES: &[&str] = &[
    "*",
    "arn:aws:s3:::b",
    "arn:aws:s3:::b/x",
    "arn:aws:s3:::b/bob/x",
    "arn:aws:s3:::b/a:c",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::none",
    "arn:aws:sqs:us-east-2:111122223333:q",
    "arn:aws:sqs:us:7:2:111122223333:q",
];

const RESOURCE_PATTERNS: &[&str] = &[
    "*",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::b/${aws:username}/*",
    "arn:aws:s3:::b",
    "arn:aws:s3:*",
    "arn:aws:s3",
    "arn:aws:sqs:*:111122223333:q",
    "arn:aws:sqs:us*2:111122223333:q",
    "arn:aws:s3:::b/a?c",
    "arn:aws:s3:::b/${*}",
    "arn:aws:s3:::${aws:PrincipalTag/team, 'none'}",
    "arn:aws:s3:::*b*",
];

/// Keys, the values a request may have for them, operators, and the values a policy may compare with.
type KeyRow = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

const KEYS: &[KeyRow] = &[
    (
        "aws:username",
        &["bob", "Bob", "a*", "eve"],
        &["StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase"],
        &["bob", "BOB", "b*", "a${*}", "?ve", "${aws:PrincipalTag/team}"],
    ),
    (
        "aws:PrincipalTag/team",
        &["bob", "red"],
        &["StringEquals", "StringNotEquals", "StringLikeIfExists", "Null", "StringNotEqualsIfExists"],
        &["red", "${aws:username}"],
    ),
    (
        "aws:TagKeys",
        &["cost", "team", "x"],
        &[
            "ForAllValues:StringEquals",
            "ForAnyValue:StringEquals",
            "ForAllValues:StringNotEquals",
            "ForAnyValue:StringNotLike",
            "ForAnyValue:StringLikeIfExists",
            "Null",
            "StringEquals",
        ],
        &["cost", "t*", "team"],
    ),
    (
        "aws:SourceArn",
        &["arn:aws:sns:us-east-2:111122223333:t", "arn:aws:sns:us:7:x:111122223333:t", "t"],
        &["ArnLike", "ArnNotEquals", "ArnEqualsIfExists"],
        &["arn:aws:sns:*:111122223333:t", "arn:aws:sns:*:*:*", "arn:aws:sns:us*2:111122223333:?"],
    ),
    (
        "aws:SourceIp",
        &["10.0.0.1", "10.0.1.1", "192.0.2.7"],
        &["IpAddress", "NotIpAddress", "NotIpAddressIfExists"],
        &["10.0.0.0/24", "10.0.0.0/8", "192.0.2.7"],
    ),
    (
        "s3:max-keys",
        &["9", "10", "10.5"],
        &["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericGreaterThanEquals"],
        &["10", "10.0", "10.25"],
    ),
    (
        "aws:CurrentTime",
        &["1577836800", "2021-01-01", "1600000000"],
        &["DateLessThan", "DateGreaterThan", "Null"],
        &["2020-01-01T00:00:00Z", "2021-01-01", "1600000000"],
    ),
    ("aws:SecureTransport", &["true", "false"], &["Bool", "BoolIfExists"], &["true", "false"]),
];

pub(crate) const CALLERS: &[&str] = &[
    "arn:aws:iam::111122223333:user/bob",
    "arn:aws:iam::111122223333:role/worker",
    "arn:aws:iam::444455556666:user/bob",
    "sns.amazonaws.com",
    "*",
];

/// Some of a list, at least one.
fn some(from: &'static [&'static str], most: usize) -> impl Strategy<Value = Value> {
    subsequence(from, 1..=most).prop_map(|some| match some.as_slice() {
        [one] => json!(one),
        many => json!(many),
    })
}

fn condition() -> impl Strategy<Value = (String, Value)> {
    (0..KEYS.len()).prop_flat_map(|row| {
        let (key, _, operators, values) = KEYS.get(row).copied().unwrap();
        (select(operators), some(values, 2)).prop_map(move |(operator, values)| {
            let values = if operator == "Null" { json!("true") } else { values };
            (operator.to_owned(), json!({ key: values }))
        })
    })
}

pub(crate) fn statement() -> impl Strategy<Value = Value> {
    let action = (any::<Index>(), some(ACTION_PATTERNS, 3));
    let resource = (any::<Index>(), some(RESOURCE_PATTERNS, 3));
    let conditions = prop::collection::vec(condition(), 0..3);
    (select(&["Allow", "Allow", "Deny"][..]), action, resource, conditions).prop_map(
        |(effect, (negate_action, actions), (negate_resource, resources), conditions)| {
            let mut statement = Map::new();
            statement.insert("Effect".into(), json!(effect));
            let element = |index: Index, name: &str| {
                if index.index(5) == 0 { format!("Not{name}") } else { name.to_owned() }
            };
            statement.insert(element(negate_action, "Action"), actions);
            statement.insert(element(negate_resource, "Resource"), resources);
            let conditions: Map<String, Value> = conditions.into_iter().collect();
            if !conditions.is_empty() {
                statement.insert("Condition".into(), Value::Object(conditions));
            }
            Value::Object(statement)
        },
    )
}

pub(crate) fn principal() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!("*")),
        some(
            &["*", "111122223333", "arn:aws:iam::111122223333:role/worker", "arn:aws:iam::111122223333:root"],
            2
        )
        .prop_map(|ids| json!({"AWS": ids})),
        some(&["arn:aws:iam::111122223333:user/bob", "arn:aws:iam::444455556666:user/bob"], 2)
            .prop_map(|ids| json!({"AWS": ids})),
        Just(json!({"Service": "sns.amazonaws.com"})),
    ]
}

/// Identity and resource policies, of both versions of the language.
pub(crate) fn policies() -> impl Strategy<Value = Value> {
    statements().prop_map(|(version, statements)| json!({"Version": version, "Statement": statements}))
}

/// Two policies that share statements.
pub(crate) fn pairs() -> impl Strategy<Value = (Value, Value)> {
    (statements(), any::<[bool; 4]>(), any::<[bool; 4]>()).prop_map(|((version, statements), old, new)| {
        let of = |kept: [bool; 4]| {
            let kept = statements.iter().zip(kept).filter(|(_, kept)| *kept).map(|(statement, _)| statement);
            json!({"Version": version, "Statement": kept.collect::<Vec<_>>()})
        };
        (of(old), of(new))
    })
}

fn statements() -> impl Strategy<Value = (&'static str, Vec<Value>)> {
    let version = select(&["2012-10-17", "2012-10-17", "2008-10-17"][..]);
    let statements = prop::collection::vec((statement(), principal()), 1..=4);
    (version, statements, any::<bool>()).prop_map(|(version, statements, of_resource)| {
        let statements = statements.into_iter().map(|(mut statement, principal)| {
            if of_resource {
                statement.as_object_mut().unwrap().insert("Principal".into(), principal);
            }
            statement
        });
        (version, statements.collect())
    })
}

pub(crate) fn requests() -> impl Strategy<Value = Request> {
    let context: Vec<_> = KEYS
        .iter()
        .map(|(key, values, ..)| {
            let most = if *key == "aws:TagKeys" { 2 } else { 1 };
            (Just(key.to_lowercase()), subsequence(*values, 0..=most))
        })
        .collect();
    (select(CALLERS), select(ACTIONS), select(RESOURCES), context).prop_map(
        |(caller, action, resource, context)| {
            let present = context.into_iter().filter(|(_, values)| !values.is_empty());
            let own = |values: Vec<&str>| values.into_iter().map(str::to_owned).collect();
            let context: BTreeMap<String, Vec<String>> =
                present.map(|(key, values)| (key, own(values))).collect();
            Request { caller: caller.into(), action: action.into(), resource: resource.into(), context }
        },
    )
}

/// The library's form of a request. The model knows of a caller nothing but what is in the context.
pub(crate) fn library_request(request: &Request) -> policy::access::Request {
    let mut context = Context::new(Key::Absent, References::Open);
    for key in ["aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalType", "aws:username"] {
        context.put(key, Key::Absent);
    }
    for (key, values) in &request.context {
        context.put(key, Key::Values(values.iter().map(|value| word(value)).collect()));
    }
    let caller = Caller::read(&request.caller).unwrap();
    policy::access::Request::new(caller, request.action.as_str(), word(&request.resource), context)
}

/// The library's form of a policy.
pub(crate) fn policy(document: &Value) -> Policy {
    let mut sources = Sources::default();
    let id = sources.add("policy.json", document.to_string());
    Policy::read(&sources, id).unwrap()
}
