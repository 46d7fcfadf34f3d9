//! Whether an identity may do something to what its policies do not name, held against trying the request itself.

use policy::Sources;
use policy::access::{Deed, Key, NewAccess, Policies, Policy, Thing, may};
use proptest::prelude::*;
use serde_json::{Value, json};

const ROLE: &str = "arn:${Partition}:iam::${Account}:role/${RoleName}";
const SERVICE: &str = "lambda.amazonaws.com";

fn policy(statements: &[Value]) -> Policy {
    let mut sources = Sources::default();
    let document = json!({"Version": "2012-10-17", "Statement": statements});
    let id = sources.add("p.json", document.to_string());
    Policy::read(&sources, id).unwrap()
}

fn pass(thing: Thing<'_>, policies: &Policies) -> NewAccess {
    let keys = [("iam:PassedToService", Key::of(SERVICE))];
    may(policies, &Deed { action: "iam:PassRole", thing, keys: &keys })
}

fn alone(identity: Policy) -> Policies {
    Policies { identity, ..Policies::default() }
}

/// A pattern of `*` against a text: the definition, slow.
fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|left| {
            (0..=left.len()).filter_map(|taken| left.get(taken..)).any(|left| matches(rest, left))
        }),
    }
}

/// Whether a statement is about passing a role of this name, to the service of the question.
fn applies(statement: &Value, role: &str) -> bool {
    let text = |element: &str| statement[element].as_str().unwrap().to_lowercase();
    let service = statement["Condition"]["StringEquals"]["iam:PassedToService"].as_str();
    matches(&text("Action"), "iam:passrole")
        && matches(&text("Resource"), &format!("arn:aws:iam::111122223333:role/{role}"))
        && service.is_none_or(|service| service == SERVICE)
}

fn allows(statements: &[Value], role: &str) -> bool {
    let any = |effect: &str| {
        statements.iter().any(|statement| statement["Effect"] == effect && applies(statement, role))
    };
    any("Allow") && !any("Deny")
}

fn statement() -> impl Strategy<Value = Value> {
    let action = prop::sample::select(vec!["*", "iam:*", "iam:PassRole", "iam:Pass*", "s3:GetObject"]);
    let resource = prop::sample::select(vec![
        "*",
        "arn:aws:iam::*:*",
        "arn:aws:iam::*:role/*",
        "arn:aws:iam::*:role/app",
        "arn:aws:iam::*:role/app-*",
        "arn:aws:iam::*:user/*",
    ]);
    let condition = prop::sample::select(vec![
        json!({}),
        json!({"StringEquals": {"iam:PassedToService": SERVICE}}),
        json!({"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}),
    ]);
    let effect = prop::sample::select(vec!["Allow", "Allow", "Deny"]);
    (effect, action, resource, condition).prop_map(|(effect, action, resource, condition)| {
        json!({"Effect": effect, "Action": action, "Resource": resource, "Condition": condition})
    })
}

fn found(answer: &NewAccess) -> bool {
    assert!(!matches!(answer, NewAccess::Undecided(_)), "{answer:?}");
    matches!(answer, NewAccess::Found(_))
}

proptest! {
    #[test]
    fn agrees_with_asking_for_a_name_that_no_policy_has(
        own in prop::collection::vec(statement(), 1..5), limit in prop::collection::vec(statement(), 1..4),
    ) {
        let free = alone(policy(&own));
        let bound = Policies { boundary: Some(policy(&limit)), ..free.clone() };
        let is_open = allows(&own, "some-other");
        prop_assert_eq!(found(&pass(Thing::Unnamed(ROLE), &free)), is_open);
        let is_open_within = is_open && allows(&limit, "some-other");
        prop_assert_eq!(found(&pass(Thing::Unnamed(ROLE), &bound)), is_open_within);
        prop_assert_eq!(found(&pass(Thing::Named(ROLE, "app"), &free)), allows(&own, "app"));
    }
}

#[test]
fn a_resource_of_the_configuration_is_reached_by_its_own_arn_alone() {
    let identity = alone(policy(&[
        json!({"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::*:role/app"}),
    ]));
    assert_eq!(pass(Thing::Declared("aws_iam_role.app"), &identity), NewAccess::None);
    assert!(found(&pass(Thing::Any, &identity)));
}

#[test]
fn a_denial_speaks_of_the_account_that_is_asked_about() {
    let with = |resource: &str| {
        policy(&[
            json!({"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}),
            json!({"Effect": "Deny", "Action": "iam:PassRole", "Resource": resource}),
        ])
    };
    for (resource, is_open) in [
        ("arn:aws:iam::111122223333:role/*", false),
        ("arn:aws:iam::*", false),
        ("arn:aws-cn:iam::111122223333:*", false),
        ("arn:aws:iam::111122223333:role/app", true),
        ("arn:aws:iam::111122223333:user/*", true),
    ] {
        assert_eq!(found(&pass(Thing::Unnamed(ROLE), &alone(with(resource)))), is_open, "{resource}");
    }
}

#[test]
fn what_was_not_read_leaves_it_undecided() {
    let identity = alone(policy(&[]).with_unread("a statement"));
    assert!(matches!(pass(Thing::Any, &identity), NewAccess::Undecided(_)));
}
