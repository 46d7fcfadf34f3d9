//! What rules say.

use std::collections::BTreeSet;

use super::{Rule, Severity};
use crate::known::Later;
use crate::secrets::Secret;
use crate::source::Span;

/// One judgement of a rule.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad it is: as the rule says, unless the configuration says otherwise.
    pub severity: Severity,
    /// Where.
    pub span: Span,
    /// The address of the block it concerns.
    pub address: String,
    /// What was found; never a secret.
    pub message: String,
    /// What to write instead here, where that is more than the rule's own remedy.
    pub instead: Option<String>,
    /// The secret that stands at the span.
    pub secret: Option<Secret>,
    /// Which finding it is, wherever its lines move to; empty until the report is finished.
    pub fingerprint: String,
    /// Other places that have a part in it, each with what part.
    pub related: Vec<(Span, String)>,
}

impl Finding {
    /// A finding of a rule.
    #[must_use]
    pub fn new(
        rule: &'static Rule,
        span: Span,
        address: impl Into<String>,
        message: impl Into<String>,
    ) -> Finding {
        Finding {
            rule,
            severity: rule.severity,
            span,
            address: address.into(),
            message: message.into(),
            instead: None,
            secret: None,
            fingerprint: String::new(),
            related: Vec::new(),
        }
    }

    /// The same with what to write instead.
    #[must_use]
    pub fn instead(mut self, instead: impl Into<String>) -> Finding {
        self.instead = Some(instead.into());
        self
    }

    /// What to write instead.
    #[must_use]
    pub fn remedy(&self) -> &str {
        self.instead.as_deref().unwrap_or(self.rule.remedy)
    }

    /// The same with another place that has a part in it.
    #[must_use]
    pub fn related(mut self, span: Span, part: impl Into<String>) -> Finding {
        self.related.push((span, part.into()));
        self
    }

    /// The same with the secret at its span.
    #[must_use]
    pub fn of_secret(mut self, secret: Secret) -> Finding {
        self.secret = Some(secret);
        self
    }
}

/// The findings, and the places where a rule could not decide.
#[derive(Debug, Default)]
pub struct Judgement {
    /// What was found.
    pub findings: Vec<Finding>,
    /// What is known only later.
    pub undecided: Vec<Later>,
}

impl Judgement {
    /// Adds a finding.
    pub fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Says that a rule could not decide.
    pub fn undecided(&mut self, span: Span, why: impl Into<String>) {
        self.undecided.push(Later { span, why: why.into() });
    }

    /// Sorts by place, drops repetitions at one address, and keeps one finding for each secret.
    pub fn settle(&mut self) {
        let order = |rule: &Rule| super::RULES.iter().position(|other| other.id == rule.id);
        self.findings.sort_by_key(|finding| order(finding.rule));
        let mut said: BTreeSet<(&str, Span, String)> = BTreeSet::new();
        let mut secrets = Claims::default();
        let mut kept: Vec<Finding> = Vec::new();
        for finding in self.findings.drain(..) {
            let first = said.insert((finding.rule.id, finding.span, finding.address.clone()));
            if first && (finding.secret.is_none() || secrets.claim(finding.span)) {
                kept.push(finding);
            }
        }
        kept.sort_by(|a, b| (a.span, a.rule.id, &a.address).cmp(&(b.span, b.rule.id, &b.address)));
        self.findings = kept;
        self.undecided.sort_by(|a, b| (a.span, &a.why).cmp(&(b.span, &b.why)));
        self.undecided.dedup();
    }
}

/// Spans that do not overlap.
#[derive(Default)]
struct Claims {
    taken: BTreeSet<Span>,
}

impl Claims {
    /// Takes a span unless a part of it is taken.
    fn claim(&mut self, span: Span) -> bool {
        let before = self.taken.range(..=span).next_back();
        let after = self.taken.range(span..).next();
        let taken = before.into_iter().chain(after).any(|other| other.overlaps(span));
        if !taken {
            self.taken.insert(span);
        }
        !taken
    }
}
