//! Two configurations, principal by principal and resource by resource.

use std::collections::{BTreeMap, BTreeSet};

use super::difference::{Budget, NewAccess, takes_back_denials};
use super::policy::Policy;
use super::sets::{Set, Sets};
use crate::iam::PolicyKind;

/// For each principal and resource of either configuration, whether the new one allows something new.
#[must_use]
pub fn compare(old: &Sets, new: &Sets) -> BTreeMap<String, NewAccess> {
    let names: BTreeSet<&String> = old.all.keys().chain(new.all.keys()).collect();
    let is_held = |name: &str| new.all.get(name).is_some_and(|set| set.is_held);
    let compared = names.into_iter().filter(|name| !is_held(name));
    let mut budget = Budget::of_configurations();
    let mut changes: BTreeMap<String, NewAccess> = compared
        .map(|name| (name.clone(), change(old.all.get(name), new.all.get(name), &mut budget)))
        .collect();
    changes.extend(old.unread_answers());
    changes.extend(new.unread_answers());
    changes
}

fn change(old: Option<&Set>, new: Option<&Set>, budget: &mut Budget) -> NewAccess {
    let nothing = Policy::default();
    let kind = new.or(old).map(|set| set.kind);
    if matches!(kind, Some(PolicyKind::Boundary | PolicyKind::Organization | PolicyKind::Endpoint)) {
        match (old, new) {
            (None, _) => return NewAccess::None,
            (Some(_), None) => return NewAccess::undecided("a policy that limits is gone"),
            (Some(_), Some(_)) => {}
        }
    }
    let policy = |set: Option<&Set>| set.map_or(nothing.clone(), |set| set.policy.clone());
    let (before, after) = (policy(old), policy(new));
    let reasons = around(old, new);
    match budget.new_access(&before, &after) {
        NewAccess::Found(request) => match old.and_then(|set| set.attached.first()) {
            Some(arn) => NewAccess::undecided(format!(
                "`{arn}`, whose content is not known here, may allow it already"
            )),
            None => NewAccess::Found(request),
        },
        NewAccess::None if reasons.is_empty() && takes_back_denials(&before, &after) => NewAccess::undecided(
            "a denial is gone: whether another policy allows what it denied is not known here",
        ),
        NewAccess::None if reasons.is_empty() => NewAccess::None,
        NewAccess::None => NewAccess::Undecided(reasons),
        NewAccess::Undecided(more) => NewAccess::Undecided(reasons.into_iter().chain(more).collect()),
    }
}

/// What changes around the policies themselves.
fn around(old: Option<&Set>, new: Option<&Set>) -> BTreeSet<String> {
    let none = BTreeSet::new();
    let attached = |set: Option<&Set>| set.map_or(none.clone(), |set| set.attached.clone());
    let limits = |set: Option<&Set>| set.map_or(none.clone(), |set| set.limits.clone());
    let (before, after) = (attached(old), attached(new));
    let mut reasons: BTreeSet<String> = before
        .symmetric_difference(&after)
        .map(|arn| format!("`{arn}` is attached to one of both only, and its content is not known here"))
        .collect();
    // A limit that comes first takes away.
    if old.is_some() && new.is_some() && !limits(old).is_subset(&limits(new)) {
        reasons.insert("a permissions boundary is gone or another one".to_owned());
    }
    reasons
}
