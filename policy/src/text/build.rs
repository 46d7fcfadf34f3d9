//! Putting texts together.

use std::sync::Arc;

use super::{HOLE, Place, Text, Whole};
use crate::node::Node;
use crate::source::{Span, large, small};

impl Text {
    /// Its whole, to be changed: made its own if it is only a part of one or shared.
    pub(super) fn own(&mut self) -> &mut Whole {
        if self.range() != (0..self.whole.decoded.len()) {
            *self = self.copied();
        } else if self.place != Place::Whole {
            let span = self.span();
            Arc::make_mut(&mut self.whole).span = span;
            self.place = Place::Whole;
        }
        Arc::make_mut(&mut self.whole)
    }

    fn copied(&self) -> Text {
        let mut copy = Text::empty(self.span());
        copy.append(self);
        copy
    }

    /// Appends characters that were written at `span`.
    pub fn push(&mut self, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        let whole = self.own();
        let at = whole.decoded.len();
        let continues = at.checked_sub(1).and_then(|last| whole.run_at(last)).is_some_and(|last| {
            last.is_straight()
                && text.len() == span.len()
                && last.span.source == span.source
                && last.span.end() == span.start()
                && whole.holes_in(last.at..last.end()).is_empty()
        });
        whole.origins.change(&whole.decoded, |runs| match runs.last_mut() {
            Some((_, last)) if continues => *last = last.ending_at(span.end()),
            _ => runs.push((small(at), span)),
        });
        whole.decoded.push_str(text);
        self.end = small(at.saturating_add(text.len()));
    }

    /// Appends a value that nobody knows yet.
    pub fn push_hole(&mut self, node: Node) {
        let whole = self.own();
        let at = whole.decoded.len();
        whole.origins.change(&whole.decoded, |runs| runs.push((small(at), node.span)));
        whole.decoded.push(HOLE);
        whole.holes.push((small(at), node));
        self.end = small(at.saturating_add(HOLE.len_utf8()));
    }

    /// Appends another text.
    pub fn append(&mut self, other: &Text) {
        let end = large(other.end);
        let mut at = large(other.start);
        while at < end
            && let Some(run) = other.whole.run_at(at)
        {
            let until = run.end().min(end);
            match other.whole.holes_in(at..until).first() {
                Some((_, node)) => self.push_hole(node.clone()),
                None => {
                    let written = other.whole.decoded.get(at..until).unwrap_or_default();
                    self.push(written, run.span_of(at, until));
                }
            }
            at = until;
        }
    }
}
