//! All policies that count for a request together: IAM user guide, "Policy evaluation logic" and
//! "Cross-account policy evaluation logic".

use policy::access::{
    Answer, Caller, Context, Key, Place, Policies, Policy, References, Request, authorize, word,
};
use serde_json::{Value, json};

use crate::universe::policy;

const USER: &str = "arn:aws:iam::111122223333:user/bob";
const ROLE: &str = "arn:aws:iam::111122223333:role/path/worker";
const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/worker/run";
const FOREIGNER: &str = "arn:aws:iam::444455556666:user/eve";

fn allowing(action: &str) -> Policy {
    policy(&json!({"Statement": {"Effect": "Allow", "Action": action, "Resource": "*"}}))
}

fn denying(action: &str) -> Policy {
    policy(&json!({"Statement": {"Effect": "Deny", "Action": action, "Resource": "*"}}))
}

/// A resource policy that allows everything to these.
fn to(principal: Value) -> Policy {
    policy(&json!({"Statement": {"Effect": "Allow", "Principal": principal, "Action": "*", "Resource": "*"}}))
}

fn ask(policies: &Policies, caller: &str, action: &str) -> Answer {
    let context = Context::new(Key::Absent, References::Open);
    let caller = Caller::read(caller).unwrap();
    let request = Request::new(caller, action, word("arn:aws:sqs:us-east-2:111122223333:q"), context);
    authorize(policies, &request, &Place::of(&request))
}

fn send(policies: &Policies, caller: &str) -> Answer {
    ask(policies, caller, "sqs:SendMessage")
}

#[test]
fn in_one_account_either_policy_suffices() {
    assert_eq!(send(&Policies::default(), USER), Answer::No);
    assert_eq!(send(&Policies { identity: allowing("sqs:*"), ..Policies::default() }, USER), Answer::Yes);
    assert_eq!(
        send(&Policies { resource: to(json!({"AWS": USER})), ..Policies::default() }, USER),
        Answer::Yes
    );
}

#[test]
fn over_accounts_both_must_allow() {
    let resource = to(json!({"AWS": "444455556666"}));
    let identity = allowing("sqs:SendMessage");
    assert_eq!(send(&Policies { resource: resource.clone(), ..Policies::default() }, FOREIGNER), Answer::No);
    assert_eq!(send(&Policies { identity: identity.clone(), ..Policies::default() }, FOREIGNER), Answer::No);
    assert_eq!(send(&Policies { identity, resource, ..Policies::default() }, FOREIGNER), Answer::Yes);
}

#[test]
fn what_an_account_is_allowed_its_identity_policies_pass_on() {
    let resource = to(json!({"AWS": "arn:aws:iam::111122223333:root"}));
    assert_eq!(send(&Policies { resource: resource.clone(), ..Policies::default() }, USER), Answer::No);
    let both = Policies { resource, identity: allowing("*"), ..Policies::default() };
    assert_eq!(send(&both, USER), Answer::Yes);
}

#[test]
fn an_explicit_deny_in_any_policy_wins() {
    let allowed = || Policies { identity: allowing("*"), resource: to(json!("*")), ..Policies::default() };
    let deny = denying("sqs:SendMessage");
    for policies in [
        Policies { boundary: Some(Policy::merged([&allowing("*"), &deny])), ..allowed() },
        Policies { session: Some(Policy::merged([&allowing("*"), &deny])), ..allowed() },
        Policies { service_control: vec![Policy::merged([&allowing("*"), &deny])], ..allowed() },
        Policies { resource_control: vec![Policy::merged([&to(json!("*")), &deny])], ..allowed() },
        Policies { identity: Policy::merged([&allowing("*"), &deny]), ..allowed() },
    ] {
        assert_eq!(send(&policies, SESSION), Answer::No);
    }
    assert_eq!(send(&allowed(), SESSION), Answer::Yes);
}

#[test]
fn boundary_and_session_policy_limit_identity_policies() {
    let of = |limit: &str| {
        [
            Policies { identity: allowing("*"), boundary: Some(allowing(limit)), ..Policies::default() },
            Policies { identity: allowing("*"), session: Some(allowing(limit)), ..Policies::default() },
        ]
    };
    for (within, without) in of("sqs:*").iter().zip(&of("s3:*")) {
        assert_eq!((send(within, SESSION), send(without, SESSION)), (Answer::Yes, Answer::No));
    }
}

#[test]
fn every_level_of_the_organization_must_allow() {
    let of = |limits: Vec<Policy>| Policies {
        identity: allowing("*"),
        service_control: limits,
        ..Policies::default()
    };
    assert_eq!(send(&of(vec![allowing("*"), allowing("sqs:*")]), USER), Answer::Yes);
    assert_eq!(send(&of(vec![allowing("*"), allowing("s3:*")]), USER), Answer::No);
}

