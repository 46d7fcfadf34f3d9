//! One permission that a block needs, and all of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::terraform::Block;

/// What terraform does when it needs a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// It reads what is there.
    Plan,
    /// It creates and changes.
    Apply,
    /// It deletes.
    Destroy,
}

impl Phase {
    /// Its name, as in an identifier of a statement.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Phase::Plan => "Plan",
            Phase::Apply => "Apply",
            Phase::Destroy => "Destroy",
        }
    }
}

/// A condition on a permission.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Condition {
    /// The operator, such as `StringEquals`.
    pub operator: &'static str,
    /// The key, such as `iam:PassedToService`.
    pub key: &'static str,
    /// The values, of which one has to hold.
    pub values: BTreeSet<String>,
}

/// One action that one block needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// When.
    pub phase: Phase,
    /// The action, such as `sqs:CreateQueue`.
    pub action: String,
    /// The ARNs, which may have wildcards, or `*`; at least one.
    pub resources: BTreeSet<String>,
    /// What limits it further.
    pub condition: Option<Condition>,
    /// The address of the block.
    pub block: String,
}

/// All that a stack needs.
#[derive(Clone, Debug, Default)]
pub struct Needs {
    /// The permissions.
    pub all: Vec<Need>,
    /// The blocks whose permissions are not known, by address, and why.
    pub unknown: BTreeMap<String, String>,
    /// The blocks of other providers, which need nothing of AWS.
    pub foreign: BTreeSet<String>,
    /// Which parts of ARNs the document does not say.
    pub open_places: BTreeSet<String>,
    /// What a reader should know besides.
    pub notes: BTreeSet<String>,
}

impl Needs {
    pub(super) fn add(&mut self, need: Need) {
        self.all.push(need);
    }

    pub(super) fn extend(&mut self, needs: Vec<Need>) {
        self.all.extend(needs);
    }

    pub(super) fn unknown(&mut self, block: &Block, why: &str) {
        self.unknown.insert(block.address(), why.to_owned());
    }

    pub(super) fn foreign(&mut self, block: &Block) {
        // The provider for AWS's Cloud Control makes its calls by the handlers of CloudFormation's registry.
        if block.type_name().starts_with("awscc_") {
            return self.unknown(block, "what types of the provider `awscc` need is not known");
        }
        self.foreign.insert(block.address());
    }

    /// Puts those of another stack to these.
    pub fn append(&mut self, other: Needs) {
        self.all.extend(other.all);
        self.unknown.extend(other.unknown);
        self.foreign.extend(other.foreign);
        self.open_places.extend(other.open_places);
        self.notes.extend(other.notes);
    }
}
