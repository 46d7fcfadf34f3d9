//! One way after the other in which a request may miss every statement that is in the way.

use std::collections::BTreeSet;

use super::callers::Candidate;
use super::key::{self, Choice};
use super::problem::{Actions, Problem};
use super::space::{Shape, Space};
use super::{Comparison, STATES, witness};
use crate::access::condition::{Condition, Test};
use crate::access::glob::{Found, Glob, Symbol};
use crate::access::policy::{Selection, Statement};
use crate::access::request::Request;

/// A condition that has to hold, or not to.
pub(super) type Literal<'b> = (&'b Condition, bool);

/// What is asked of a request so far.
#[derive(Clone)]
pub(super) struct Branch<'b> {
    pub(super) candidate: &'b Candidate,
    pub(super) action: Space<'b>,
    pub(super) resource: Space<'b>,
    pub(super) literals: Vec<Literal<'b>>,
    /// Keys that the request must not have.
    pub(super) absent: BTreeSet<&'b str>,
    /// Keys whose variables are compared to be different in a statement that has to apply.
    compared: BTreeSet<&'b str>,
    /// The statements that are still in the way.
    in_the_way: Vec<&'b Statement>,
}

/// How a request misses a statement.
#[derive(Clone, Copy)]
enum Miss<'b> {
    Action,
    Resource,
    Condition(&'b Condition),
    /// The statement is invalid, since a variable has no value. Whether it is then is not decided where a
    /// difference is wanted, so it has to be thought of.
    NoValue(&'b str),
}

/// What to look at next.
enum Next<'b> {
    /// A statement cannot be missed.
    Dead,
    /// Nothing is in the way any more.
    Done,
    /// A statement, by its place, and the ways to miss it.
    Statement(usize, Vec<Miss<'b>>),
}

impl<'b> Branch<'b> {
    pub(super) fn new(
        problem: &Problem<'b>,
        actions: Actions<'b>,
        in_the_way: Vec<&'b Statement>,
    ) -> Branch<'b> {
        let together = || problem.together.iter();
        let others = together().skip(1).map(|statement| &statement.action);
        let action = match actions {
            Actions::One(glob) => Space::one(glob),
            Actions::All(selection) => Space::of(std::iter::once(selection).chain(others)),
        };
        let conditions = together().flat_map(|statement| &statement.conditions);
        Branch {
            candidate: problem.candidate,
            action,
            resource: Space::of(together().map(|statement| &statement.resource)),
            literals: conditions.map(|condition| (condition, true)).collect(),
            absent: BTreeSet::new(),
            compared: together().flat_map(|statement| compared(statement)).collect(),
            in_the_way: in_the_way.into_iter().filter(|statement| is_read(statement)).collect(),
        }
    }

    /// A request that is as asked and shows a difference.
    pub(super) fn explore(mut self, comparison: &mut Comparison) -> Option<Request> {
        let Some(left) = comparison.left.checked_sub(1) else {
            comparison
                .unsure
                .insert("there are more combinations of statements than are looked at".to_owned());
            return None;
        };
        comparison.left = left;
        if !self.is_possible() {
            return None;
        }
        let (at, ways) = match self.next() {
            Next::Dead => return None,
            Next::Done => return witness::of(&self, comparison),
            Next::Statement(at, ways) => (at, ways),
        };
        let statement = self.in_the_way.swap_remove(at);
        for way in ways {
            let mut branch = self.clone();
            if branch.miss(statement, way, comparison)
                && let Some(request) = branch.explore(comparison)
            {
                return Some(request);
            }
        }
        None
    }

    /// The statement that leaves the fewest ways.
    fn next(&mut self) -> Next<'b> {
        let mut next = Next::Done;
        let mut kept = Vec::with_capacity(self.in_the_way.len());
        for statement in std::mem::take(&mut self.in_the_way) {
            let Some(ways) = self.ways(statement) else { continue };
            if ways.is_empty() {
                return Next::Dead;
            }
            if !matches!(&next, Next::Statement(_, fewest) if fewest.len() <= ways.len()) {
                next = Next::Statement(kept.len(), ways);
            }
            kept.push(statement);
        }
        self.in_the_way = kept;
        next
    }

    /// The ways to miss a statement; nothing if it is missed already.
    fn ways(&self, statement: &'b Statement) -> Option<Vec<Miss<'b>>> {
        if self.action.is_apart_from(&statement.action) || self.resource.is_apart_from(&statement.resource) {
            return None;
        }
        let mut ways = Vec::new();
        if !self.action.is_within(&statement.action) {
            ways.push(Miss::Action);
        }
        if !self.resource.is_within(&statement.resource) {
            ways.push(Miss::Resource);
        }
        for condition in &statement.conditions {
            match self.literals.iter().find(|(asked, _)| *asked == condition) {
                Some((_, false)) => return None,
                Some((_, true)) => {}
                None if self.may_fail(condition) => ways.push(Miss::Condition(condition)),
                None => {}
            }
        }
        let open = compared(statement).into_iter().filter(|key| !self.compared.contains(key));
        ways.extend(open.map(Miss::NoValue));
        Some(ways)
    }

    fn may_fail(&self, condition: &'b Condition) -> bool {
        let mut literals = self.literals_on(&condition.key);
        literals.push((condition, false));
        self.choose(&condition.key, &literals) != Choice::Impossible
    }

    pub(super) fn literals_on(&self, key: &str) -> Vec<Literal<'b>> {
        self.literals.iter().filter(|(condition, _)| condition.key == key).copied().collect()
    }

    pub(super) fn choose(&self, key: &str, literals: &[Literal]) -> Choice {
        key::choose(key, literals, self.candidate.keys.get(key), self.absent.contains(key))
    }

    fn miss(&mut self, statement: &'b Statement, way: Miss<'b>, comparison: &mut Comparison) -> bool {
        match way {
            Miss::Action => {
                self.action.leave(&statement.action) && comparison.may_be(&self.action, Shape::Action)
            }
            Miss::Resource => {
                self.resource.leave(&statement.resource) && comparison.may_be(&self.resource, Shape::Resource)
            }
            Miss::Condition(condition) => {
                self.literals.push((condition, false));
                true
            }
            Miss::NoValue(key) => {
                self.absent.insert(key);
                true
            }
        }
    }

    fn is_possible(&self) -> bool {
        let keys: BTreeSet<&str> =
            self.literals.iter().map(|(condition, _)| condition.key.as_str()).collect();
        keys.union(&self.absent).all(|key| self.choose(key, &self.literals_on(key)) != Choice::Impossible)
    }
}

