//! Two configurations: what their comparison proves of principals with several policies, of boundaries and of trust, the
//! model agrees with.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

use policy::Sources;
use policy::access::{NewAccess, Sets, compare};
use policy::evaluate::evaluate;
use policy::terraform::{Configuration, Folder};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::difference::for_model;
use crate::model;
use crate::universe::{principal, requests, statement};

/// So many pairs of configurations are compared in every run of the tests; `just policy-agreement` compares more.
const PAIRS: u32 = 200;

const ROLE: &str = "aws_iam_role.worker";
const USER: &str = "aws_iam_user.bob";

/// Whose policy it is, and how.
#[derive(Clone, Copy, Debug)]
enum Holder {
    InlineRole,
    InlineUser,
    ManagedRole,
    ManagedUser,
    ManagedBoth,
}

impl Holder {
    fn is_of(self, address: &str) -> bool {
        match self {
            Holder::InlineRole | Holder::ManagedRole => address == ROLE,
            Holder::InlineUser | Holder::ManagedUser => address == USER,
            Holder::ManagedBoth => true,
        }
    }
}

/// One of both versions.
#[derive(Clone, Debug)]
struct Version {
    policies: Vec<(Holder, Vec<Value>)>,
    boundary: Option<Vec<Value>>,
    trust: Vec<Value>,
}

fn document(statements: &[Value]) -> Value {
    json!({"Version": "2012-10-17", "Statement": statements})
}

/// As Terraform has it: the variables of IAM are no templates.
fn text(statements: &[Value]) -> String {
    document(statements).to_string().replace("${", "$${")
}

impl Version {
    fn of(address: &str, policies: &[(Holder, Vec<Value>)]) -> Value {
        let own = policies.iter().filter(|(holder, _)| holder.is_of(address));
        document(&own.flat_map(|(_, statements)| statements.clone()).collect::<Vec<_>>())
    }

