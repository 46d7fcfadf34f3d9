//! New access: whether a policy allows a request that another one does not.
//!
//! ```text
//!  for each caller ──▶ for each Allow of the new policy, alone or with a Deny of the old one:
//!     covered by one statement? ──▶ nothing new
//!     else: each statement that is in the way must miss the request by its action, its resource or
//!     one of its conditions ──search──▶ a request ──▶ allowed by the new, not by the old: found
//! ```
//!
//! "None" is proven: the search is over more than the requests there are, never over fewer. "Found" is
//! proven too: both policies are asked about the request. Anything between is undecided.
//!
//! After Backes et al., "Semantic-based Automated Reasoning for AWS Access Policies using SMT" (FMCAD
//! 2018); a policy language without arithmetic over several keys needs no SMT solver.

mod branch;
mod callers;
mod cover;
mod key;
mod problem;
mod reach;
mod space;
mod typed;
mod witness;

use std::collections::BTreeSet;

use super::policy::{Policy, Statement};
use super::request::Request;
pub(super) use callers::Candidate;
use problem::Problem;
pub use reach::{Deed, Thing, may};

/// So many branches are looked at for one pair of policies.
const BRANCHES: usize = 20_000;

/// So many for two configurations together: as ten pairs that are given up take.
const ALL_BRANCHES: usize = 200_000;

/// So many for a pair when those of the configurations are spent: hardly any pair needs more.
const LEAST_BRANCHES: usize = 500;

/// So many states of one search for a word.
const STATES: usize = 20_000;

/// So many requests are tried that turn out not to show a difference.
const ATTEMPTS: usize = 50;

/// Whether a policy allows something new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewAccess {
    /// It allows no request that the old one does not.
    None,
    /// It allows this request, and the old one does not.
    Found(Box<Request>),
    /// Nobody can tell, for these reasons.
    Undecided(BTreeSet<String>),
}

impl NewAccess {
    /// Undecided for one reason.
    #[must_use]
    pub fn undecided(why: impl Into<String>) -> NewAccess {
        NewAccess::Undecided(BTreeSet::from([why.into()]))
    }
}

/// Whether `new` allows a request that `old` does not.
#[must_use]
pub fn new_access(old: &Policy, new: &Policy) -> NewAccess {
    Comparison::new(old, new).answer(&callers::of(old, new))
}

/// What may still be spent on comparing two configurations, whose pairs are compared one after the other.
pub(super) struct Budget {
    left: usize,
}

impl Budget {
    /// All of it.
    pub(super) fn of_configurations() -> Budget {
        Budget { left: ALL_BRANCHES }
    }

    /// As [`new_access`], at the cost of the budget.
    pub(super) fn new_access(&mut self, old: &Policy, new: &Policy) -> NewAccess {
        let given = self.left.clamp(LEAST_BRANCHES, BRANCHES);
        let mut comparison = Comparison::new(old, new);
        comparison.left = given;
        let found = comparison.run(&callers::of(old, new));
        self.left = self.left.saturating_sub(given.saturating_sub(comparison.left));
        comparison.told(found)
    }
}

/// Whether `old` denies something that `new` does not surely deny. That alone is no access, but may be some
/// together with other policies.
#[must_use]
pub(super) fn takes_back_denials(old: &Policy, new: &Policy) -> bool {
    old.deny.iter().any(|deny| !is_covered(&new.deny, deny))
}

/// Two policies, what may still be spent on them, and what stayed unsure.
pub(super) struct Comparison<'p> {
    old: &'p Policy,
    new: &'p Policy,
    left: usize,
    attempts: usize,
    unsure: BTreeSet<String>,
}

impl<'p> Comparison<'p> {
    pub(super) fn new(old: &'p Policy, new: &'p Policy) -> Comparison<'p> {
        let unsure = old.unread.iter().chain(&new.unread).cloned().collect();
        Comparison { old, new, left: BRANCHES, attempts: ATTEMPTS, unsure }
    }

    /// Whether one of the callers is allowed something new.
    pub(super) fn answer(mut self, callers: &[Candidate]) -> NewAccess {
        let found = self.run(callers);
        self.told(found)
    }

    fn told(self, found: Option<Request>) -> NewAccess {
        if let Some(request) = found {
            return NewAccess::Found(Box::new(request));
        }
        match self.unsure {
            unsure if unsure.is_empty() => NewAccess::None,
            unsure => NewAccess::Undecided(unsure),
        }
    }

    fn run(&mut self, callers: &[Candidate]) -> Option<Request> {
        let suspects = self.suspects();
        for caller in callers {
            for suspect in &suspects {
                let Some(problem) = Problem::of(suspect, caller) else { continue };
                if let Some(request) = problem.solve(self) {
                    return Some(request);
                }
            }
        }
        None
    }

    /// Counts a search that was given up as a twentieth of all branches.
    fn charge_for_search(&mut self) {
        self.left = self.left.saturating_sub(BRANCHES / 20);
    }

    /// What may be new: an allowing statement that no old one covers, and one that an old denial met which no
    /// new one covers.
    fn suspects(&self) -> Vec<Suspect<'p>> {
        let mut suspects = Vec::new();
        for allow in &self.new.allow {
            if !is_covered(&self.old.allow, allow) {
                let in_the_way = self.new.deny.iter().chain(&self.old.allow).collect();
                suspects.push(Suspect { together: vec![allow], in_the_way, denials: self.new.deny.len() });
            }
        }
        for deny in &self.old.deny {
            if is_covered(&self.new.deny, deny) {
                continue;
            }
            for allow in self.new.allow.iter().filter(|allow| !cover::are_apart(allow, deny)) {
                let in_the_way = self.new.deny.iter().collect();
                let together = vec![allow, deny];
                suspects.push(Suspect { together, in_the_way, denials: self.new.deny.len() });
            }
        }
        suspects
    }
}

/// Whether one of the statements, which are sorted, surely applies wherever another one does.
fn is_covered(statements: &[Statement], other: &Statement) -> bool {
    let same = statements.binary_search(other).ok().and_then(|at| statements.get(at));
    same.is_some_and(|same| cover::covers(same, other))
        || statements.iter().any(|one| cover::covers(one, other))
}

/// A way in which access may be new: a request that is met by all of the statements `together` and by none
/// that is in the way.
struct Suspect<'p> {
    /// An allowing statement of the new policy and, behind it, a denying one of the old policy.
    together: Vec<&'p Statement>,
    in_the_way: Vec<&'p Statement>,
    /// So many of those that are in the way deny; they come first.
    denials: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn policy(actions: &str) -> Policy {
        let mut sources = Sources::default();
        let statement = format!(r#"{{"Effect": "Allow", "Action": {actions}, "Resource": "*"}}"#);
        let id = sources.add("policy.json", format!(r#"{{"Statement": {statement}}}"#));
        Policy::read(&sources, id).unwrap()
    }

    #[test]
    fn pairs_share_what_may_be_spent_and_an_easy_one_is_decided_when_it_is_gone() {
        let mut budget = Budget { left: 600 };
        let (old, new) = (policy(r#""s3:Get*""#), policy(r#"["s3:Get*", "s3:Put*"]"#));
        assert!(matches!(budget.new_access(&old, &new), NewAccess::Found(_)));
        assert!(budget.left < 600);
        budget.left = 0;
        assert!(matches!(budget.new_access(&old, &new), NewAccess::Found(_)));
        assert_eq!((budget.new_access(&new, &old), budget.left), (NewAccess::None, 0));
    }
}
