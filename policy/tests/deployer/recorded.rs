//! Every call that terraform made of a system's account, as the tests of the systems recorded them
//! (`fixtures/deployer/SYSTEM.calls`), is allowed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use policy::Sources;
use policy::access::{Answer, Caller, Context, Key, Policy, References, Request, word};
use policy::iam::operation::permissions;
use policy::iam::pattern;
use serde_json::Value;

use crate::policy;

/// The account that stands in the recorded ARNs.
const ACCOUNT: &str = "111122223333";

/// Calls that terraform makes of an emulator only.
///
/// `iam:GetUser`: the provider asks it for the account where `skip_credentials_validation` is set, which tests add.
const OF_TESTS: &[(&str, &str)] = &[("iam", "GetUser")];

/// Calls that are recorded with something that permission is not asked for on.
///
/// `CreateListener` and `CreateRule` need it on what they add to, `PutDeliverySource` on the source itself (Service
/// Authorization Reference); what was recorded is what was made, or where the logs come from.
const OF_ANOTHER: &[(&str, &str)] =
    &[("elbv2", "CreateListener"), ("elbv2", "CreateRule"), ("logs", "PutDeliverySource")];

/// What only the changed documents of the tests have.
const OF_UPDATES: &[&str] = &[":alarm:action-spec-memory"];

/// A call: service, operation, and the ARN of what it is about, where that is known.
type Call = (String, String, Option<String>);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn calls(system: &str) -> BTreeSet<Call> {
    let text = fs::read_to_string(root().join(format!("policy/fixtures/deployer/{system}.calls"))).unwrap();
    let call = |line: &str| {
        let [service, operation, _region, resource] = line.split(' ').collect::<Vec<_>>()[..] else {
            unreachable!("{line}")
        };
        let is_known = resource != "-" && !OF_ANOTHER.contains(&(service, operation));
        (service.to_owned(), operation.to_owned(), is_known.then(|| resource.to_owned()))
    };
    text.lines()
        .filter(|line| !line.starts_with('#') && !OF_UPDATES.iter().any(|end| line.ends_with(end)))
        .map(call)
        .filter(|(service, operation, _)| !OF_TESTS.contains(&(service, operation)))
        .collect()
}

/// The documents of a system, and of what stands before it.
fn documents(system: &str) -> Vec<String> {
    let folder = root().join("fixtures").join(system);
    let mut found: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.push(folder);
    found.push(root().join(format!("localstack-tests/fixtures/{system}-existing")));
    let stacks = found.iter().map(|folder| folder.join("main.tf.json")).filter(|file| file.is_file());
    stacks.map(|file| file.display().to_string()).collect()
}

/// The statements of a system's policies.
fn statements(system: &str) -> Vec<Value> {
    let documents = documents(system);
    let mut arguments = vec!["deployer", "--account", ACCOUNT];
    arguments.extend(documents.iter().map(String::as_str));
    let written = policy(&arguments).assert().code(0).get_output().stdout.clone();
    let all = match serde_json::from_slice(&written).unwrap() {
        Value::Array(policies) => policies,
        one => vec![one],
    };
    all.iter().flat_map(|policy| policy["Statement"].as_array().unwrap().clone()).collect()
}

fn read(statements: &[Value]) -> Policy {
    let mut sources = Sources::default();
    let document = serde_json::json!({ "Version": "2012-10-17", "Statement": statements });
    let id = sources.add("policy.json", document.to_string());
    Policy::read(&sources, id).unwrap()
}

/// Whether the policy allows an action on a resource.
fn allows(policy: &Policy, action: &str, resource: &str) -> bool {
    let context = Context::new(Key::Absent, References::Open);
    policy.allows(&Request::new(Caller::Holder, action, word(resource), context)) == Answer::Yes
}

/// The actions that statements have, in small letters.
fn actions(statements: &[Value]) -> BTreeSet<String> {
    let all = statements.iter().flat_map(|statement| statement["Action"].as_array().unwrap());
    all.map(|action| action.as_str().unwrap().to_lowercase()).collect()
}

fn assert_allows_what_was_recorded(system: &str) {
    let statements = statements(system);
    let (policy, listed) = (read(&statements), actions(&statements));
    let calls = calls(system);
    assert!(calls.len() > 20, "only {} calls", calls.len());
    let mut refused = Vec::new();
    for (service, operation, resource) in &calls {
        for action in permissions(service, operation) {
            let is_allowed = match resource {
                Some(arn) => allows(&policy, &action, arn),
                // Which resource it was is not known: the action is allowed on some.
                None => listed.contains(&action.to_lowercase()),
            };
            if !is_allowed {
                refused.push(format!("{action} on {}", resource.as_deref().unwrap_or("something")));
            }
        }
    }
    assert!(refused.is_empty(), "{system}, of {} calls:\n{}", calls.len(), refused.join("\n"));
}

#[test]
fn action_spec_may_do_what_it_did() {
    assert_allows_what_was_recorded("action-spec");
}

#[test]
fn ansari_whatsapp_may_do_what_it_did() {
    assert_allows_what_was_recorded("ansari-whatsapp");
}

#[test]
fn carat_may_do_what_it_did() {
    assert_allows_what_was_recorded("carat");
}

#[test]
fn everruns_may_do_what_it_did() {
    assert_allows_what_was_recorded("everruns");
}

#[test]
fn invoice_may_do_what_it_did() {
    assert_allows_what_was_recorded("invoice");
}

/// What was never asked for is what only changes of what stands need, tags, and what AWS asks for besides calls.
#[test]
fn no_more_than_a_third_of_the_actions_was_not_used() {
    let (mut allowed, mut used) = (BTreeSet::new(), BTreeSet::new());
    for system in ["action-spec", "ansari-whatsapp", "carat", "everruns", "invoice"] {
        allowed.append(&mut actions(&statements(system)));
        let needed = |(service, operation, _): &Call| permissions(service, operation);
        used.extend(calls(system).iter().flat_map(needed).map(|action| action.to_lowercase()));
    }
    let unused: Vec<&String> = allowed.difference(&used).collect();
    println!("{} actions are allowed, {} of them were not used: {unused:?}", allowed.len(), unused.len());
    assert!(!allowed.iter().any(|action| pattern::is_wild(action)), "an action has a wildcard");
    assert!(unused.len() * 3 <= allowed.len(), "{} of {}: {unused:?}", unused.len(), allowed.len());
}
