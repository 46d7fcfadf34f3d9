//! New access: what is found is there, and what is there is not denied.

use std::cell::RefCell;

use policy::access::{Caller, Key, NewAccess, Request, new_access, written};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::model;
use crate::universe::{pairs, policy, requests};

/// So many pairs of policies are compared in every run of the tests; `just policy-agreement` compares more.
const PAIRS: u32 = 500;

/// A request as the model has it.
pub(crate) fn for_model(request: &Request) -> model::Request {
    let values = |key: &Key| match key {
        Key::Values(values) => Some(values.iter().map(|value| written(value)).collect::<Vec<String>>()),
        Key::Absent | Key::Unknown => None,
    };
    let context = request.context.keys().filter_map(|(name, key)| Some((name.to_owned(), values(key)?)));
    let caller = match &request.caller {
        Caller::Anonymous => "*".to_owned(),
        caller => caller.written(),
    };
    model::Request {
        caller,
        action: request.action.clone(),
        resource: request.resource(),
        context: context.collect(),
    }
}

fn is_of_resource(policy: &Value) -> bool {
    policy["Statement"].as_array().unwrap().iter().any(|statement| statement.get("Principal").is_some())
}

/// Gives a request the name of the user who makes it: which user it is, is known to a resource policy.
fn name_caller(request: &mut model::Request) {
    match request.caller.split_once(":user/") {
        Some((_, name)) => request.context.insert("aws:username".into(), vec![name.to_owned()]),
        None => request.context.remove("aws:username"),
    };
}

#[test]
fn differences_are_found_and_what_is_found_is_one() {
    let wanted = std::env::var("POLICY_REQUESTS").map_or(PAIRS, |text| text.parse::<u32>().unwrap() / 20);
    let mut runner =
        TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(wanted) });
    let counts = RefCell::new([0_u32; 3]);
    let cases = (pairs(), prop::collection::vec(requests(), 200));
    let run = runner.run(&cases, |((old, new), mut asked)| {
        if is_of_resource(&old) || is_of_resource(&new) {
            asked.iter_mut().for_each(name_caller);
        }
        let is_new = |request: &model::Request| {
            model::allows(&new, request) == Some(true) && model::allows(&old, request) == Some(false)
        };
        let kind = match new_access(&policy(&old), &policy(&new)) {
            NewAccess::None => {
                let missed = asked.iter().find(|request| is_new(request));
                prop_assert!(missed.is_none(), "not found: {old} {new} {:#?}", missed);
                0
            }
            NewAccess::Found(request) => {
                let request = for_model(&request);
                prop_assert!(is_new(&request), "no difference: {old} {new} {:#?}", request);
                1
            }
            NewAccess::Undecided(_) => 2,
        };
        counts.borrow_mut()[kind] += 1;
        Ok(())
    });
    run.unwrap();
    let [none, found, undecided] = counts.into_inner();
    assert!(none > wanted / 20 && found > wanted / 5 && undecided < wanted / 5, "{none} {found} {undecided}");
}

fn compare(old: Value, new: Value) -> NewAccess {
    let of = |statement: Value| policy(&json!({"Version": "2012-10-17", "Statement": statement}));
    new_access(&of(old), &of(new))
}

fn allow(action: Value, resource: Value) -> Value {
    json!({"Effect": "Allow", "Action": action, "Resource": resource})
}

