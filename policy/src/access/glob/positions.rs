//! Where in a pattern a reader of a word may be: before any of its tokens, or at its end.

use super::{Glob, Token};

/// What a token does with what is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// It takes it and may take more.
    Stay,
    /// It takes it and is done.
    Pass,
    /// It does not take it.
    Not,
}

/// The positions that are possible; the last one is the end.
pub(super) struct Positions<'g> {
    glob: &'g Glob,
    at: Vec<bool>,
}

impl<'g> Positions<'g> {
    /// Before anything is read.
    pub(super) fn new(glob: &'g Glob) -> Positions<'g> {
        let mut at = vec![false; glob.tokens.len().saturating_add(1)];
        mark(&mut at, 0);
        let mut positions = Positions { glob, at };
        positions.close();
        positions
    }

    /// After each token has been asked what it does with what is read.
    pub(super) fn step(&mut self, takes: impl Fn(&Token) -> Taken) {
        let mut next = vec![false; self.at.len()];
        for (position, token) in self.glob.tokens.iter().enumerate() {
            if self.holds(position) {
                match takes(token) {
                    Taken::Stay => mark(&mut next, position),
                    Taken::Pass => mark(&mut next, position.saturating_add(1)),
                    Taken::Not => {}
                }
            }
        }
        self.at = next;
        self.close();
    }

    /// After something that may be any text: every position from the first one on.
    pub(super) fn anywhere_from_here(&mut self) {
        let first = self.at.iter().position(|here| *here).unwrap_or(self.at.len());
        self.at.iter_mut().skip(first).for_each(|place| *place = true);
    }

    /// Whether the end is possible.
    pub(super) fn at_end(&self) -> bool {
        self.at.last().copied().unwrap_or_default()
    }

    fn holds(&self, position: usize) -> bool {
        self.at.get(position).copied().unwrap_or_default()
    }

    /// A `*` may take nothing.
    fn close(&mut self) {
        for (position, token) in self.glob.tokens.iter().enumerate() {
            if matches!(token, Token::Many(_)) && self.holds(position) {
                mark(&mut self.at, position.saturating_add(1));
            }
        }
    }
}

fn mark(at: &mut [bool], position: usize) {
    if let Some(place) = at.get_mut(position) {
        *place = true;
    }
}
