//! Where the decoded bytes of a text were written.

use std::ops::Range;

use super::escapes::Escapes;
use crate::source::{Span, large, small};

/// Decoded bytes that were written together: byte for byte from `span` where the lengths agree,
/// else all of them from all of it (an escape such as `\u0041`, or something decoded).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) at: usize,
    pub(super) len: usize,
    pub(super) span: Span,
}

impl Run {
    pub(super) fn is_straight(self) -> bool {
        self.len == self.span.len()
    }

    pub(super) fn end(self) -> usize {
        self.at.saturating_add(self.len)
    }

    /// Where a part of it was written.
    pub(super) fn span_of(self, start: usize, end: usize) -> Span {
        if !self.is_straight() {
            return self.span;
        }
        let place = |byte: usize| {
            let inside = byte.saturating_sub(self.at).min(self.len);
            self.span.start().saturating_add(inside)
        };
        Span::new(self.span.source, place(start)..place(end))
    }
}

/// The origins of all bytes of a text, in as little memory as its writing allows.
#[derive(Clone, Debug)]
pub(super) enum Origins {
    /// All are of one run.
    One(Span),
    /// They were written in one piece, with escapes: policies in strings have one every few bytes.
    Escaped(Span, Escapes),
    /// Where each run begins, and where it was written; the next one or the text's end ends it.
    Runs(Vec<(u32, Span)>),
}

impl Origins {
    /// The run of a byte of the decoded text.
    pub(super) fn run_at(&self, byte: usize, decoded: &str) -> Option<Run> {
        let length = decoded.len();
        if byte >= length {
            return None;
        }
        match self {
            Origins::One(span) => Some(Run { at: 0, len: length, span: *span }),
            Origins::Escaped(span, escapes) => Some(escaped(*span, escapes, byte, decoded)),
            Origins::Runs(runs) => {
                let after = runs.partition_point(|(at, _)| large(*at) <= byte);
                let (at, span) = runs.get(after.checked_sub(1)?)?;
                let end = runs.get(after).map_or(length, |(next, _)| large(*next));
                Some(Run { at: large(*at), len: end.saturating_sub(large(*at)), span: *span })
            }
        }
    }

    /// Where a range of the decoded text was written, if every byte of the text stands there as it is meant.
    pub(super) fn straight(&self, range: &Range<usize>, decoded: &str) -> Option<Span> {
        let Origins::One(span) = self else { return None };
        let is_inside = range.start < range.end && range.end <= decoded.len();
        let place = |byte: usize| span.start().saturating_add(byte);
        (is_inside && span.len() == decoded.len())
            .then(|| Span::new(span.source, place(range.start)..place(range.end)))
    }

    /// Changes the runs, of which more may be put behind.
    pub(super) fn change(&mut self, decoded: &str, change: impl FnOnce(&mut Vec<(u32, Span)>)) {
        let mut runs = match self {
            Origins::Runs(runs) => std::mem::take(runs),
            Origins::One(_) | Origins::Escaped(..) => self.all(decoded),
        };
        change(&mut runs);
        *self = Origins::Runs(runs);
    }

    fn all(&self, decoded: &str) -> Vec<(u32, Span)> {
        let mut runs = Vec::new();
        let mut at = 0;
        while let Some(run) = self.run_at(at, decoded) {
            runs.push((small(run.at), run.span));
            at = run.end();
        }
        runs
    }
}

/// Everything between two escapes is written as it is meant, so one escape's end follows from where
/// the next one begins.
fn escaped(span: Span, escapes: &Escapes, byte: usize, decoded: &str) -> Run {
    let place = |from: usize| span.start().saturating_add(from);
    let after = escapes.up_to(byte);
    let (next, next_from) = escapes
        .get(after)
        .map_or((decoded.len(), span.len()), |escape| (large(escape.at), large(escape.from)));
    let Some(escape) = after.checked_sub(1).and_then(|before| escapes.get(before)) else {
        return Run { at: 0, len: next, span: span.ending_at(place(next_from)) };
    };
    let at = large(escape.at);
    let character = decoded.get(at..).and_then(|rest| rest.chars().next());
    let meant = at.saturating_add(character.map_or(1, char::len_utf8));
    let written = next_from.saturating_sub(next.saturating_sub(meant));
    if byte < meant {
        let span = Span::new(span.source, place(large(escape.from))..place(written));
        Run { at, len: meant.saturating_sub(at), span }
    } else {
        let span = Span::new(span.source, place(written)..place(next_from));
        Run { at: meant, len: next.saturating_sub(meant), span }
    }
}
