//! `policy rules` and `policy explain`.

use std::io::{self, Write};

use crate::rules::{self, Rule};

pub(super) fn list(out: &mut impl Write) -> io::Result<()> {
    rules::RULES.iter().try_for_each(|rule| writeln!(out, "{}  {:<30} {}", rule.id, rule.name, rule.summary))
}

pub(super) fn explain(id: &str, out: &mut impl Write) -> io::Result<()> {
    match rules::find(id) {
        Some(rule) => write(rule, out),
        None => Err(io::Error::other(format!("no rule `{id}`; `policy rules` lists them"))),
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
