//! A mistake in a stack file, with its place.

use std::fmt;

/// One mistake: what, where, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The file's name as it was given.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// The JSON pointer of the value; empty for the whole file.
    pub pointer: String,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// The documentation that the rule comes from, by its page title.
    pub source: Option<String>,
}

impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "error: {}\n  --> {}:{}:{}", self.message, self.file, self.line, self.column)?;
        if !self.pointer.is_empty() {
            write!(formatter, " ({})", self.pointer)?;
        }
        if let Some(help) = &self.help {
            write!(formatter, "\n  = help: {help}")?;
        }
        if let Some(source) = &self.source {
            write!(formatter, "\n  = see: {source}")?;
        }
        Ok(())
    }
}

/// Every mistake of a file that could be found, in the order of lines: at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes(pub Vec<Mistake>);

impl Mistakes {
    pub(super) fn sorted(mut mistakes: Vec<Mistake>) -> Self {
        mistakes.sort_by(|a, b| (a.line, a.column, a).cmp(&(b.line, b.column, b)));
        mistakes.dedup();
        Mistakes(mistakes)
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mistakes: Vec<String> = self.0.iter().map(Mistake::to_string).collect();
        formatter.write_str(&mistakes.join("\n\n"))
    }
}

impl std::error::Error for Mistakes {}
