//! A suspect for one caller, taken apart by action: what one action leaves is small.

use std::collections::BTreeMap;

use super::branch::Branch;
use super::callers::Candidate;
use super::{Comparison, Suspect};
use crate::access::answer::Answer;
use crate::access::glob::{Glob, Word, matches};
use crate::access::policy::{Selection, Statement};
use crate::access::request::{References, Request};

/// The statements of a suspect that matter for a caller.
pub(super) struct Problem<'p> {
    pub(super) together: Vec<&'p Statement>,
    pub(super) in_the_way: Vec<&'p Statement>,
    pub(super) candidate: &'p Candidate,
}

/// The actions that are looked at together.
#[derive(Clone, Copy)]
pub(super) enum Actions<'p> {
    /// One, and what is in the way applies to it.
    One(&'p Glob),
    /// All that a selection has, known here or not.
    All(&'p Selection),
}

impl<'p> Problem<'p> {
    /// Nothing, if the statements do not mean the caller.
    pub(super) fn of(suspect: &Suspect<'p>, candidate: &'p Candidate) -> Option<Problem<'p>> {
        let caller = &candidate.caller;
        let meant = |statement: &Statement, denies: bool| {
            if denies {
                statement.principals.denied(caller, References::Distinct)
            } else {
                statement.principals.allowed(caller, References::Distinct).any()
            }
        };
        let met =
            suspect.together.iter().enumerate().all(|(at, statement)| meant(statement, at > 0) != Answer::No);
        // What is not surely in the way is taken to be out of it; the request that is found is asked about.
        let in_the_way = suspect
            .in_the_way
            .iter()
            .enumerate()
            .filter(|(at, statement)| meant(statement, *at < suspect.denials) == Answer::Yes)
            .map(|(_, statement)| *statement)
            .filter(|statement| statement.unread.is_empty())
            .collect();
        met.then(|| Problem { together: suspect.together.clone(), in_the_way, candidate })
    }

    /// A request that shows the difference.
    pub(super) fn solve(&self, comparison: &mut Comparison) -> Option<Request> {
        let first = self.together.first()?;
        let Selection::Only(globs) = &first.action else {
            return Branch::new(self, Actions::All(&first.action), self.in_the_way.clone())
                .explore(comparison);
        };
        let mut wild = Vec::new();
        // Actions that the same statements are in the way of: one stands for all of them.
        let mut alike: BTreeMap<Vec<usize>, (&Glob, Vec<&'p Statement>)> = BTreeMap::new();
        for glob in globs {
            let Some(word) = glob.only_word() else {
                wild.push(glob.clone());
                continue;
            };
            if !self.together.iter().all(|statement| has(&statement.action, &word)) {
                continue; // the denial is of other actions
            }
            let met =
                self.in_the_way.iter().enumerate().filter(|(_, statement)| has(&statement.action, &word));
            let (places, statements) = met.map(|(at, statement)| (at, *statement)).unzip();
            alike.entry(places).or_insert((glob, statements));
        }
        for (glob, statements) in alike.into_values() {
            let found = Branch::new(self, Actions::One(glob), statements).explore(comparison);
            if found.is_some() {
                return found;
            }
        }
        if wild.is_empty() {
            return None;
        }
        let selection = Selection::Only(wild);
        Branch::new(self, Actions::All(&selection), self.in_the_way.clone()).explore(comparison)
    }
}

/// Whether a selection has an action; one that nobody can read may.
pub(super) fn has(selection: &Selection, action: &Word) -> bool {
    let any = |globs: &[Glob]| globs.iter().any(|glob| matches(glob, action));
    match selection {
        Selection::Everything | Selection::Unread(_) => true,
        Selection::Only(globs) => any(globs),
        Selection::AllBut(globs) => !any(globs),
    }
}
