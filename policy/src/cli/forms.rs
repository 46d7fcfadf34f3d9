//! The forms a report is written in, and where to.

use std::io::{self, Write};
use std::path::PathBuf;
use std::str::FromStr;

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

use crate::output;
use crate::report::{self, Report};
use crate::source::Sources;

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// For a reader.
    Human,
    /// For a program: one JSON object, described by `policy schema report`.
    Json,
    /// SARIF 2.1.0, for code scanning services and editors.
    Sarif,
    /// JUnit's XML, for build servers.
    Junit,
    /// Annotations of GitHub Actions.
    Github,
    /// GitLab's Code Quality report.
    Gitlab,
    /// One HTML page that needs nothing else.
    Html,
}

impl Form {
    pub(super) fn write(self, report: &Report, sources: &Sources, out: &mut impl Write) -> io::Result<()> {
        match self {
            Form::Human => report::human::write(report, sources, out),
            Form::Json => report::json::write(report, sources, out),
            Form::Sarif => report::sarif::write(report, sources, out),
            Form::Junit => report::junit::write(report, sources, out),
            Form::Github => report::github::write(report, sources, out),
            Form::Gitlab => report::gitlab::write(report, sources, out),
            Form::Html => report::html::write(report, sources, out),
        }
    }
}

/// When the report for a reader has colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// At a terminal that has colours, unless `NO_COLOR` is set; with `CLICOLOR_FORCE` elsewhere, too.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Has all that this process writes follow the choice.
    pub(super) fn choose(self) {
        let choice = match self {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        choice.write_global();
    }
}

/// Whether standard output gets colours.
pub(super) fn has_colors() -> bool {
    AutoStream::choice(&io::stdout()) != ColorChoice::Never
}

/// A file that the report is written to as well.
#[derive(Clone, Debug)]
pub(super) struct Also {
    form: Form,
    path: PathBuf,
}

impl FromStr for Also {
    type Err = String;

    fn from_str(text: &str) -> Result<Also, String> {
        let (form, path) = text.split_once('=').ok_or("write FORMAT=FILE, such as sarif=policy.sarif")?;
        if path.is_empty() {
            return Err("a file belongs behind the `=`".to_owned());
        }
        let form = <Form as ValueEnum>::from_str(form, false)
            .map_err(|_| format!("no format `{form}`; see --format"))?;
        Ok(Also { form, path: PathBuf::from(path) })
    }
}

impl Also {
    /// Writes the whole file or nothing of it.
    pub(super) fn write(&self, report: &Report, sources: &Sources) -> io::Result<()> {
        let mut written = Vec::new();
        self.form.write(report, sources, &mut written)?;
        output::replace(&self.path, &written)
            .map_err(|error| io::Error::other(format!("`{}`: {error}", self.path.display())))
    }
}
