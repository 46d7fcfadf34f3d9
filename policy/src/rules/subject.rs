//! The facts that rules judge, gathered once.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::access::Sets;
use crate::iam::catalogue::{ManagedPolicy, managed_policy};
use crate::iam::grant::{self, Grant};
use crate::iam::{self, Attachment, Condition, Identity, Policy, PolicyKind, Statement};
use crate::known::Later;
use crate::need::{self, Excess, Missing};
use crate::secrets::{self, Literals};
use crate::terraform::{Block, Kind};

/// A configuration and what was found in it.
#[derive(Debug, Default)]
pub struct Subject {
    /// Its blocks, with expressions computed as far as possible.
    pub blocks: Vec<Block>,
    /// Its policies.
    pub policies: Vec<Arc<Policy>>,
    /// What the statements that allow come to, for each policy.
    grants: Vec<Vec<Option<Grant>>>,
    /// Where it attaches managed policies.
    pub attachments: Vec<Attachment>,
    /// What those of AWS come to, by ARN.
    managed: BTreeMap<String, (&'static ManagedPolicy, grant::Managed)>,
    /// Its roles, users and groups, each with all that it is granted.
    pub identities: Vec<Identity>,
    /// Gathered where a rule asks for them.
    literals: OnceCell<(Literals, Vec<Later>)>,
    /// What its principals need and are not allowed.
    pub missing: Vec<Missing>,
    /// What they need, and nobody knows whether it is allowed.
    pub undecided_needs: Vec<Later>,
    /// What they are granted beyond their needs.
    pub excess: Vec<Excess>,
}

impl Subject {
    /// Gathers the facts of a configuration; what is not readable is pushed to `unread`.
    #[must_use]
    pub fn of(blocks: Vec<Block>, unread: &mut Vec<Later>) -> Subject {
        let mut unread_policies = Vec::new();
        let policies = iam::find(&blocks, &mut unread_policies);
        unread.extend_from_slice(&unread_policies);
        let attachments = iam::attachments(&blocks);
        // Needs take more memory than what comes of them, so they are gone before other facts are gathered.
        let mut undecided_needs = Vec::new();
        let (missing, excess) = {
            let needs = need::derive(&blocks, &policies, unread);
            let excess = need::excess(&needs, &blocks, &policies, &attachments);
            let sets = || Sets::of_policies(&blocks, &policies, &unread_policies);
            (need::missing(&needs, &blocks, sets, &mut undecided_needs), excess)
        };
        let identities = iam::identities(&blocks, &policies);
        let grant = |statement: &Statement| statement.allows().then(|| Grant::of(statement));
        let grants = policies.iter().map(|policy| policy.statements.iter().map(grant).collect()).collect();
        let managed = managed(&attachments);
        Subject {
            blocks,
            policies,
            grants,
            attachments,
            managed,
            identities,
            literals: OnceCell::new(),
            missing,
            undecided_needs,
            excess,
        }
    }

    /// The same without what is known of policies, which takes as much memory as the literals do: to be judged for secrets.
    #[must_use]
    pub fn without_policies(self) -> Subject {
        let Subject { blocks, literals, .. } = self;
        Subject { blocks, literals, ..Subject::default() }
    }

    /// Its literal strings, those behind encodings included.
    #[must_use]
    pub fn literals(&self) -> &Literals {
        &self.gathered().0
    }

    /// What is too large to be unpacked, so that the literals in it are not known.
    #[must_use]
    pub fn unread_literals(&self) -> &[Later] {
        &self.gathered().1
    }

    fn gathered(&self) -> &(Literals, Vec<Later>) {
        self.literals.get_or_init(|| {
            let mut unread = Vec::new();
            (secrets::literals(&self.blocks, &mut unread), unread)
        })
    }

    /// One of AWS's managed policies that is attached, and what it comes to.
    #[must_use]
    pub fn managed(&self, attachment: &Attachment) -> Option<&(&'static ManagedPolicy, grant::Managed)> {
        self.managed.get(&attachment.policy.known()?.of_aws()?)
    }

    /// The statements that allow, of policies of these kinds, with what they come to.
    pub fn grants<'s>(
        &'s self,
        kinds: &'s [PolicyKind],
    ) -> impl Iterator<Item = (&'s Policy, &'s Statement, &'s Grant)> {
        let policies = self.policies.iter().map(Arc::as_ref).zip(&self.grants);
        policies.filter(|(policy, _)| kinds.contains(&policy.kind)).flat_map(|(policy, grants)| {
            let statements = policy.statements.iter().zip(grants);
            statements
                .filter_map(move |(statement, grant)| grant.as_ref().map(|grant| (policy, statement, grant)))
        })
    }

    /// The statements that allow, of policies of these kinds.
    pub fn allowing<'s>(
        &'s self,
        kinds: &'s [PolicyKind],
    ) -> impl Iterator<Item = (&'s Policy, &'s Statement)> {
        let policies = self.policies.iter().map(Arc::as_ref);
        policies.filter(|policy| kinds.contains(&policy.kind)).flat_map(|policy| {
            let allowing = policy.statements.iter().filter(|statement| statement.allows());
            allowing.map(move |statement| (policy, statement))
        })
    }

    /// Every statement with its policy.
    pub fn statements(&self) -> impl Iterator<Item = (&Policy, &Statement)> {
        let policies = self.policies.iter().map(Arc::as_ref);
        policies.flat_map(|policy| policy.statements.iter().map(move |statement| (policy, statement)))
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

fn managed(attachments: &[Attachment]) -> BTreeMap<String, (&'static ManagedPolicy, grant::Managed)> {
    let mut managed = BTreeMap::new();
    for attachment in attachments {
        let arn = attachment.policy.known().and_then(iam::Managed::of_aws);
        if let Some(arn) = arn.filter(|arn| !managed.contains_key(arn))
            && let Some(policy) = managed_policy(&arn)
        {
            managed.insert(arn, (policy, grant::Managed::of(policy, attachment.span)));
        }
    }
    managed
}
