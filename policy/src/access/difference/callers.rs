//! Whoever has to be asked about: everybody whom two policies name, and one for all others.

use std::collections::{BTreeMap, BTreeSet};

use crate::access::caller::{self, Caller};
use crate::access::condition::Condition;
use crate::access::glob::written;
use crate::access::policy::{Policy, Statement};
use crate::access::principal::{Principal, Principals};
use crate::access::request::{Key, References};

/// An account that no policy is likely to name.
const STRANGER: &str = "681392047715";

/// Somebody who may make a request.
#[derive(Clone, Debug)]
pub(in crate::access) struct Candidate {
    pub(in crate::access) caller: Caller,
    /// The condition keys that are sure for this caller.
    pub(in crate::access) keys: BTreeMap<String, Key>,
}

/// Whoever two policies may treat differently.
pub(super) fn of(old: &Policy, new: &Policy) -> Vec<Candidate> {
    let statements: Vec<&Statement> =
        [old, new].into_iter().flat_map(|policy| policy.allow.iter().chain(&policy.deny)).collect();
    if statements.iter().all(|statement| statement.principals == Principals::Holder) {
        return vec![Candidate { caller: Caller::Holder, keys: BTreeMap::new() }];
    }
    let mut named = BTreeSet::new();
    let mut accounts = BTreeSet::from([STRANGER.to_owned()]);
    for statement in &statements {
        gather(statement, &mut named, &mut accounts);
    }
    let mut candidates: Vec<Candidate> = named.into_iter().map(Candidate::named).collect();
    for account in &accounts {
        candidates.extend(any_of(account));
    }
    let others = [
        Caller::Anonymous,
        Caller::Service("example.amazonaws.com".to_owned()),
        Caller::Federated("example.com".to_owned()),
    ];
    candidates.extend(others.into_iter().map(Candidate::named));
    let asks_who = statements.iter().any(|statement| statement.conditions.iter().any(asks_who));
    if !asks_who {
        keep_one_of_each(&mut candidates, &statements);
    }
    candidates
}

fn gather(statement: &Statement, named: &mut BTreeSet<Caller>, accounts: &mut BTreeSet<String>) {
    let (Principals::Only(all) | Principals::AllBut(all)) = &statement.principals else { return };
    for principal in all {
        match principal {
            Principal::One(caller) => {
                accounts.extend(caller.account().map(str::to_owned));
                named.insert(caller.clone());
            }
            Principal::Account(account) => {
                accounts.insert(account.clone());
            }
            Principal::Everyone | Principal::Unread(_) => {}
        }
    }
    for condition in statement.conditions.iter().filter(|condition| asks_who(condition)) {
        for word in condition.globs().iter().filter_map(|glob| glob.only_word()) {
            match Caller::read(&written(&word)) {
                Some(Caller::Root { account }) => {
                    accounts.insert(account);
                }
                Some(caller) if caller.account().is_some() => {
                    accounts.extend(caller.account().map(str::to_owned));
                    named.insert(caller);
                }
                _ => {} // a name that is no caller's
            }
        }
    }
}

/// Whether a condition is on something that follows from who asks.
fn asks_who(condition: &Condition) -> bool {
    caller::KEYS.iter().any(|key| key.eq_ignore_ascii_case(&condition.key))
}

/// The root user, and a user and a role that are not named: what follows from their names is open.
fn any_of(account: &str) -> [Candidate; 3] {
    let arn = |rest: &str| format!("arn:aws:iam::{account}:{rest}");
    let account = account.to_owned();
    let user = Caller::User { account: account.clone(), arn: arn("user/someone") };
    let role = Caller::Role { account: account.clone(), arn: arn("role/something") };
    let open = |caller: Caller| {
        let mut keys = Candidate::named(caller.clone()).keys;
        keys.retain(|key, _| !["aws:principalarn", "aws:username"].contains(&key.as_str()));
        Candidate { caller, keys }
    };
    [Candidate::named(Caller::Root { account }), open(user), open(role)]
}

impl Candidate {
    pub(in crate::access) fn named(caller: Caller) -> Candidate {
        let keys = caller.keys().into_iter().filter(|(_, key)| *key != Key::Unknown);
        Candidate { keys: keys.map(|(name, key)| (name.to_lowercase(), key)).collect(), caller }
    }
}

/// Keeps one of those whom all statements mean alike.
fn keep_one_of_each(candidates: &mut Vec<Candidate>, statements: &[&Statement]) {
    let mut seen = Vec::new();
    candidates.retain(|candidate| {
        let meant: Vec<_> = statements
            .iter()
            .map(|statement| {
                let principals = &statement.principals;
                let caller = &candidate.caller;
                let allowed = principals.allowed(caller, References::Distinct).any();
                (allowed, principals.denied(caller, References::Distinct))
            })
            .collect();
        let is_new = !seen.contains(&meant);
        if is_new {
            seen.push(meant);
        }
        is_new
    });
}
