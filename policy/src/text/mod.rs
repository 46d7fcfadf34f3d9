//! A decoded string that remembers, for every byte, where in a source it was written.

mod build;
mod escapes;
mod origins;

use std::ops::Range;
use std::sync::Arc;

use crate::node::Node;
use crate::source::{Span, large, small};

pub(crate) use escapes::Escape;
use escapes::Escapes;
use origins::{Origins, Run};

/// What stands in a text where an unknown value will be: U+FFFC, OBJECT REPLACEMENT CHARACTER.
///
/// Only [`Text::hole`] says whether a place is a hole: a user may write the character too.
pub const HOLE: char = '\u{FFFC}';

/// A string as Terraform sees it, with its origin and the values in it that nobody knows yet.
///
/// It is a part of something larger, a file if nothing in it had to be decoded, and shares it with
/// all other parts and copies: neither copying nor slicing copies characters.
#[derive(Clone, Debug)]
pub struct Text {
    whole: Arc<Whole>,
    start: u32,
    end: u32,
    place: Place,
}

/// Where a text is said to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Where its characters do.
    Inside,
    /// Where they do, with the byte before and the byte after them: its quotes.
    Quoted,
    /// Where the whole is said to.
    Whole,
}

#[derive(Clone, Debug)]
struct Whole {
    decoded: String,
    origins: Origins,
    /// The unknown values by their place in the decoded characters.
    holes: Vec<(u32, Node)>,
    span: Span,
}

impl Whole {
    fn run_at(&self, byte: usize) -> Option<Run> {
        self.origins.run_at(byte, &self.decoded)
    }

    /// Where a range was written; the first origin where there are two.
    fn span_of(&self, range: Range<usize>) -> Span {
        // The bytes of a file are where they are: nearly all that is asked for is a range of one.
        if let Some(span) = self.origins.straight(&range, &self.decoded) {
            return span;
        }
        let Some(first) = self.run_at(range.start) else {
            return self.span.starting_at(self.span.end());
        };
        let start = first.span_of(range.start, range.end);
        match self.run_at(range.end.saturating_sub(1)) {
            Some(last) if range.end > range.start => start.to(last.span_of(range.start, range.end)),
            _ => start.ending_at(start.start()),
        }
    }

    fn holes_in(&self, range: Range<usize>) -> &[(u32, Node)] {
        if self.holes.is_empty() {
            return &[];
        }
        let first = self.holes.partition_point(|(at, _)| large(*at) < range.start);
        let end = self.holes.partition_point(|(at, _)| large(*at) < range.end);
        self.holes.get(first..end).unwrap_or_default()
    }
}

impl Text {
    /// An empty text written at `span`.
    #[must_use]
    pub fn empty(span: Span) -> Text {
        Text::of(String::new(), Origins::Runs(Vec::new()), span)
    }

    /// A text whose bytes are those of the span, or that as a whole was made from them.
    #[must_use]
    pub fn new(text: impl Into<String>, span: Span) -> Text {
        Text::of(text.into(), Origins::One(span), span)
    }

    /// A text that was written in one piece, `content`, with these escapes in it.
    pub(crate) fn escaped(decoded: String, escapes: Vec<Escape>, content: Span, span: Span) -> Text {
        Text::of(decoded, Origins::Escaped(content, Escapes::of(escapes)), span)
    }

    fn of(decoded: String, origins: Origins, span: Span) -> Text {
        let end = small(decoded.len());
        let whole = Arc::new(Whole { decoded, origins, holes: Vec::new(), span });
        Text { whole, start: 0, end, place: Place::Whole }
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
        self.whole.decoded.get(self.range()).unwrap_or_default()
    }

    fn range(&self) -> Range<usize> {
        large(self.start)..large(self.end)
    }

    /// The decoded characters if all are known.
    #[must_use]
    pub fn literal(&self) -> Option<&str> {
        self.whole.holes_in(self.range()).is_empty().then(|| self.as_str())
    }

