//! What a principal needs, and how that was derived.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::kind::Kind;
use crate::access::{Letter, Word};
use crate::source::Span;

/// What the principals of a configuration need, by address; by ARN or expression where one is declared elsewhere.
#[derive(Debug, Default)]
pub struct Needs {
    /// The principals.
    pub principals: BTreeMap<String, Principal>,
}

/// A principal and what it is used for.
#[derive(Debug, Default)]
pub struct Principal {
    /// What it needs, in the order in which it was derived.
    pub needs: Vec<Need>,
    /// Why there may be more; empty if its needs are wholly known.
    pub open: Vec<Open>,
    /// Whether the configuration declares it, so that its policies can be looked at.
    pub is_declared: bool,
    /// The services that act with it.
    pub(super) services: Vec<&'static str>,
}

/// Why the needs of a principal are not wholly known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Open {
    /// Where that is written.
    pub span: Span,
    /// Why.
    pub why: String,
    /// What the rest depends on.
    pub(super) rest: Rest,
}

/// What the needs depend on that are not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rest {
    /// On those who act with it; who declares what they call has said it.
    Calls,
    /// On a module that it was handed to, which may give it policies too.
    HandedOn,
    /// On what the configuration does not say.
    Unsaid,
}

/// How sure it is that something is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Without it what uses the principal fails.
    Needed,
    /// It may be used: the code is told of the resource, or the service asks only in some cases.
    Plausible,
}

/// Actions that a principal needs on one resource.
#[derive(Clone, Debug)]
pub struct Need {
    /// The actions, such as `sqs:SendMessage`.
    pub actions: Vec<String>,
    /// On what.
    pub resource: Resource,
    /// What the condition keys of the requests are; a grant has to test no more.
    pub context: Vec<(String, String)>,
    /// How sure it is.
    pub certainty: Certainty,
    /// The way it was derived, for a reader.
    pub because: String,
    /// The address of what needs it.
    pub by: String,
    /// Where that says so.
    pub span: Span,
}

/// What an action is needed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resource {
    /// The action has no resource level: only `*` allows it.
    Every,
    /// Something of a kind; which is not known.
    Some(Kind),
    /// One thing.
    Thing {
        /// As a policy says it, such as `${aws_sqs_queue.jobs.arn}`.
        arn: String,
        /// The thing that it is, or is a part of, as requests may say it: each in another spelling.
        whole: Arc<[Word]>,
        /// What requests say behind that for the part; empty for the thing itself.
        part: Arc<[Letter]>,
    },
}

impl Principal {
    /// Whether all it needs is known.
    #[must_use]
    pub fn is_wholly_known(&self) -> bool {
        self.open.is_empty()
    }

    /// What it needs for sure.
    pub fn needed(&self) -> impl Iterator<Item = &Need> {
        self.needs.iter().filter(|need| need.certainty == Certainty::Needed)
    }
}

impl Resource {
    /// As a policy says it.
    #[must_use]
    pub fn written(&self) -> &str {
        match self {
            Resource::Every | Resource::Some(_) => "*",
            Resource::Thing { arn, .. } => arn,
        }
    }

    /// What requests may say, each in another spelling; nothing where they name nothing or anything.
    pub(super) fn words(&self) -> impl Iterator<Item = Cow<'_, [Letter]>> {
        let (whole, part): (&[Word], &[Letter]) = match self {
            Resource::Every | Resource::Some(_) => (&[], &[]),
            Resource::Thing { whole, part, .. } => (whole, part),
        };
        whole.iter().map(move |word| match part {
            [] => Cow::Borrowed(word.as_slice()),
            _ => Cow::Owned([word, part].concat()),
        })
    }
}

impl Need {
    /// Whether it needs an action; names of actions have no case.
    #[must_use]
    pub fn has(&self, action: &str) -> bool {
        self.actions.iter().any(|own| own.eq_ignore_ascii_case(action))
    }
}
