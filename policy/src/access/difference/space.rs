//! What is asked of the action, or of the resource, of a request.

use std::sync::LazyLock;

use super::cover;
use crate::access::glob::{Found, Glob, Group, Search, Symbols, Word, exactly, shape, word};
use crate::access::policy::Selection;
use crate::iam::actions;

/// A service and a name.
static ACTION: LazyLock<[Glob; 1]> = LazyLock::new(|| [shape("?*:?*")]);

/// An ARN, or `*` where an action has no resource.
static RESOURCE: LazyLock<[Glob; 2]> = LazyLock::new(|| [shape("arn:?*:?*:*:*:?*"), exactly("*")]);

/// Patterns that have to match and patterns that must not.
#[derive(Clone, Default)]
pub(super) struct Space<'b> {
    wanted: Vec<Group<'b>>,
    unwanted: Vec<&'b Glob>,
}

/// What every word has to look like.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    Action,
    Resource,
}

impl<'b> Space<'b> {
    pub(super) fn one(glob: &'b Glob) -> Space<'b> {
        let mut space = Space::default();
        space.want(vec![glob]);
        space
    }

    /// What all of several selections have.
    pub(super) fn of(selections: impl Iterator<Item = &'b Selection>) -> Space<'b> {
        let mut space = Space::default();
        for selection in selections {
            match selection {
                Selection::Only(globs) => space.want(globs.iter().collect()),
                Selection::AllBut(globs) => space.unwanted.extend(globs),
                Selection::Everything | Selection::Unread(_) => {}
            }
        }
        space
    }

    /// Symbols are letters of their own for the first patterns that have to match. For others they are any
    /// text: two patterns may match the same text by different values of their variables.
    fn want(&mut self, globs: Vec<&'b Glob>) {
        let symbols = if self.wanted.is_empty() { Symbols::Own } else { Symbols::Open };
        self.wanted.push(Group { globs, symbols });
    }

    /// Asks that it is not in a selection; false if everything is.
    pub(super) fn leave(&mut self, selection: &'b Selection) -> bool {
        match selection {
            Selection::Only(globs) => self.unwanted.extend(globs),
            Selection::AllBut(globs) => self.want(globs.iter().collect()),
            Selection::Everything => return false,
            Selection::Unread(_) => {}
        }
        true
    }

    /// Whether everything that is asked for is surely in a selection.
    pub(super) fn is_within(&self, selection: &Selection) -> bool {
        let is = |within: &dyn Fn(&Glob) -> bool| {
            self.wanted.iter().any(|group| group.globs.iter().all(|glob| within(glob)))
        };
        match selection {
            Selection::Everything => true,
            Selection::Only(globs) => is(&|own| cover::covered(globs, own)),
            Selection::AllBut(globs) => is(&|own| {
                globs.iter().all(|glob| glob.is_apart_from(own) && glob.variables().next().is_none())
            }),
            Selection::Unread(_) => false,
        }
    }

    /// Whether nothing that is asked for is surely in a selection.
    pub(super) fn is_apart_from(&self, selection: &Selection) -> bool {
        let is = |apart: &dyn Fn(&Glob) -> bool| {
            self.wanted.iter().any(|group| group.globs.iter().all(|glob| apart(glob)))
        };
        match selection {
            Selection::Only(globs) => is(&|own| globs.iter().all(|glob| glob.is_apart_from(own))),
            Selection::AllBut(globs) => is(&|own| cover::covered(globs, own)),
            Selection::Everything | Selection::Unread(_) => false,
        }
    }

    /// Actions that exist and are as asked, at most so many of them.
    pub(super) fn known(&self, most: usize) -> Vec<Word> {
        let everything = [shape("*")];
        let globs = self.wanted.first().map_or(everything.iter().collect(), |group| group.globs.clone());
        let wild = globs.into_iter().filter(|glob| glob.only_word().is_none());
        wild.flat_map(|glob| actions::named(&glob.written())).take(most).map(|name| word(&name)).collect()
    }

    /// A word that is as asked.
    pub(super) fn search(&self, shape: Shape, hints: Vec<Word>, limit: usize) -> Found {
        let globs: Vec<&Glob> = match shape {
            Shape::Action => ACTION.iter().collect(),
            Shape::Resource => RESOURCE.iter().collect(),
        };
        let mut wanted = self.wanted.clone();
        let symbols = if wanted.is_empty() { Symbols::Own } else { Symbols::Open };
        wanted.push(Group { globs, symbols });
        // What shares nothing with all that is wanted cannot be in the way.
        let is_near = |glob: &&Glob| {
            !self.wanted.iter().any(|group| group.globs.iter().all(|own| own.is_apart_from(glob)))
        };
        let unwanted = self.unwanted.iter().copied().filter(is_near).collect();
        Search { wanted, unwanted, hints, limit }.run()
    }
}
