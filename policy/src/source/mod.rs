//! The texts being judged, and where in them something stands.

mod span;

use std::sync::OnceLock;

use crate::text::Text;

pub use span::Span;
pub(crate) use span::{large, small};

/// Longer texts are not judged: places in them are counted in 32 bits, and what is made of one
/// takes several times its size.
pub const MAX_BYTES: usize = 100_000_000;

/// Which of the [`Sources`] a span belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

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
    text: Text,
    /// Made where a place is asked for: most inputs have no findings.
    lines: OnceLock<Lines>,
}

/// Where lines begin, and how many characters stand before every so many bytes: plans are one line
/// of megabytes.
#[derive(Clone, Debug)]
struct Lines {
    starts: Vec<u32>,
    characters: Vec<u32>,
}

/// So many bytes apart are the places whose characters are counted.
const STRIDE: usize = 4096;

impl Lines {
    fn of(text: &str) -> Lines {
        let mut starts = vec![0];
        starts.extend(text.match_indices('\n').map(|(at, _)| small(at.saturating_add(1))));
        let mut characters = vec![0_u32];
        for chunk in text.as_bytes().chunks(STRIDE) {
            let before = characters.last().copied().unwrap_or_default();
            characters.push(before.saturating_add(small(first_bytes(chunk))));
        }
        Lines { starts, characters }
    }
}

impl Source {
    fn new(id: SourceId, name: String, text: String) -> Source {
        let span = Span::new(id, 0..text.len());
        Source { name, text: Text::new(text, span), lines: OnceLock::new() }
    }

    /// The name the user gave it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All of its text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.as_str()
    }

    /// The line and column of a byte.
    #[must_use]
    pub fn position(&self, byte: usize) -> Position {
        let line = self.lines().starts.partition_point(|start| large(*start) <= byte);
        let before =
            self.characters_before(byte).saturating_sub(self.characters_before(self.line_start(line)));
        Position { line, column: before.saturating_add(1) }
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::of(self.text()))
    }

    fn characters_before(&self, byte: usize) -> usize {
        let stride = byte / STRIDE;
        let characters = &self.lines().characters;
        let counted = characters.get(stride).or(characters.last()).copied().unwrap_or_default();
        let rest = self.text().as_bytes().get(stride.saturating_mul(STRIDE)..byte).unwrap_or_default();
        large(counted).saturating_add(first_bytes(rest))
    }

    /// The first byte of a line, counted from one.
    #[must_use]
    pub fn line_start(&self, line: usize) -> usize {
        self.lines().starts.get(line.saturating_sub(1)).copied().map(large).unwrap_or_default()
    }

    /// The byte after the last one of a line, its line break left out.
    #[must_use]
    pub fn line_end(&self, line: usize) -> usize {
        let next = self.lines().starts.get(line);
        let end = next.map_or(self.text().len(), |next| large(*next).saturating_sub(1));
        match self.text().get(self.line_start(line)..end) {
            Some(text) => self.line_start(line).saturating_add(text.trim_end_matches('\r').len()),
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
    folder: String,
}

impl Sources {
    /// No inputs yet; their names are relative to a folder of the repository, which is empty for its root.
    #[must_use]
    pub fn in_folder(folder: impl Into<String>) -> Sources {
        Sources { all: Vec::new(), folder: folder.into() }
    }

    /// The path of an input in the repository: with `/`, without `.` and, where its text tells, without `..`.
    #[must_use]
    pub fn path(&self, id: SourceId) -> String {
        let name = self.name(id).replace('\\', "/");
        if name.starts_with('/') {
            return name;
        }
        let mut parts: Vec<&str> = Vec::new();
        for part in self.folder.split('/').chain(name.split('/')) {
            match part {
                "" | "." => {}
                ".." if parts.last().is_some_and(|last| *last != "..") => {
                    parts.pop();
                }
                other => parts.push(other),
            }
        }
        parts.join("/")
    }

    /// Adds an input.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        let id = SourceId(small(self.all.len()));
        self.all.push(Source::new(id, name.into(), text.into()));
        id
    }

    /// The input of an id that [`Sources::add`] of these sources gave out.
    #[must_use]
    pub fn find(&self, id: SourceId) -> Option<&Source> {
        self.all.get(large(id.0))
    }

    /// Every input with its id.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.all.iter().enumerate().map(|(index, source)| (SourceId(small(index)), source))
    }

    /// The name of an input.
    #[must_use]
    pub fn name(&self, id: SourceId) -> &str {
        self.find(id).map_or("", Source::name)
    }

    /// All of an input, to be read; it shares its bytes with what is made of it.
    #[must_use]
    pub fn text(&self, id: SourceId) -> Text {
        self.find(id).map_or_else(|| Text::empty(Span::new(id, 0..0)), |source| source.text.clone())
    }

    /// The bytes of a span as they are written.
    #[must_use]
    pub fn written(&self, span: Span) -> &str {
        let source = self.find(span.source);
        source.and_then(|source| source.text().get(span.start()..span.end())).unwrap_or_default()
    }

    /// Where a span starts.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        self.find(span.source).map_or(Position { line: 1, column: 1 }, |source| source.position(span.start()))
    }

    /// The whole of an input as a span.
    #[must_use]
    pub fn whole(&self, id: SourceId) -> Span {
        Span::new(id, 0..self.find(id).map_or(0, |source| source.text().len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paths_are_those_of_the_repository() {
        let mut sources = Sources::in_folder("infra/prod");
        for (name, expected) in [
            ("main.tf", "infra/prod/main.tf"),
            ("./a\\b.tf", "infra/prod/a/b.tf"),
            ("../m/./main.tf", "infra/m/main.tf"),
            ("../../../x.tf", "../x.tf"),
            ("/etc/x.tf", "/etc/x.tf"),
        ] {
            let id = sources.add(name, "");
            assert_eq!(sources.path(id), expected);
        }
    }

    proptest! {
        #[test]
        fn columns_count_characters(text in "[a-zäß€😀\\n]{0,40}", times in 1_usize..400, at in any::<prop::sample::Index>()) {
            let text = text.repeat(times);
            let source = Source::new(SourceId(0), "t".into(), text.clone());
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let byte = *at.get(&places);
            let before = &text[..byte];
            let line = before.rsplit('\n').next().unwrap_or_default();
            let expected = Position { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 };
            prop_assert_eq!(source.position(byte), expected);
        }
    }
}
