//! What is accepted, and which allowances should not be there.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::allowance::{Allowance, Covers, Problem};
use super::baseline::Baseline;
use super::{comment, value};
use crate::report::{Accepted, Report, Via};
use crate::rules::{self, Finding};
use crate::source::{Sources, Span};

/// Everything that may accept a finding, beside the comments in the inputs themselves.
#[derive(Clone, Debug, Default)]
pub struct Acceptances {
    /// What the settings accept.
    pub allowances: Vec<Allowance>,
    /// What was there when this checker was adopted.
    pub baseline: Baseline,
    /// The day on which allowances must still hold.
    pub today: Date,
}

/// Takes the accepted findings out of a report, and adds findings about allowances that are
/// unused, expired, or not to be read.
#[must_use]
pub fn accept(mut report: Report, sources: &Sources, acceptances: &Acceptances) -> Report {
    report.identify(sources);
    let (mut allowances, problems) = comment::allowances(sources);
    allowances.extend(acceptances.allowances.iter().cloned());
    let mut about: Vec<Finding> =
        problems.iter().map(|(span, problem)| unreadable(*span, *problem)).collect();
    allowances.retain(|allowance| match refused(allowance, acceptances.today) {
        Some(finding) => {
            about.push(finding);
            false
        }
        None => true,
    });

    let mut used = BTreeSet::new();
    let mut known = acceptances.baseline.counted();
    let mut left = Vec::new();
    for finding in std::mem::take(&mut report.findings) {
        let allowance = allowances.iter().position(|allowance| covers(allowance, &finding, sources));
        if let Some((index, allowance)) = allowance.and_then(|index| Some((index, allowances.get(index)?))) {
            used.insert(index);
            let reason = allowance.reason.clone();
            report.accepted.push(Accepted { finding, via: allowance.via, reason });
        } else if take(&mut known, &finding.fingerprint) {
            let reason = "it is in the baseline".to_owned();
            report.accepted.push(Accepted { finding, via: Via::Baseline, reason });
        } else {
            left.push(finding);
        }
    }
    let unused = allowances.iter().enumerate().filter(|(index, _)| !used.contains(index));
    let unused = unused.filter(|(_, allowance)| was_read(allowance, sources));
    about.extend(unused.map(|(_, allowance)| unused_finding(allowance, &left, sources)));

    left.append(&mut about);
    left.sort_by_key(|finding| finding.span);
    report.findings = left;
    report.identify(sources);
    report
}

/// Takes one of the baseline's.
fn take(known: &mut BTreeMap<&str, usize>, fingerprint: &str) -> bool {
    match known.get_mut(fingerprint) {
        Some(count) if *count > 0 => {
            *count = count.saturating_sub(1);
            true
        }
        _ => false,
    }
}

fn covers(allowance: &Allowance, finding: &Finding, sources: &Sources) -> bool {
    allowance.rule.eq_ignore_ascii_case(finding.rule.id)
        && is_at(allowance, finding, sources)
        && allowance.value == value(finding, sources)
}

/// Whether a finding is where an allowance holds.
fn is_at(allowance: &Allowance, finding: &Finding, sources: &Sources) -> bool {
    match &allowance.covers {
        Covers::Part(part) => {
            let span = finding.span;
            part.source == span.source && part.start() <= span.start() && span.end() <= part.end()
        }
        Covers::Address { file, address } => {
            *address == finding.address && *file == sources.path(finding.span.source)
        }
    }
}

/// Whether the file that an allowance is about was judged: nothing is known of others.
fn was_read(allowance: &Allowance, sources: &Sources) -> bool {
    match &allowance.covers {
        Covers::Part(_) => true,
        Covers::Address { file, .. } => sources.iter().any(|(id, _)| sources.path(id) == *file),
    }
}

fn about(rule: &'static rules::Rule, allowance: &Allowance, message: String) -> Finding {
    Finding::new(rule, allowance.span, format!("policy:allow {}", allowance.rule), message)
}

/// What is wrong with an allowance whatever is found.
fn refused(allowance: &Allowance, today: Date) -> Option<Finding> {
    if rules::find(&allowance.rule).is_none() {
        let message = format!("no rule `{}` exists", allowance.rule);
        let finding = about(&rules::acceptance::unknown_rule::RULE, allowance, message);
        return Some(match rules::nearest(&allowance.rule) {
            Some(rule) => finding.instead(format!("write `{}`, if that is meant", rule.id)),
            None => finding,
        });
    }
    if allowance.reason.is_empty() {
        let message = format!("`{}` is allowed here without a reason", allowance.rule);
        return Some(about(&rules::acceptance::missing_reason::RULE, allowance, message));
    }
    let day = allowance.until.filter(|day| *day < today)?;
    let message = format!("`{}` was allowed here until {day}", allowance.rule);
    Some(about(&rules::acceptance::expired_allowance::RULE, allowance, message))
}

/// Says what is found there instead, if that is the same rule with another value.
fn unused_finding(allowance: &Allowance, left: &[Finding], sources: &Sources) -> Finding {
    let of_rule = |finding: &&Finding| allowance.rule.eq_ignore_ascii_case(finding.rule.id);
    let other = left.iter().filter(of_rule).find(|finding| is_at(allowance, finding, sources));
    let message = format!("nothing here is found by `{}` with the value that is allowed", allowance.rule);
    let finding = about(&rules::acceptance::unused_allowance::RULE, allowance, message);
    match other {
        Some(other) => finding.related(other.span, "this is found with another value"),
        None => finding,
    }
}

fn unreadable(span: Span, problem: Problem) -> Finding {
    let message = format!("this allows nothing: {problem}");
    Finding::new(&rules::acceptance::unreadable_allowance::RULE, span, super::MARKER, message)
}
