//! `policy rules` and `policy explain`.

use std::io::{self, Write};

use command_line::Complaint;
use serde::Serialize;

use super::Format;
use crate::rules::{self, Rule, Severity};

/// Shown below the options.
pub(super) const LIST_HELP: &str = "Examples:
  policy rules
  policy rules --format json

Exit codes:
  0  the list was printed
  2  wrong usage, or standard output could not be written";

/// Shown below the options.
pub(super) const EXPLAIN_HELP: &str = "Examples:
  policy explain IAM001

Exit codes:
  0  the rule was printed
  2  there is no such rule";

#[derive(Serialize)]
struct Entry {
    id: &'static str,
    name: &'static str,
    severity: Severity,
    summary: &'static str,
    why: &'static str,
    instead: &'static str,
    sources: &'static [&'static str],
}

pub(super) fn list(format: Format, out: &mut impl Write) -> io::Result<()> {
    match format {
        Format::Human => rules::RULES
            .iter()
            .try_for_each(|rule| writeln!(out, "{}  {:<30} {}", rule.id, rule.name, rule.summary)),
        Format::Json => {
            let entries = rules::RULES.iter().map(|rule| Entry {
                id: rule.id,
                name: rule.name,
                severity: rule.severity,
                summary: rule.summary,
                why: rule.rationale,
                instead: rule.remedy,
                sources: rule.sources,
            });
            serde_json::to_writer_pretty(&mut *out, &entries.collect::<Vec<_>>())?;
            writeln!(out)
        }
    }
}

pub(super) fn explain(id: &str, out: &mut impl Write) -> io::Result<()> {
    match rules::find(id) {
        Some(rule) => write(rule, out),
        None => {
            let nearest = rules::nearest(id).map(|rule| format!("did you mean `{}`? ", rule.id));
            let help = nearest.unwrap_or_default() + "`policy rules` lists them";
            Err(Complaint::new(format!("no rule `{id}`")).help(help).into())
        }
    }
}

fn write(rule: &Rule, out: &mut impl Write) -> io::Result<()> {
    let severity = rule.severity.name();
    writeln!(out, "{} {} ({severity})\n\n{}\n", rule.id, rule.name, rule.summary)?;
    writeln!(out, "Why: {}\n\nInstead: {}\n", rule.rationale, rule.remedy)?;
    for source in rule.sources {
        writeln!(out, "Source: {source}")?;
    }
    for bad in rule.bad {
        writeln!(out, "\nReported:\n  {}", bad.document)?;
        bad.at.iter().try_for_each(|at| writeln!(out, "  at {at}"))?;
    }
    rule.good.iter().try_for_each(|good| writeln!(out, "\nAccepted:\n  {good}"))
}
