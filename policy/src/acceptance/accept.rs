//! What is accepted, and which allowances should not be there.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::allowance::{Allowance, Covers, Problem};
use super::baseline::Baseline;
use super::{MARKER, UNDECIDED, comment, value, value_of_undecided};
use crate::report::{Accepted, Report, Via};
use crate::rules::{self, Finding, Theme};
use crate::secrets::Secret;
use crate::source::{Sources, Span};

/// Everything that may accept a finding, beside the comments in the inputs themselves.
#[derive(Clone, Debug, Default)]
pub struct Acceptances {
    /// What the settings accept.
    pub allowances: Vec<Allowance>,
    /// The accounts that may be trusted as a whole, each with the reason.
    pub trusted_accounts: BTreeMap<String, String>,
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
    let (allowances, mut about) = usable(sources, acceptances);
    let mut used = take_accepted(&mut report, &allowances, sources, acceptances);
    used.extend(take_undecided(&mut report, &allowances, sources));
    let unused = allowances.iter().enumerate().filter(|(index, _)| !used.contains(index));
    let unused = unused.map(|(_, allowance)| allowance).filter(|allowance| was_read(allowance, sources));
    about.extend(unused.map(|allowance| unused_finding(allowance, &report.findings, sources)));
    report.findings.append(&mut about);
    report.findings.sort_by_key(|finding| finding.span);
    report.identify(sources);
    report
}

/// The allowances that may accept something, and what is found about the others.
fn usable(sources: &Sources, acceptances: &Acceptances) -> (Vec<Allowance>, Vec<Finding>) {
    let (mut allowances, problems) = comment::allowances(sources);
    allowances.extend(acceptances.allowances.iter().cloned());
    let mut about: Vec<Finding> =
        problems.iter().map(|(span, problem)| unreadable(*span, *problem, sources)).collect();
    allowances.retain(|allowance| {
        let refused = refused(allowance, acceptances.today);
        let is_usable = refused.is_none();
        about.extend(refused);
        is_usable
    });
    (allowances, about)
}

/// Moves the findings that are accepted, and says which allowances were used for that.
fn take_accepted(
    report: &mut Report,
    allowances: &[Allowance],
    sources: &Sources,
    acceptances: &Acceptances,
) -> BTreeSet<usize> {
    let mut places: BTreeMap<usize, Span> = BTreeMap::new();
    let mut known = acceptances.baseline.counted();
    for finding in std::mem::take(&mut report.findings) {
        let mut covering = allowances.iter().enumerate().filter(|(index, allowance)| {
            // An allowance is for one place; a module that is called twice has findings twice there.
            let is_free = places.get(index).is_none_or(|span| *span == finding.span);
            is_free && covers(allowance, &finding, sources)
        });
        let (via, reason) = if let Some((index, allowance)) = covering.next() {
            places.insert(index, finding.span);
            (allowance.via, allowance.reason.clone())
        } else if let Some(reason) = trusted(&finding, sources, &acceptances.trusted_accounts) {
            (Via::Configuration, reason.to_owned())
        } else if take(&mut known, &finding.fingerprint) {
            (Via::Baseline, "it is in the baseline".to_owned())
        } else {
            report.findings.push(finding);
            continue; // nobody accepts it
        };
        report.accepted.push(Accepted { finding, via, reason });
    }
    places.into_keys().collect()
}

/// The same of what is undecided. It has no address, so only an allowance beside it accepts it.
fn take_undecided(report: &mut Report, allowances: &[Allowance], sources: &Sources) -> BTreeSet<usize> {
    let mut places: BTreeMap<usize, Span> = BTreeMap::new();
    for later in std::mem::take(&mut report.undecided) {
        let value = value_of_undecided(&later, sources);
        let mut covering = allowances.iter().enumerate().filter(|(index, allowance)| {
            let is_free = places.get(index).is_none_or(|span| *span == later.span);
            is_free
                && is_undecided(&allowance.rule)
                && holds_at(allowance, later.span)
                && allowance.value == value
        });
        match covering.next() {
            Some((index, allowance)) => {
                places.insert(index, later.span);
                report.accepted_undecided.push((later, allowance.reason.clone()));
            }
            None => report.undecided.push(later),
        }
    }
    places.into_keys().collect()
}

fn is_undecided(rule: &str) -> bool {
    rule.eq_ignore_ascii_case(UNDECIDED)
}

/// The rules whose findings are accounts that are trusted as a whole.
const ACCOUNT_WIDE: &[&str] = &["IAM067", "IAM072"];

/// Why the account of a finding may be trusted as a whole; its value is the account, or the ARN of its root.
fn trusted<'a>(
    finding: &Finding,
    sources: &Sources,
    accounts: &'a BTreeMap<String, String>,
) -> Option<&'a str> {
    if !ACCOUNT_WIDE.contains(&finding.rule.id) {
        return None;
    }
    let value = value(finding, sources);
    let account = value.split(':').nth(4).unwrap_or(&value);
    accounts.get(account).map(String::as_str)
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
        Covers::Part(_) => holds_at(allowance, finding.span),
        Covers::Address { file, address } => {
            *address == finding.address && *file == sources.path(finding.span.source)
        }
    }
}

/// Whether an allowance holds in a part of a file that has a span in it.
fn holds_at(allowance: &Allowance, span: Span) -> bool {
    match &allowance.covers {
        Covers::Part(part) => {
            part.source == span.source && part.start() <= span.start() && span.end() <= part.end()
        }
        Covers::Address { .. } => false,
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
    let finding = Finding::new(rule, allowance.span, format!("{MARKER} {}", allowance.rule), message);
    discreet(finding, &allowance.rule, &allowance.value)
}

/// A finding about an allowance of a rule, which may show a secret in the place of its fingerprint. What is like no rule may
/// be anything.
fn discreet(finding: Finding, rule: &str, named: &str) -> Finding {
    let known = rules::find(rule).or_else(|| rules::nearest(rule));
    let shows_nothing = is_undecided(rule)
        || known.is_some_and(|known| known.theme() != Theme::Secrets)
        || Secret::is_fingerprint(named);
    if shows_nothing {
        finding
    } else {
        finding.of_secret(Secret::of("allowance", "what an allowance names", named))
    }
}

/// What is wrong with an allowance whatever is found.
fn refused(allowance: &Allowance, today: Date) -> Option<Finding> {
    if rules::find(&allowance.rule).is_none() && !is_undecided(&allowance.rule) {
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

fn unreadable(span: Span, problem: Problem, sources: &Sources) -> Finding {
    let message = format!("this allows nothing: {problem}");
    let finding = Finding::new(&rules::acceptance::unreadable_allowance::RULE, span, MARKER, message);
    let said = sources.written(span).split_once(MARKER).map_or("", |(_, said)| said.trim());
    let rule = said.split(|character: char| !character.is_ascii_alphanumeric()).next().unwrap_or(said);
    discreet(finding, rule, said)
}
