//! What is wrong with an app, where, and what to write instead.

use std::fmt;
use std::panic::Location;

/// Where an author wrote something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A line of Rust.
    Code(&'static Location<'static>),
    /// A place in a stack file, as a JSON pointer; the file's reader knows its line.
    Document(String),
    /// Nowhere in particular.
    Unknown,
}

impl Origin {
    /// The line of the caller.
    #[track_caller]
    pub fn caller() -> Self {
        Origin::Code(Location::caller())
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Code(location) => location.fmt(formatter),
            Origin::Document(pointer) => write!(formatter, "{pointer}"),
            Origin::Unknown => formatter.write_str("the app"),
        }
    }
}

/// Whether a problem keeps an app from resolving.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Severity {
    /// It does.
    #[default]
    Error,
    /// It does not.
    Warning,
}

/// One thing that is wrong. Its message says what, its help what to write instead, its source who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whether it keeps the app from resolving.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where the construct or element was written.
    pub origin: Origin,
    /// Other places that have part in it.
    pub related: Vec<(String, Origin)>,
    /// The ids from the stack down to the construct: `action-spec/service`.
    pub path: String,
    /// The property of the construct, as a JSON pointer into its properties; empty for the whole.
    pub property: String,
    /// The text in the author's document that it is about, where a stack file holds it.
    pub excerpt: Option<String>,
    /// What to write instead.
    pub help: Option<String>,
    /// The documentation that the rule comes from, by its page title.
    pub source: Option<&'static str>,
}

impl Problem {
    /// A problem of which only the message is known yet.
    pub fn new(message: impl Into<String>) -> Self {
        Problem {
            severity: Severity::Error,
            message: message.into(),
            origin: Origin::Unknown,
            related: Vec::new(),
            path: String::new(),
            property: String::new(),
            excerpt: None,
            help: None,
            source: None,
        }
    }

    /// The property at fault, as a JSON pointer: `/health_check/interval`.
    #[must_use]
    pub fn at(mut self, property: impl Into<String>) -> Self {
        self.property = property.into();
        self
    }

    /// What to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The documentation that the rule comes from.
    #[must_use]
    pub fn source(mut self, page: &'static str) -> Self {
        self.source = Some(page);
        self
    }

    /// The text in the author's document that it is about.
    #[must_use]
    pub fn excerpt(mut self, text: impl Into<String>) -> Self {
        self.excerpt = Some(text.into());
        self
    }

    /// Another place that has part in it.
    #[must_use]
    pub fn related(mut self, what: impl Into<String>, origin: Origin) -> Self {
        self.related.push((what.into(), origin));
        self
    }
}

impl fmt::Display for Problem {
    /// Several lines, as compilers write them; without a line break at the end.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(formatter, "{severity}: {}\n  --> {}", self.message, self.origin)?;
        if !self.path.is_empty() {
            write!(formatter, " ({})", self.path)?;
        }
        for (what, origin) in &self.related {
            write!(formatter, "\n  = {what}: {origin}")?;
        }
        if let Some(help) = &self.help {
            write!(formatter, "\n  = help: {help}")?;
        }
        if let Some(source) = self.source {
            write!(formatter, "\n  = see: {source}")?;
        }
        Ok(())
    }
}

/// Everything that is wrong with an app: at least one problem, in the order of the author's lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    pub(crate) fn sorted(mut problems: Vec<Problem>) -> Self {
        problems
            .sort_by(|a, b| (&a.origin, &a.property, &a.message).cmp(&(&b.origin, &b.property, &b.message)));
        problems.dedup();
        Problems(problems)
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, problem) in self.0.iter().enumerate() {
            if position > 0 {
                formatter.write_str("\n\n")?;
            }
            problem.fmt(formatter)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
