//! What is to be known of a conversion.

use std::fmt;

use crate::source::Place;

/// Something that the converted stack says otherwise, or does not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What became of it.
    pub fate: Fate,
    /// The file, as it was named.
    pub file: String,
    /// The line, the first by 1.
    pub line: usize,
    /// What and why.
    pub message: String,
}

/// What became of something that types do not reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It is there, in a way that is to be looked at: as text, without types, with a literal where a secret belongs.
    Kept,
    /// It is not in the converted stack.
    Left,
}

impl fmt::Display for Note {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let left = if self.fate == Fate::Left { "not converted: " } else { "" };
        write!(formatter, "{left}{}\n  --> {}:{}", self.message, self.file, self.line)
    }
}

/// The notes of a conversion.
#[derive(Debug, Default)]
pub(crate) struct Notes(Vec<Note>);

impl Notes {
    /// An expression that stays as its text.
    pub(crate) fn kept(&mut self, place: Place, why: impl fmt::Display) {
        self.note(Fate::Kept, place, format!("kept as text: {why}"));
    }

    pub(crate) fn look(&mut self, place: Place, message: impl Into<String>) {
        self.note(Fate::Kept, place, message.into());
    }

    pub(crate) fn left(&mut self, place: Place, message: impl Into<String>) {
        self.note(Fate::Left, place, message.into());
    }

    fn note(&mut self, fate: Fate, place: Place, message: String) {
        let Place { file, line, .. } = place;
        self.0.push(Note { fate, file: file.to_string(), line, message });
    }

    pub(crate) fn length(&self) -> usize {
        self.0.len()
    }

    /// Forgets the notes of what was not used after all.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    pub(crate) fn finish(mut self) -> Vec<Note> {
        self.0.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        self.0.dedup();
        self.0
    }
}