#[test]
fn an_implicit_deny_limits_what_a_resource_policy_gives_a_role_and_not_its_session_or_a_user() {
    let limited = |principal: &str| Policies {
        resource: to(json!({"AWS": principal})),
        boundary: Some(allowing("s3:*")),
        ..Policies::default()
    };
    assert_eq!(send(&limited(ROLE), SESSION), Answer::No);
    assert_eq!(send(&limited(SESSION), SESSION), Answer::Yes);
    assert_eq!(send(&limited(USER), USER), Answer::Yes);
    assert_eq!(send(&limited("*"), SESSION), Answer::Yes);
}

#[test]
fn a_role_is_known_by_its_name_whatever_its_path() {
    let policies = Policies { resource: to(json!({"AWS": ROLE})), ..Policies::default() };
    assert_eq!((send(&policies, ROLE), send(&policies, SESSION)), (Answer::Yes, Answer::Yes));
    let other = "arn:aws:sts::111122223333:assumed-role/other/run";
    assert_eq!(send(&policies, other), Answer::No);
}

#[test]
fn a_session_that_is_named_is_undecided_for_a_role_whose_session_is_not() {
    let policies = Policies { resource: to(json!({"AWS": SESSION})), ..Policies::default() };
    let Answer::Undecided(reasons) = send(&policies, ROLE) else { panic!("decided") };
    assert!(reasons.contains("the name of the role's session is not given"));
}

#[test]
fn a_federated_session_needs_a_session_policy() {
    let caller = "arn:aws:sts::111122223333:federated-user/eve";
    let identity = || allowing("*");
    assert_eq!(send(&Policies { identity: identity(), ..Policies::default() }, caller), Answer::No);
    let with = Policies { identity: identity(), session: Some(allowing("sqs:*")), ..Policies::default() };
    assert_eq!(send(&with, caller), Answer::Yes);
}

#[test]
fn the_root_user_needs_no_identity_policy_in_its_account() {
    let root = "arn:aws:iam::111122223333:root";
    assert_eq!(send(&Policies::default(), root), Answer::Yes);
    let limited = Policies { service_control: vec![allowing("s3:*")], ..Policies::default() };
    assert_eq!(send(&limited, root), Answer::No);
    assert_eq!(send(&Policies::default(), "444455556666"), Answer::No);
}

#[test]
fn a_service_is_allowed_by_the_resource_alone() {
    let policies = Policies { resource: to(json!({"Service": "sns.amazonaws.com"})), ..Policies::default() };
    assert_eq!(send(&policies, "sns.amazonaws.com"), Answer::Yes);
    assert_eq!(send(&policies, "events.amazonaws.com"), Answer::No);
    assert_eq!(send(&policies, USER), Answer::No);
}

#[test]
fn the_anonymous_are_everyone_s_and_nobody_else_s() {
    let open = Policies { resource: to(json!({"AWS": "*"})), ..Policies::default() };
    let closed = Policies { resource: to(json!({"AWS": "111122223333"})), ..Policies::default() };
    assert_eq!((send(&open, "*"), send(&closed, "*")), (Answer::Yes, Answer::No));
}

#[test]
fn keys_and_roles_need_their_own_policy_to_allow() {
    let identity = || allowing("*");
    let without = Policies { identity: identity(), ..Policies::default() };
    let with = Policies {
        identity: identity(),
        resource: to(json!({"AWS": "111122223333"})),
        ..Policies::default()
    };
    for action in ["kms:Decrypt", "sts:AssumeRole"] {
        assert_eq!(
            (ask(&without, USER, action), ask(&with, USER, action)),
            (Answer::No, Answer::Yes),
            "{action}"
        );
    }
}

#[test]
fn not_principal_excepts_who_is_listed_with_its_account() {
    let except = |principals: Value| Policies {
        identity: allowing("*"),
        resource: policy(&json!({"Statement":
            {"Effect": "Deny", "NotPrincipal": {"AWS": principals}, "Action": "*", "Resource": "*"}})),
        ..Policies::default()
    };
    assert_eq!(send(&except(json!([USER, "111122223333"])), USER), Answer::Yes);
    assert_eq!(
        send(&except(json!(["arn:aws:iam::111122223333:user/eve", "111122223333"])), USER),
        Answer::No
    );
    assert!(matches!(send(&except(json!(USER)), USER), Answer::Undecided(_)));
    assert!(matches!(send(&except(json!([ROLE, "111122223333"])), SESSION), Answer::Undecided(_)));
    assert_eq!(send(&except(json!([ROLE, SESSION, "111122223333"])), SESSION), Answer::Yes);
}

#[test]
fn where_the_account_of_the_resource_is_not_known_only_what_both_say_is_said() {
    let ask = |policies: &Policies| {
        let context = Context::new(Key::Absent, References::Open);
        let request =
            Request::new(Caller::read(USER).unwrap(), "s3:GetObject", word("arn:aws:s3:::b/x"), context);
        authorize(policies, &request, &Place::of(&request))
    };
    assert_eq!(ask(&Policies::default()), Answer::No);
    let identity = Policies { identity: allowing("*"), ..Policies::default() };
    assert!(matches!(ask(&identity), Answer::Undecided(_)));
    assert_eq!(ask(&Policies { resource: to(json!({"AWS": USER})), ..identity }), Answer::Yes);
}
