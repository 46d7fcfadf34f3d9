//! Writes `for` expressions and the names they give.

use super::Writer;
use crate::for_expression::{Bound, ForExpression, Yields};

impl Writer<'_> {
    pub(super) fn for_expression(&mut self, out: &mut String, inner: &ForExpression) {
        let (open, close) = match inner.yields {
            Yields::Item(_) => ('[', ']'),
            Yields::Entry(..) | Yields::Grouped(..) => ('{', '}'),
        };
        let depth = self.around.len();
        out.push(open);
        out.push_str("for ");
        if let Some(key) = &inner.key {
            out.push_str(&key.word(depth));
            out.push_str(", ");
        }
        out.push_str(&inner.item.word(depth));
        out.push_str(" in ");
        // The names are not known yet in the collection itself.
        self.inner(out, &inner.over);
        out.push_str(" : ");
        self.around.push([inner.key.clone(), Some(inner.item.clone())]);
        match &inner.yields {
            Yields::Item(item) => self.inner(out, item),
            Yields::Entry(key, value) | Yields::Grouped(key, value) => {
                self.inner(out, key);
                out.push_str(" => ");
                self.inner(out, value);
            }
        }
        if matches!(inner.yields, Yields::Grouped(..)) {
            out.push_str("...");
        }
        if let Some(condition) = &inner.condition {
            out.push_str(" if ");
            self.inner(out, condition);
        }
        self.around.pop();
        out.push(close);
    }

    /// The word for what a `for` expression names; outside of all of them, which `check` has refused, the first.
    pub(super) fn bound(&self, bound: &Bound) -> String {
        let depth = self.around.iter().rposition(|names| names.iter().flatten().any(|known| known == bound));
        bound.word(depth.unwrap_or_default())
    }
}
