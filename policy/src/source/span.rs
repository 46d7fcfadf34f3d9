//! A range of bytes of a source.

use std::ops::Range;

use super::SourceId;

/// A range of bytes of one source. There is one for each value, so it is small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The source the bytes are in.
    pub source: SourceId,
    start: u32,
    end: u32,
}

impl Span {
    /// A range of bytes of a source.
    #[must_use]
    pub fn new(source: SourceId, range: Range<usize>) -> Span {
        Span { source, start: small(range.start), end: small(range.end) }
    }

    /// The first byte.
    #[must_use]
    pub fn start(self) -> usize {
        large(self.start)
    }

    /// The byte after the last one.
    #[must_use]
    pub fn end(self) -> usize {
        large(self.end)
    }

    /// The same with another first byte.
    #[must_use]
    pub fn starting_at(self, start: usize) -> Span {
        Span { start: small(start), ..self }
    }

    /// The same with another end.
    #[must_use]
    pub fn ending_at(self, end: usize) -> Span {
        Span { end: small(end), ..self }
    }

    /// How many bytes it covers.
    #[must_use]
    pub fn len(self) -> usize {
        self.end().saturating_sub(self.start())
    }

    /// Its first byte: an opening brace stands for an object that lacks something.
    #[must_use]
    pub fn opening(self) -> Span {
        self.ending_at(self.start().saturating_add(1))
    }

    /// Whether it covers no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether another one is in it.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.source == other.source && self.start <= other.start && other.end <= self.end
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
        Span { start: self.start.min(other.start), end: self.end.max(other.end), ..self }
    }
}

/// A place in a text of at most [`MAX_BYTES`].
pub(crate) fn small(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// The same place for use with slices.
pub(crate) fn large(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}
