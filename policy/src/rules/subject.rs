//! The facts that rules judge, gathered once.

use crate::iam::{self, Condition, Identity, Policy, PolicyKind, Statement};
use crate::known::Later;
use crate::secrets::{self, Literal};
use crate::terraform::{Block, Kind};

/// A configuration and what was found in it.
#[derive(Debug)]
pub struct Subject {
    /// Its blocks, with expressions computed as far as possible.
    pub blocks: Vec<Block>,
    /// Its policies.
    pub policies: Vec<Policy>,
    /// Its roles, users and groups, each with all that it is granted.
    pub identities: Vec<Identity>,
    /// Its literal strings, those inside JSON and base64 included.
    pub literals: Vec<Literal>,
}

impl Subject {
    /// Gathers the facts of a configuration; what is not readable is pushed to `unread`.
    #[must_use]
    pub fn of(blocks: Vec<Block>, unread: &mut Vec<Later>) -> Subject {
        let policies = iam::find(&blocks, unread);
        let identities = iam::identities(&blocks, &policies);
        let literals = secrets::literals(&blocks);
        Subject { blocks, policies, identities, literals }
    }

    /// The statements that allow, of policies of these kinds.
    pub fn allowing<'s>(
        &'s self,
        kinds: &'s [PolicyKind],
    ) -> impl Iterator<Item = (&'s Policy, &'s Statement)> {
        self.policies.iter().filter(|policy| kinds.contains(&policy.kind)).flat_map(|policy| {
            let allowing = policy.statements.iter().filter(|statement| statement.allows());
            allowing.map(move |statement| (policy, statement))
        })
    }

    /// Every statement with its policy.
    pub fn statements(&self) -> impl Iterator<Item = (&Policy, &Statement)> {
        self.policies
            .iter()
            .flat_map(|policy| policy.statements.iter().map(move |statement| (policy, statement)))
    }

    /// Every condition that is known, with its statement and policy.
    pub fn conditions(&self) -> impl Iterator<Item = (&Policy, &Statement, &Condition)> {
        self.statements().flat_map(|(policy, statement)| {
            let conditions = statement.condition.known().into_iter().flatten();
            conditions.map(move |condition| (policy, statement, condition))
        })
    }

    /// The blocks of a kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(move |block| block.kind == kind)
    }
}
