//! A decoded string that remembers, for every byte, where in a source it was written.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::node::Node;
use crate::source::Span;

/// What stands in a text where an unknown value will be: U+FFFC, OBJECT REPLACEMENT CHARACTER.
///
/// Only [`Text::hole`] says whether a place is a hole: a user may write the character too.
pub const HOLE: char = '\u{FFFC}';

/// A run of decoded bytes: byte for byte from `span` where the lengths agree, else all of them
/// from all of it (an escape such as `\u0041`, or something decoded).
#[derive(Clone, Copy, Debug)]
struct Run {
    at: usize,
    len: usize,
    span: Span,
}

impl Run {
    fn is_straight(&self) -> bool {
        self.len == self.span.len()
    }

    fn span_of(&self, range: Range<usize>) -> Span {
        if !self.is_straight() {
            return self.span;
        }
        let place = |byte: usize| {
            let inside = byte.saturating_sub(self.at).min(self.len);
            self.span.start.saturating_add(inside)
        };
        Span { source: self.span.source, start: place(range.start), end: place(range.end) }
    }
}

/// A string as Terraform sees it, with its origin and the values in it that nobody knows yet.
///
/// Its copies share their content: a value is copied where it is evaluated and where it is judged.
#[derive(Clone, Debug)]
pub struct Text {
    content: Arc<Content>,
    span: Span,
}

#[derive(Clone, Debug, Default)]
struct Content {
    decoded: String,
    runs: Vec<Run>,
    holes: BTreeMap<usize, Node>,
}

impl Text {
    /// An empty text written at `span`.
    #[must_use]
    pub fn empty(span: Span) -> Text {
        Text { content: Arc::default(), span }
    }

    /// A text whose bytes are those of the span, or that as a whole was made from them.
    #[must_use]
    pub fn new(text: impl Into<String>, span: Span) -> Text {
        let decoded = text.into();
        if decoded.is_empty() {
            return Text::empty(span);
        }
        let runs = vec![Run { at: 0, len: decoded.len(), span }];
        Text { content: Arc::new(Content { decoded, runs, holes: BTreeMap::new() }), span }
    }

    /// A text that is one unknown value.
    #[must_use]
    pub fn unknown(node: Node) -> Text {
        let mut made = Text::empty(node.span);
        made.push_hole(node);
        made
    }

    /// The decoded characters, with [`HOLE`] where a value is unknown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.content.decoded
    }

    /// The decoded characters if all are known.
    #[must_use]
    pub fn literal(&self) -> Option<&str> {
        self.content.holes.is_empty().then_some(self.content.decoded.as_str())
    }

    /// Where it was written.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// The same text, said to stand at `span` (its quotes included, say).
    #[must_use]
    pub fn at(mut self, span: Span) -> Text {
        self.span = span;
        self
    }

    /// The unknown value at a byte of the decoded characters.
    #[must_use]
    pub fn hole(&self, at: usize) -> Option<&Node> {
        self.content.holes.get(&at)
    }

    /// Every unknown value in it.
    pub fn holes(&self) -> impl Iterator<Item = &Node> {
        self.content.holes.values()
    }

    /// The value, if the text is nothing but one unknown value.
    #[must_use]
    pub fn only_hole(&self) -> Option<&Node> {
        match self.content.holes.get(&0) {
            Some(node) if self.content.decoded.len() == HOLE.len_utf8() => Some(node),
            _ => None,
        }
    }

    /// Whether a range of the decoded characters holds an unknown value.
    #[must_use]
    pub fn has_hole(&self, range: Range<usize>) -> bool {
        range.start < range.end && self.content.holes.range(range).next().is_some()
    }

    /// Where a range of the decoded characters was written; the first origin where there are two.
    #[must_use]
    pub fn span_of(&self, range: Range<usize>) -> Span {
        let Some(first) = self.run_at(range.start) else {
            return Span { start: self.span.end, ..self.span };
        };
        let start = first.span_of(range.start..range.end);
        match self.run_at(range.end.saturating_sub(1)) {
            Some(last) if range.end > range.start => start.to(last.span_of(range)),
            _ => Span { end: start.start, ..start },
        }
    }

    /// A part of it.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Text {
        let span = self.span_of(range.clone());
        if let Some(run) = self.run_at(range.start)
            && range.end <= run.at.saturating_add(run.len)
            && !self.content.holes.contains_key(&run.at)
        {
            let written = self.content.decoded.get(range.clone()).unwrap_or_default();
            return Text::new(written, run.span_of(range)).at(span);
        }
        let mut part = Text::empty(span);
        let mut at = range.start;
        let first = self.content.runs.partition_point(|run| run.at <= at);
        for run in self.content.runs.iter().skip(first.saturating_sub(1)) {
            if at >= range.end {
                break;
            }
            let end = run.at.saturating_add(run.len).min(range.end);
            if let Some(node) = self.content.holes.get(&at) {
                part.push_hole(node.clone());
            } else {
                let written = self.content.decoded.get(at..end).unwrap_or_default();
                part.push(written, run.span_of(at..end));
            }
            at = end;
        }
        part
    }

    /// Appends characters that were written at `span`.
    pub fn push(&mut self, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        let content = Arc::make_mut(&mut self.content);
        let at = content.decoded.len();
        content.decoded.push_str(text);
        let run = Run { at, len: text.len(), span };
        match content.runs.last_mut() {
            Some(last)
                if last.is_straight()
                    && run.is_straight()
                    && last.span.source == span.source
                    && last.span.end == span.start
                    && !content.holes.contains_key(&last.at) =>
            {
                last.len = last.len.saturating_add(run.len);
                last.span.end = span.end;
            }
            _ => content.runs.push(run),
        }
    }

    /// Appends a value that nobody knows yet.
    pub fn push_hole(&mut self, node: Node) {
        let content = Arc::make_mut(&mut self.content);
        let at = content.decoded.len();
        content.decoded.push(HOLE);
        content.runs.push(Run { at, len: HOLE.len_utf8(), span: node.span });
        content.holes.insert(at, node);
    }

    /// Appends another text.
    pub fn append(&mut self, other: &Text) {
        for run in &other.content.runs {
            if let Some(node) = other.content.holes.get(&run.at) {
                self.push_hole(node.clone());
                continue;
            }
            let end = run.at.saturating_add(run.len);
            self.push(other.content.decoded.get(run.at..end).unwrap_or_default(), run.span);
        }
    }

    fn run_at(&self, byte: usize) -> Option<&Run> {
        let after = self.content.runs.partition_point(|run| run.at <= byte);
        let run = self.content.runs.get(after.checked_sub(1)?)?;
        (byte < run.at.saturating_add(run.len)).then_some(run)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn an_escape_points_at_all_of_its_bytes() {
        let mut sources = Sources::default();
        let source = sources.add("t", r"a\u0041b");
        let at = |start, end| Span { source, start, end };
        let mut text = Text::empty(at(0, 8));
        text.push("a", at(0, 1));
        text.push("A", at(1, 7));
        text.push("b", at(7, 8));
        assert_eq!(text.span_of(1..2), at(1, 7));
        assert_eq!(text.slice(1..3).span_of(1..2), at(7, 8));
    }

    #[test]
    fn a_replacement_character_of_the_user_is_no_hole() {
        let mut sources = Sources::default();
        let source = sources.add("t", "\u{FFFC}");
        let text = Text::new("\u{FFFC}", sources.whole(source));
        assert_eq!(text.literal(), Some("\u{FFFC}"));
    }
}
