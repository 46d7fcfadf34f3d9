//! Whether a statement surely applies wherever another one does: enough for nearly all pairs of policies
//! that are nearly the same.

use crate::access::condition::{Condition, Test};
use crate::access::glob::Glob;
use crate::access::policy::{Selection, Statement};
use crate::access::principal::{Principal, Principals};

/// Whether `one` surely applies to every request that `other` applies to.
pub(super) fn covers(one: &Statement, other: &Statement) -> bool {
    one.unread.is_empty()
        && one.conditions.iter().all(|condition| is_among(condition, &other.conditions))
        && selects(&one.action, &other.action)
        && selects(&one.resource, &other.resource)
        && means(&one.principals, &other.principals)
}

/// Whether surely no request is met by both.
pub(super) fn are_apart(one: &Statement, other: &Statement) -> bool {
    are_apart_in(&one.action, &other.action) || are_apart_in(&one.resource, &other.resource)
}

pub(super) fn is_among(condition: &Condition, all: &[Condition]) -> bool {
    !matches!(condition.test, Test::Unread(_)) && all.binary_search(condition).is_ok()
}

pub(super) fn selects(one: &Selection, other: &Selection) -> bool {
    match (one, other) {
        (Selection::Everything, _) => true,
        (Selection::Only(globs), Selection::Only(others)) => {
            globs == others || others.iter().all(|other| covered(globs, other))
        }
        // Where a variable has no value it is not decided what a pattern leaves out; the same one does the same.
        (Selection::AllBut(globs), Selection::AllBut(others)) => globs.iter().all(|glob| {
            others.contains(glob) || (glob.variables().next().is_none() && covered_plainly(others, glob))
        }),
        (Selection::AllBut(globs), Selection::Only(others)) => globs.iter().all(|glob| {
            glob.variables().next().is_none() && others.iter().all(|other| other.is_apart_from(glob))
        }),
        _ => false,
    }
}

pub(super) fn covered(globs: &[Glob], other: &Glob) -> bool {
    globs.iter().any(|glob| glob.covers(other))
}

fn covered_plainly(globs: &[Glob], other: &Glob) -> bool {
    globs.iter().any(|glob| glob.variables().next().is_none() && glob.covers(other))
}

fn are_apart_in(one: &Selection, other: &Selection) -> bool {
    match (one, other) {
        (Selection::Only(globs), Selection::Only(others)) => {
            globs.iter().all(|glob| others.iter().all(|other| glob.is_apart_from(other)))
        }
        (Selection::Only(globs), Selection::AllBut(others))
        | (Selection::AllBut(others), Selection::Only(globs)) => {
            globs.iter().all(|glob| covered_plainly(others, glob))
        }
        _ => false,
    }
}

fn means(one: &Principals, other: &Principals) -> bool {
    match (one, other) {
        (Principals::Unread(_), _) => false,
        (Principals::Only(all), Principals::Only(_)) if all.contains(&Principal::Everyone) => true,
        (Principals::Only(all), Principals::Only(others)) => {
            others.iter().all(|other| !matches!(other, Principal::Unread(_)) && all.contains(other))
        }
        _ => one == other,
    }
}
