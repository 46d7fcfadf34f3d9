//! Which ways are open to a principal, and by which of its statements.

use std::collections::BTreeMap;

use super::RULE;
use super::administrator::{Administrator, may_do_everything};
use super::holder::{By, Holder, Open};
use super::ways::{self, Way};
use crate::iam::Identity;
use crate::rules::{Finding, Judgement, Subject};
use crate::source::Span;

/// So many other ways are named in one finding.
const NAMED: usize = 4;

pub(super) fn check(subject: &Subject, judgement: &mut Judgement) {
    let blocks = subject.blocks.iter().map(|block| (block.address(), block)).collect();
    let administrators = Administrator::all(subject);
    for identity in &subject.identities {
        for later in &identity.unknown {
            judgement.undecided(later.span, later.why.clone());
        }
        if !may_do_everything(identity) {
            report(&Holder::of(identity, &blocks, &administrators), judgement);
        }
    }
}

/// One finding for each place where ways begin.
fn report(holder: &Holder, judgement: &mut Judgement) {
    let mut open: BTreeMap<Span, Vec<(&Way, Vec<Open>)>> = BTreeMap::new();
    for way in ways::all().filter(|way| holder.is_near(way)) {
        let steps: Option<Vec<Open>> = way.steps.iter().map(|step| holder.takes(*step)).collect();
        // What a group gives is reported of the group; what AWS prescribes for a service is not the author's.
        if let Some(steps) = steps
            && let Some(first) = steps.first()
            && steps.iter().any(|step| step.by == By::Author)
        {
            open.entry(first.span).or_default().push((way, steps));
        }
    }
    for (span, ways) in open {
        if let Some(later) = holder.identity.unknown_boundaries.first() {
            let why = format!("whether a boundary keeps this from giving more permissions: {}", later.why);
            judgement.undecided(span, why);
            continue;
        }
        judgement.report(finding(holder.identity, span, &ways));
    }
}

fn finding(identity: &Identity, span: Span, ways: &[(&Way, Vec<Open>)]) -> Finding {
    let mut sentences = ways.iter().map(|(way, steps)| {
        let actions: Vec<String> = steps.iter().map(|open| format!("`{}`", open.step.action())).collect();
        (gives(way, steps), way.source, actions.join(" and "))
    });
    let mut message = match sentences.next() {
        Some((gives, source, by)) => format!("by {by}, `{}` {gives} ({source})", identity.address),
        None => String::new(), // no finding is made of no way
    };
    let mut others: Vec<String> = sentences.map(|(_, _, by)| by).collect();
    let more = others.len().saturating_sub(NAMED);
    others.truncate(NAMED);
    if more > 0 {
        others.push(format!("{more} more"));
    }
    if !others.is_empty() {
        message = format!("{message}; so it does by {}", others.join(", or "));
    }
    let mut places: BTreeMap<Span, &str> = BTreeMap::new();
    for open in ways.iter().flat_map(|(_, steps)| steps) {
        places.entry(open.span).or_insert(open.step.action());
    }
    places.remove(&span);
    places
        .into_iter()
        .fold(Finding::new(&RULE, span, &identity.address, message), |finding, (span, action)| {
            finding.related(span, format!("allows `{action}`"))
        })
}

/// What a way gives: the role that is passed, where it is known.
fn gives(way: &Way, steps: &[Open]) -> String {
    let passed = steps.iter().find_map(|open| open.passed);
    match (passed, way.gives.split_once(" as any role")) {
        (Some(role), Some((what, _))) => format!("{what} as `{role}`, which may do everything"),
        _ => way.gives.to_owned(),
    }
}