impl Comparison<'_> {
    /// Whether a word may be as asked. A search that is given up has cost as much as many branches.
    fn may_be(&mut self, space: &Space, shape: Shape) -> bool {
        match space.search(shape, Vec::new(), STATES) {
            Found::Word(_) => true,
            Found::Nothing => false,
            Found::Unsure => {
                self.charge_for_search();
                true
            }
        }
    }
}

/// Whether what a statement says is known: what is not may never apply.
fn is_read(statement: &Statement) -> bool {
    let known = |selection: &Selection| !matches!(selection, Selection::Unread(_));
    let conditions = statement.conditions.iter().all(|one| !matches!(one.test, Test::Unread(_)));
    conditions && known(&statement.action) && known(&statement.resource)
}

/// The variables without default that a statement compares to be different.
fn compared(statement: &Statement) -> BTreeSet<&str> {
    let conditions = statement.conditions.iter().filter(|condition| condition.negated);
    let excluded: &[Glob] = match &statement.resource {
        Selection::AllBut(globs) => globs,
        _ => &[],
    };
    let globs = conditions.flat_map(|condition| condition.globs()).chain(excluded);
    globs
        .flat_map(|glob| glob.variables())
        .filter_map(|symbol| match &**symbol {
            Symbol::Variable { key, default: None } => Some(key.as_str()),
            _ => None,
        })
        .collect()
}
