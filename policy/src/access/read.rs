//! From the documents people have to policies that are ready for judging.

use std::collections::BTreeSet;

use super::policy::Policy;
use crate::iam::{self, Entries, PolicyKind, catalogue};
use crate::known::{Known, Later};
use crate::node::Node;
use crate::report::Failure;
use crate::source::{SourceId, Sources, Span};
use crate::text::Text;

impl Policy {
    /// Reads a policy document: JSON with a `Statement`.
    ///
    /// # Errors
    ///
    /// If it is no policy document.
    pub fn read(sources: &Sources, id: SourceId) -> Result<Policy, Failure> {
        let whole = sources.whole(id);
        let node = Node::text(sources.text(id));
        let mut unread = Vec::new();
        // Who asks for a resource is in its policy; an identity policy cannot have a principal.
        let policy = iam::read(&node, PolicyKind::Identity, String::new(), &mut unread).map(|mut policy| {
            if policy.statements.iter().any(names_principals) {
                policy.kind = PolicyKind::Resource;
            }
            policy
        });
        let unreadable = policy.as_ref().filter(|policy| policy.size == 0);
        if let Some(flaw) = unreadable.and_then(|policy| policy.flaws.first()) {
            return Err(Failure { span: flaw.span, message: flaw.what.clone() });
        }
        match (policy, unread.first()) {
            (Some(policy), _) => Ok(Policy::of_read(&policy, &unread)),
            (None, Some(later)) => Err(Failure { span: later.span, message: later.why.clone() }),
            (None, None) => Err(Failure { span: whole, message: "a policy document is empty".to_owned() }),
        }
    }

    /// A managed policy of AWS, as it was when `iam::catalogue` was written; nothing if it has none of this ARN.
    #[must_use]
    pub fn managed(arn: &str) -> Option<Policy> {
        let mut sources = Sources::default();
        let id = sources.add(arn, catalogue::managed_policy(arn)?.document);
        Policy::read(&sources, id).ok()
    }

    /// A policy with what reading it did not understand. What its statements themselves say to be known
    /// only later is left to them.
    #[must_use]
    pub fn of_read(policy: &iam::Policy, unread: &[Later]) -> Policy {
        let said = said_by(policy);
        let unsaid =
            unread.iter().filter(|later| !said.contains(&later.span)).map(|later| later.why.as_str());
        // What AWS makes of a policy that it should refuse nobody knows.
        let flaws = policy.flaws.iter().map(|flaw| flaw.what.as_str()).filter(|what| *what != iam::EMPTY);
        unsaid.chain(flaws).fold(Policy::of(policy), Policy::with_unread)
    }
}

fn names_principals(statement: &iam::Statement) -> bool {
    !matches!((&statement.principal, &statement.not_principal), (Known::Absent, Known::Absent))
}

/// The places of the unknown values that the statements of a policy hold.
pub(super) fn said_by(policy: &iam::Policy) -> BTreeSet<Span> {
    let mut spans = BTreeSet::new();
    let mut texts: Vec<&Text> = Vec::new();
    for statement in &policy.statements {
        for entries in
            [&statement.action, &statement.not_action, &statement.resource, &statement.not_resource]
        {
            texts.extend(read(entries, &mut spans).map_or(&[][..], |Entries { texts, .. }| texts));
        }
        for principals in [&statement.principal, &statement.not_principal] {
            texts.extend(read(principals, &mut spans).into_iter().flatten().map(|principal| &principal.id));
        }
        let conditions = read(&statement.condition, &mut spans);
        texts.extend(conditions.into_iter().flatten().flat_map(|condition| &condition.values));
    }
    spans.extend(texts.iter().flat_map(|text| text.holes()).map(|node| node.span));
    spans
}

fn read<'k, T>(known: &'k Known<T>, spans: &mut BTreeSet<Span>) -> Option<&'k T> {
    if let Known::Later(later) = known {
        spans.insert(later.span);
    }
    known.known()
}
