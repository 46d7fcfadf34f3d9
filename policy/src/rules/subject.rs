//! The facts that rules judge, gathered once.

use crate::iam::{self, Policy, PolicyKind, Statement};
use crate::known::Later;
use crate::need::{self, Needs};
use crate::secrets::{self, Literal};
use crate::terraform::{Block, Kind};

/// A configuration and what was found in it.
#[derive(Debug)]
pub struct Subject {
    /// Its blocks, with expressions computed as far as possible.
    pub blocks: Vec<Block>,
    /// Its policies.
    pub policies: Vec<Policy>,
    /// Its literal strings, those inside JSON and base64 included.
    pub literals: Vec<Literal>,
    /// What its principals need.
    pub needs: Needs,
}

impl Subject {
    /// Gathers the facts of a configuration; what is not readable is pushed to `unread`.
    #[must_use]
    pub fn of(blocks: Vec<Block>, unread: &mut Vec<Later>) -> Subject {
        let policies = iam::find(&blocks, unread);
        let literals = secrets::literals(&blocks);
        let needs = need::derive(&blocks, &policies, unread);
        Subject { blocks, policies, literals, needs }
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

    /// The blocks of a kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(move |block| block.kind == kind)
    }
}