    /// Where it was written.
    #[must_use]
    pub fn span(&self) -> Span {
        match self.place {
            Place::Inside => self.whole.span_of(self.range()),
            Place::Quoted => self.whole.span_of(self.quoted()),
            Place::Whole => self.whole.span,
        }
    }

    /// Its characters with the quotes around them.
    fn quoted(&self) -> Range<usize> {
        large(self.start).saturating_sub(1)..large(self.end).saturating_add(1)
    }

    /// The same text, said to stand at `span` (its quotes included, say).
    #[must_use]
    pub fn at(mut self, span: Span) -> Text {
        self.place = if self.whole.span_of(self.range()) == span {
            Place::Inside
        } else if self.start > 0 && self.whole.span_of(self.quoted()) == span {
            Place::Quoted
        } else {
            self.own().span = span;
            Place::Whole
        };
        self
    }

    /// The unknown value at a byte of the decoded characters.
    #[must_use]
    pub fn hole(&self, at: usize) -> Option<&Node> {
        let at = large(self.start).saturating_add(at);
        if at >= large(self.end) {
            return None;
        }
        let found = self.whole.holes.binary_search_by_key(&at, |(place, _)| large(*place)).ok()?;
        self.whole.holes.get(found).map(|(_, node)| node)
    }

    /// Every unknown value in it.
    pub fn holes(&self) -> impl Iterator<Item = &Node> {
        self.placed_holes().iter().map(|(_, node)| node)
    }

    /// Every unknown value in it, with its place in what the text is a part of.
    pub(crate) fn placed_holes(&self) -> &[(u32, Node)] {
        self.whole.holes_in(self.range())
    }

    /// The value, if the text is nothing but one unknown value.
    #[must_use]
    pub fn only_hole(&self) -> Option<&Node> {
        if self.range().len() == HOLE.len_utf8() { self.hole(0) } else { None }
    }

    /// Whether a range of the decoded characters holds an unknown value.
    #[must_use]
    pub fn has_hole(&self, range: Range<usize>) -> bool {
        !self.whole.holes_in(self.inside(range)).is_empty()
    }

    /// Where a range of the decoded characters was written; the first origin where there are two.
    #[must_use]
    pub fn span_of(&self, range: Range<usize>) -> Span {
        let range = self.inside(range);
        if range.start >= large(self.end) {
            let span = self.span();
            return span.starting_at(span.end());
        }
        self.whole.span_of(range)
    }

    /// Where a range was written, if every byte of it stands there as it is meant.
    pub(crate) fn straight(&self, range: Range<usize>) -> Option<Span> {
        let range = self.inside(range);
        let run = self.whole.run_at(range.start)?;
        let straight =
            run.is_straight() && range.end <= run.end() && self.whole.holes_in(range.clone()).is_empty();
        straight.then(|| run.span_of(range.start, range.end))
    }

    /// A range of this text as one of the whole.
    fn inside(&self, range: Range<usize>) -> Range<usize> {
        let place = |at: usize| large(self.start).saturating_add(at).min(large(self.end));
        place(range.start)..place(range.end)
    }

    /// A part of it.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Text {
        let range = self.inside(range);
        let (start, end) = (small(range.start), small(range.end));
        Text { whole: Arc::clone(&self.whole), start, end, place: Place::Inside }
    }

    /// A part of it that is said to stand with the byte before it and the byte after it: its quotes.
    pub(crate) fn slice_in_quotes(&self, range: Range<usize>) -> Text {
        Text { place: Place::Quoted, ..self.slice(range) }
    }

    /// Whether both are the same part of the same whole.
    pub(crate) fn is_same(&self, other: &Text) -> bool {
        Arc::ptr_eq(&self.whole, &other.whole)
            && (self.start, self.end, self.place) == (other.start, other.end, other.place)
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
        let at = |start, end| Span::new(source, start..end);
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
