//! The texts being judged, and where in them something stands.

/// Which of the [`Sources`] a span belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(usize);

/// A range of bytes of one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The source the bytes are in.
    pub source: SourceId,
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// How many bytes it covers.
    #[must_use]
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Its first byte: an opening brace stands for an object that lacks something.
    #[must_use]
    pub fn opening(self) -> Span {
        Span { end: self.start.saturating_add(1), ..self }
    }

    /// Whether it covers no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether both share a byte.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.source == other.source && self.start < other.end && other.start < self.end
    }

    /// The smallest span over both; `self` where they are of two sources.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        if self.source != other.source {
            return self;
        }
        Span { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A line and a column, both from one; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// One input: its name as the user wrote it, and its text.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    lines: Vec<usize>,
    /// How many characters stand before every so many bytes: plans are one line of megabytes.
    characters: Vec<usize>,
}

/// So many bytes apart are the places whose characters are counted.
const STRIDE: usize = 4096;

impl Source {
    fn new(name: String, text: String) -> Source {
        let mut lines = vec![0];
        lines.extend(text.match_indices('\n').map(|(at, _)| at.saturating_add(1)));
        let mut characters = vec![0_usize];
        for chunk in text.as_bytes().chunks(STRIDE) {
            let before = characters.last().copied().unwrap_or_default();
            characters.push(before.saturating_add(first_bytes(chunk)));
        }
        Source { name, text, lines, characters }
    }

    /// The name the user gave it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All of its text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte.
    #[must_use]
    pub fn position(&self, byte: usize) -> Position {
        let line = self.lines.partition_point(|start| *start <= byte);
        let before =
            self.characters_before(byte).saturating_sub(self.characters_before(self.line_start(line)));
        Position { line, column: before.saturating_add(1) }
    }

    fn characters_before(&self, byte: usize) -> usize {
        let stride = byte / STRIDE;
        let counted = self.characters.get(stride).or(self.characters.last()).copied().unwrap_or_default();
        let rest = self.text.as_bytes().get(stride.saturating_mul(STRIDE)..byte).unwrap_or_default();
        counted.saturating_add(first_bytes(rest))
    }

    /// The first byte of a line, counted from one.
    #[must_use]
    pub fn line_start(&self, line: usize) -> usize {
        self.lines.get(line.saturating_sub(1)).copied().unwrap_or_default()
    }

    /// The byte after the last one of a line, its line break left out.
    #[must_use]
    pub fn line_end(&self, line: usize) -> usize {
        let end = self.lines.get(line).map_or(self.text.len(), |next| next.saturating_sub(1));
        match self.text.get(..end) {
            Some(text) => text.trim_end_matches('\r').len().max(self.line_start(line)),
            None => end,
        }
    }
}

/// How many characters begin in these bytes of UTF-8.
fn first_bytes(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// Every input of one run.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    all: Vec<Source>,
}

impl Sources {
    /// Adds an input.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.all.push(Source::new(name.into(), text.into()));
        SourceId(self.all.len().saturating_sub(1))
    }

    /// The input of an id that [`Sources::add`] of these sources gave out.
    #[must_use]
    pub fn find(&self, id: SourceId) -> Option<&Source> {
        self.all.get(id.0)
    }

    /// The name of an input.
    #[must_use]
    pub fn name(&self, id: SourceId) -> &str {
        self.find(id).map_or("", Source::name)
    }

    /// The bytes of a span as they are written.
    #[must_use]
    pub fn written(&self, span: Span) -> &str {
        self.find(span.source).and_then(|source| source.text.get(span.start..span.end)).unwrap_or_default()
    }

    /// Where a span starts.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        self.find(span.source).map_or(Position { line: 1, column: 1 }, |source| source.position(span.start))
    }

    /// The whole of an input as a span.
    #[must_use]
    pub fn whole(&self, id: SourceId) -> Span {
        let end = self.find(id).map_or(0, |source| source.text.len());
        Span { source: id, start: 0, end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn columns_count_characters(text in "[a-zäß€😀\\n]{0,40}", times in 1_usize..400, at in any::<prop::sample::Index>()) {
            let text = text.repeat(times);
            let source = Source::new("t".into(), text.clone());
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let byte = *at.get(&places);
            let before = &text[..byte];
            let line = before.rsplit('\n').next().unwrap_or_default();
            let expected = Position { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 };
            prop_assert_eq!(source.position(byte), expected);
        }
    }
}