fn under(condition: Value) -> Value {
    json!({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": condition})
}

fn found(old: Value, new: Value) -> Request {
    match compare(old, new) {
        NewAccess::Found(request) => *request,
        other => panic!("{other:?}"),
    }
}

fn undecided(old: Value, new: Value) -> Vec<String> {
    match compare(old, new) {
        NewAccess::Undecided(reasons) => reasons.into_iter().collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_same_is_nothing_new() {
    let statement = allow(json!("s3:*"), json!("*"));
    assert_eq!(compare(statement.clone(), statement), NewAccess::None);
    assert_eq!(compare(json!([]), json!([])), NewAccess::None);
}

#[test]
fn what_several_statements_allow_together_is_nothing_new() {
    let old =
        json!([allow(json!("s3:Get*"), json!("*")), allow(json!(["s3:P*", "s3:List*"]), json!("arn:*"))]);
    let new = allow(json!(["S3:GetObject", "s3:PutObject"]), json!("arn:aws:s3:::b/*"));
    assert_eq!(compare(old, new), NewAccess::None);
}

#[test]
fn a_wider_pattern_is_found_with_an_action_that_exists() {
    let request = found(allow(json!("s3:GetObject"), json!("*")), allow(json!("s3:Get*"), json!("*")));
    assert!(request.action.starts_with("s3:Get") && request.action.len() > "s3:Get".len());
}

#[test]
fn actions_that_nobody_knows_yet_are_actions() {
    let all: Vec<String> = policy::iam::actions::matching("sqs:*")
        .unwrap()
        .iter()
        .map(|one| format!("sqs:{}", one.name))
        .collect();
    let request = found(allow(json!(all), json!("*")), allow(json!("sqs:*"), json!("*")));
    assert!(request.action.starts_with("sqs:"));
}

#[test]
fn a_denial_that_goes_is_new_access() {
    let denial = json!({"Effect": "Deny", "Action": "s3:Put*", "Resource": "arn:aws:s3:::audit/*"});
    let all = allow(json!("s3:*"), json!("*"));
    let request = found(json!([all.clone(), denial.clone()]), all.clone());
    assert!(request.action.starts_with("s3:Put") && request.resource().starts_with("arn:aws:s3:::audit/"));
    assert_eq!(compare(all.clone(), json!([all, denial])), NewAccess::None);
}

#[test]
fn a_denial_that_becomes_narrower_is_new_access() {
    let with = |resource: &str| json!([allow(json!("s3:*"), json!("*")), {"Effect": "Deny", "Action": "*", "Resource": resource}]);
    let request = found(with("arn:aws:s3:::b/*"), with("arn:aws:s3:::b/private/*"));
    assert!(!request.resource().starts_with("arn:aws:s3:::b/private/"));
}

#[test]
fn a_pattern_that_several_patterns_cover_together_is_nothing_new() {
    let old = allow(json!("s3:GetObject"), json!(["arn:aws:s3:::b/", "arn:aws:s3:::b/?*"]));
    assert_eq!(compare(old, allow(json!("s3:GetObject"), json!("arn:aws:s3:::b/*"))), NewAccess::None);
}

#[test]
fn conditions_are_compared_by_what_they_mean() {
    for (old, new, is_new) in [
        (json!({"StringEquals": {"k": ["a", "b"]}}), json!({"StringEquals": {"k": "a"}}), false),
        (json!({"StringEquals": {"k": "a"}}), json!({"StringEquals": {"k": ["a", "b"]}}), true),
        (json!({"StringLike": {"k": "a*"}}), json!({"StringEquals": {"k": "abc"}}), false),
        (json!({"StringNotEquals": {"k": "a"}}), json!({"StringNotEquals": {"k": ["a", "b"]}}), false),
        (json!({"StringEqualsIgnoreCase": {"k": "A"}}), json!({"StringEquals": {"k": "a"}}), false),
        (json!({"StringEquals": {"k": "a"}}), json!({"StringEqualsIfExists": {"k": "a"}}), true),
        (json!({"NumericLessThan": {"k": "10"}}), json!({"NumericLessThanEquals": {"k": "9.5"}}), false),
        (json!({"NumericLessThan": {"k": "10"}}), json!({"NumericLessThanEquals": {"k": "10"}}), true),
        (json!({"DateLessThan": {"k": "2020-01-01"}}), json!({"DateLessThan": {"k": "1577836800"}}), false),
        (
            json!({"IpAddress": {"k": "10.0.0.0/8"}}),
            json!({"IpAddress": {"k": ["10.1.0.0/16", "10.2.3.4"]}}),
            false,
        ),
        (json!({"IpAddress": {"k": "10.1.0.0/16"}}), json!({"IpAddress": {"k": "10.0.0.0/8"}}), true),
        (json!({"Bool": {"k": ["true", "false"]}}), json!({"Null": {"k": "false"}}), false),
        (json!({"Bool": {"k": "true"}}), json!({"BoolIfExists": {"k": "true"}}), true),
        (
            json!({"ArnLike": {"k": "arn:aws:sns:*:*:t"}}),
            json!({"ArnEquals": {"k": "arn:aws:sns:us-east-2:1:t"}}),
            false,
        ),
        (
            json!({"ForAllValues:StringEquals": {"k": ["a", "b"]}}),
            json!({"ForAllValues:StringEquals": {"k": "a"}}),
            false,
        ),
        (
            json!({"ForAnyValue:StringEquals": {"k": "a"}}),
            json!({"ForAllValues:StringEquals": {"k": "a"}}),
            true,
        ),
        (
            json!({"ForAnyValue:StringEquals": {"k": "a"}}),
            json!({"ForAllValues:StringEquals": {"k": "a"}, "Null": {"k": "false"}}),
            false,
        ),
        (json!({"BinaryEquals": {"k": "YQ=="}}), json!({"BinaryEquals": {"k": ["YQ==", "Yg=="]}}), true),
    ] {
        match compare(under(old.clone()), under(new.clone())) {
            NewAccess::None => assert!(!is_new, "{old} {new}"),
            NewAccess::Found(_) => assert!(is_new, "{old} {new}"),
            NewAccess::Undecided(why) => panic!("{old} {new} {why:?}"),
        }
    }
}

#[test]
fn complementary_conditions_are_everything() {
    let old = json!([
        under(json!({"StringEquals": {"aws:RequestedRegion": "us-east-2"}})),
        under(json!({"StringNotEquals": {"aws:RequestedRegion": "us-east-2"}})),
    ]);
    assert_eq!(compare(old, under(json!({}))), NewAccess::None);
}

#[test]
fn variables_stand_for_themselves() {
    let own = || allow(json!("s3:GetObject"), json!("arn:aws:s3:::home/${aws:username}/*"));
    assert_eq!(compare(own(), own()), NewAccess::None);
    assert_eq!(compare(allow(json!("*"), json!("arn:aws:s3:::home/*")), own()), NewAccess::None);
    let other = allow(json!("s3:GetObject"), json!("arn:aws:s3:::home/${aws:userid}/*"));
    let request = found(own(), other);
    assert!(request.resource().starts_with("arn:aws:s3:::home/some-userid/"));
    let wider = allow(json!("s3:GetObject"), json!("arn:aws:s3:::home/*"));
    assert!(matches!(compare(own(), wider), NewAccess::Found(_)));
}

#[test]
fn a_variable_that_a_condition_fixes_is_not_wrongly_new() {
    let of = |resource: &str| {
        json!({"Effect": "Allow", "Action": "s3:GetObject", "Resource": resource,
            "Condition": {"StringEquals": {"aws:username": "bob"}}})
    };
    let reasons = undecided(of("arn:aws:s3:::home/bob"), of("arn:aws:s3:::home/${aws:username}"));
    assert_eq!(reasons, ["policy variables are compared with more than themselves"]);
}

#[test]
fn a_denial_that_hangs_on_a_variable_without_value_is_not_passed_over() {
    let tags = "aws:ResourceTag/team";
    let old = under(json!({"StringEquals": {tags: "${aws:PrincipalTag/team}"}}));
    let new = json!([under(json!({})), {"Effect": "Deny", "Action": "*", "Resource": "*",
        "Condition": {"StringNotEquals": {tags: "${aws:PrincipalTag/team}"}}}]);
    assert_eq!(
        undecided(old, new),
        ["the request has no value for `${aws:principaltag/team}`, which is compared to be different"]
    );
}

#[test]
fn what_cannot_be_read_is_undecided_where_it_matters() {
    let odd = under(json!({"StringIs": {"k": "v"}}));
    assert_eq!(undecided(json!([]), odd.clone()), ["`StringIs` is no condition operator"]);
    assert_eq!(compare(under(json!({})), odd), NewAccess::None);
}

fn to(principal: Value) -> Value {
    json!({"Effect": "Allow", "Principal": principal, "Action": "sqs:SendMessage", "Resource": "*"})
}

#[test]
fn principals_are_compared_by_whom_they_mean() {
    let account = || to(json!({"AWS": "111122223333"}));
    assert_eq!(compare(account(), to(json!({"AWS": "arn:aws:iam::111122223333:root"}))), NewAccess::None);
    assert_eq!(compare(account(), to(json!({"AWS": "arn:aws:iam::111122223333:user/bob"}))), NewAccess::None);
    assert_eq!(compare(to(json!("*")), account()), NewAccess::None);
    let request = found(account(), to(json!({"AWS": ["111122223333", "arn:aws:iam::444455556666:role/r"]})));
    assert_eq!(request.caller.written(), "arn:aws:iam::444455556666:role/r");
    assert!(matches!(compare(account(), to(json!({"Service": "sns.amazonaws.com"}))), NewAccess::Found(_)));
    assert!(matches!(compare(account(), to(json!("*"))), NewAccess::Found(_)));
}

#[test]
fn a_condition_on_the_principal_is_about_the_principal() {
    let role = "arn:aws:iam::111122223333:role/r";
    let by_condition = || {
        json!({"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*",
            "Condition": {"ArnEquals": {"aws:PrincipalArn": role}}})
    };
    assert_eq!(compare(by_condition(), to(json!({"AWS": role}))), NewAccess::None);
    let mut wider = by_condition();
    wider["Condition"] = json!({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}});
    let request = found(by_condition(), wider);
    assert!(request.caller.written().starts_with("arn:aws:iam::111122223333:role/"));
}