    /// Whether a principal may do something, as the model has it.
    fn allows(&self, address: &str, request: &model::Request) -> Option<bool> {
        let own = model::allows(&Version::of(address, &self.policies), request);
        match &self.boundary {
            Some(boundary) if address == ROLE => match (own, model::allows(&document(boundary), request)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            _ => own,
        }
    }

    fn sets(&self) -> Sets {
        let mut resources = json!({
            "aws_iam_role": {"worker": {"name": "worker", "assume_role_policy": text(&self.trust)}},
            "aws_iam_user": {"bob": {"name": "bob"}},
        });
        for (at, (holder, statements)) in self.policies.iter().enumerate() {
            let (name, policy) = (format!("p{at}"), text(statements));
            let arn = format!("${{aws_iam_policy.{name}.arn}}");
            let mut attach = |kind: &str, principal: &str| {
                resources[format!("aws_iam_{kind}_policy_attachment")][&name] =
                    json!({kind: format!("${{{principal}.name}}"), "policy_arn": arn});
            };
            match holder {
                Holder::ManagedRole => attach("role", ROLE),
                Holder::ManagedUser => attach("user", USER),
                Holder::ManagedBoth => {
                    attach("role", ROLE);
                    attach("user", USER);
                }
                Holder::InlineRole | Holder::InlineUser => {}
            }
            match holder {
                Holder::InlineRole => {
                    resources["aws_iam_role_policy"][&name] = json!({"role": "worker", "policy": policy});
                }
                Holder::InlineUser => {
                    resources["aws_iam_user_policy"][&name] =
                        json!({"user": format!("${{{USER}.name}}"), "policy": policy});
                }
                _ => resources["aws_iam_policy"][&name] = json!({"name": name, "policy": policy}),
            }
        }
        if let Some(boundary) = &self.boundary {
            resources["aws_iam_policy"]["limit"] = json!({"name": "limit", "policy": text(boundary)});
            resources["aws_iam_role"]["worker"]["permissions_boundary"] =
                json!("${aws_iam_policy.limit.arn}");
        }
        let mut sources = Sources::default();
        let id = sources.add("main.tf.json", json!({ "resource": resources }).to_string());
        let mut unread = Vec::new();
        let mut blocks = Configuration::of(Path::new(""), Folder::read(&sources, &[id])).blocks(&mut unread);
        evaluate(&mut blocks, &mut unread);
        Sets::of(&blocks, unread)
    }
}

fn trust() -> impl Strategy<Value = Value> {
    let condition = prop::option::of(select(&["red", "blue"][..]));
    (select(&["Allow", "Allow", "Deny"][..]), principal(), condition).prop_map(|(effect, principal, team)| {
        let mut statement = json!({"Effect": effect, "Principal": principal, "Action": "sts:AssumeRole"});
        if let Some(team) = team {
            statement["Condition"] = json!({"StringEquals": {"aws:PrincipalTag/team": team}});
        }
        statement
    })
}

/// Two versions that share most of what they have.
fn versions() -> impl Strategy<Value = (Version, Version)> {
    use Holder::{InlineRole, InlineUser, ManagedBoth, ManagedRole, ManagedUser};
    let holders = select(&[InlineRole, InlineUser, ManagedRole, ManagedUser, ManagedBoth][..]);
    let policies = prop::collection::vec((holders, prop::collection::vec(statement(), 1..=2)), 1..=4);
    let trust = prop::collection::vec(trust(), 1..=3);
    let boundary = prop::collection::vec(statement(), 1..=2);
    let kept = || (any::<[bool; 4]>(), any::<[bool; 3]>(), prop::bool::weighted(0.3));
    (policies, trust, boundary, kept(), kept()).prop_map(|(policies, trust, boundary, old, new)| {
        let of = |(own, of_trust, is_limited): ([bool; 4], [bool; 3], bool)| Version {
            policies: policies
                .iter()
                .zip(own)
                .filter(|(_, kept)| *kept)
                .map(|(one, _)| one.clone())
                .collect(),
            trust: trust.iter().zip(of_trust).filter(|(_, kept)| *kept).map(|(one, _)| one.clone()).collect(),
            boundary: is_limited.then(|| boundary.clone()),
        };
        (of(old), of(new))
    })
}

/// A request to assume the role; the model knows of a caller nothing but what is in the context.
fn assuming(mut request: model::Request) -> model::Request {
    request.action = "sts:AssumeRole".to_owned();
    request
}

#[test]
fn what_is_proven_of_two_configurations_holds_for_each_principal_and_for_trust() {
    let wanted = std::env::var("POLICY_REQUESTS").map_or(PAIRS, |text| text.parse::<u32>().unwrap() / 50);
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(wanted) };
    let counts: RefCell<BTreeMap<(&str, &str), u32>> = RefCell::default();
    let cases = (versions(), prop::collection::vec(requests(), 100));
    let run = TestRunner::new(config).run(&cases, |((old, new), asked)| {
        let changes = compare(&old.sets(), &new.sets());
        let is_proven = changes.values().all(|change| *change == NewAccess::None);
        let count = |what: &'static str, kind: &'static str| {
            *counts.borrow_mut().entry((what, kind)).or_default() += 1;
        };
        for address in [ROLE, USER] {
            let is_new = |request: &model::Request| {
                new.allows(address, request) == Some(true) && old.allows(address, request) == Some(false)
            };
            if is_proven {
                let missed = asked.iter().find(|request| is_new(request));
                prop_assert!(missed.is_none(), "{address} may {missed:#?}\n{old:#?}\n{new:#?}");
                count("principal", "none");
            }
            if let Some(NewAccess::Found(request)) = changes.get(address) {
                let request = for_model(request);
                let is_limited = address == ROLE && (old.boundary.is_some() || new.boundary.is_some());
                prop_assert!(is_limited || is_new(&request), "{address}: {request:#?}\n{old:#?}\n{new:#?}");
                count("principal", "found");
            }
        }
        let is_new = |request: &model::Request| {
            let allows = |version: &Version| model::allows(&document(&version.trust), request);
            allows(&new) == Some(true) && allows(&old) == Some(false)
        };
        match changes.get("aws_iam_role.worker (trust)") {
            Some(NewAccess::Found(request)) => {
                let request = for_model(request);
                prop_assert!(is_new(&request), "trust: {request:#?}\n{old:#?}\n{new:#?}");
                count("trust", "found");
            }
            Some(NewAccess::None) | None => {
                let missed = asked.iter().cloned().map(assuming).find(|request| is_new(request));
                prop_assert!(missed.is_none(), "trust: {missed:#?}\n{old:#?}\n{new:#?}");
                count("trust", "none");
            }
            Some(NewAccess::Undecided(_)) => {}
        }
        let has_policies = new.policies.iter().any(|(holder, _)| holder.is_of(ROLE));
        if old.boundary.is_some() && new.boundary.is_none() && has_policies {
            let role = changes.get(ROLE);
            prop_assert!(!matches!(role, Some(NewAccess::None)), "a boundary is gone: {role:?}");
        }
        Ok(())
    });
    run.unwrap();
    let counts = counts.into_inner();
    for (what, kind) in [("principal", "none"), ("principal", "found"), ("trust", "none"), ("trust", "found")]
    {
        assert!(counts.get(&(what, kind)).is_some_and(|count| *count > wanted / 20), "{counts:?}");
    }
}
