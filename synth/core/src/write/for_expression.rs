//! Writes `for` expressions and the names they give.

use super::Writer;
use crate::for_expression::{Bound, ForExpression, Yields};

impl Writer<'_> {
    pub(super) fn for_expression(&mut self, inner: &ForExpression) {
        let (open, close) = match inner.yields {
            Yields::Item(_) => ("[", "]"),
            Yields::Entry(..) | Yields::Grouped(..) => ("{", "}"),
        };
        let depth = self.around.len();
        self.json.bare(open);
        self.json.bare("for ");
        if let Some(key) = &inner.key {
            self.json.bare(&key.word(depth));
            self.json.bare(", ");
        }
        self.json.bare(&inner.item.word(depth));
        self.json.bare(" in ");
        // The names are not known yet in the collection itself.
        self.inner(&inner.over);
        self.json.bare(" : ");
        self.around.push([inner.key.clone(), Some(inner.item.clone())]);
        match &inner.yields {
            Yields::Item(item) => self.inner(item),
            Yields::Entry(key, value) | Yields::Grouped(key, value) => {
                self.inner(key);
                self.json.bare(" => ");
                self.inner(value);
            }
        }
        if matches!(inner.yields, Yields::Grouped(..)) {
            self.json.bare("...");
        }
        if let Some(condition) = &inner.condition {
            self.json.bare(" if ");
            self.inner(condition);
        }
        self.around.pop();
        self.json.bare(close);
    }

    /// The word for what a `for` expression names; outside of all of them, which `check` has refused, the first.
    pub(super) fn bound(&self, bound: &Bound) -> String {
        let depth = self.around.iter().rposition(|names| names.iter().flatten().any(|known| known == bound));
        bound.word(depth.unwrap_or_default())
    }
}
