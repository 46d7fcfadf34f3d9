//! `.policy.toml`: what a repository wants of this checker.

mod read;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

pub use read::Error;

use crate::acceptance::{Allowance, Covers};
use crate::report::{Report, Via};
use crate::rules::{self, Severity};
use crate::source::{SourceId, Sources, Span};

/// The name of the file, which is looked for in the working directory and the folders above it.
pub const FILE: &str = ".policy.toml";

/// What a repository wants.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[schemars(title = "Settings of policy")]
pub struct Settings {
    /// The least severity of a finding that fails a run; `warning` without it.
    pub fail_on: Option<Severity>,
    /// What else fails a run.
    pub deny: Vec<Deny>,
    /// Files and folders, relative to this file, of which nothing is reported.
    pub exclude: Vec<String>,
    /// The accounts that may be trusted as a whole, each with the reason.
    #[schemars(with = "BTreeMap<String, String>")]
    trusted_accounts: BTreeMap<Spanned<String>, String>,
    /// A file that `policy baseline` wrote, relative to this file.
    pub baseline: Option<String>,
    /// How severe rules are here, by id.
    #[schemars(with = "BTreeMap<String, Setting>")]
    rules: BTreeMap<Spanned<String>, Setting>,
    /// Findings that are accepted.
    #[schemars(with = "Vec<Allow>")]
    allow: Vec<Spanned<Allow>>,
}

/// What is otherwise only reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Deny {
    /// Input that was not understood, and values known only later.
    Undecided,
}

/// How severe a rule is in this repository.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Setting {
    severity: Level,
    /// Why it is not what the rule says.
    #[schemars(length(min = 1))]
    reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Level {
    /// What it finds is not reported.
    Off,
    Suggestion,
    Warning,
    Error,
}

/// A finding that is accepted.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Allow {
    /// The id of the rule.
    rule: String,
    /// The file, relative to this one.
    file: String,
    /// The address that is reported.
    address: String,
    /// The value that is reported; of a secret its fingerprint.
    value: String,
    /// Why; without one nothing is accepted.
    #[serde(default)]
    reason: String,
    /// The last day on which it is accepted.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    until: Option<Datetime>,
}

impl Settings {
    /// Reads the file that is an input of `sources`.
    ///
    /// # Errors
    ///
    /// If it is not TOML, has a key that means nothing, or names no rule.
    pub fn read(sources: &Sources, file: SourceId) -> Result<Settings, Error> {
        read::read(sources, file)
    }

    /// The JSON Schema of the file.
    #[must_use]
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(Settings).to_value()
    }

    /// What it accepts; `file` is where it is written.
    #[must_use]
    pub fn allowances(&self, file: SourceId) -> Vec<Allowance> {
        let allowance = |entry: &Spanned<Allow>| {
            let (span, allow) = (entry.span(), entry.get_ref());
            Allowance {
                rule: allow.rule.clone(),
                value: allow.value.clone(),
                reason: allow.reason.trim().to_owned(),
                until: allow.until.and_then(|until| read::day(&until)),
                covers: Covers::Address { file: allow.file.clone(), address: allow.address.clone() },
                span: Span::new(file, span),
                via: Via::Configuration,
            }
        };
        self.allow.iter().map(allowance).collect()
    }

    /// The accounts that may be trusted as a whole, each with the reason.
    #[must_use]
    pub fn trusted_accounts(&self) -> BTreeMap<String, String> {
        let accounts = self.trusted_accounts.iter();
        accounts.map(|(account, reason)| (account.get_ref().clone(), reason.trim().to_owned())).collect()
    }

    /// Takes out of a report what is excluded or off, and makes the rest as severe as is wanted.
    #[must_use]
    pub fn applied(&self, mut report: Report, sources: &Sources) -> Report {
        let is_excluded = |span: Span| self.excludes(&sources.path(span.source));
        let level = |id: &str| {
            let setting = self.rules.iter().find(|(rule, _)| rule.get_ref().eq_ignore_ascii_case(id));
            setting.map(|(_, setting)| setting.severity)
        };
        report
            .findings
            .retain(|finding| level(finding.rule.id) != Some(Level::Off) && !is_excluded(finding.span));
        report.undecided.retain(|later| !is_excluded(later.span));
        report.failures.retain(|failure| !is_excluded(failure.span));
        for finding in &mut report.findings {
            finding.severity = match level(finding.rule.id) {
                Some(Level::Suggestion) => Severity::Suggestion,
                Some(Level::Warning) => Severity::Warning,
                Some(Level::Error) => Severity::Error,
                Some(Level::Off) | None => finding.severity,
            };
        }
        report
    }

    /// Whether a path, or a folder that it is in, is excluded.
    fn excludes(&self, path: &str) -> bool {
        self.exclude.iter().any(|excluded| {
            let excluded = excluded.trim_start_matches("./").trim_end_matches('/');
            path.strip_prefix(excluded).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

/// The ids that settings give a severity and that are of no rule, with where they stand.
fn unknown_rules(settings: &Settings) -> impl Iterator<Item = &Spanned<String>> {
    settings.rules.keys().filter(|id| rules::find(id.get_ref()).is_none())
}
