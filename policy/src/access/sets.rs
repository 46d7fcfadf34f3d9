//! The policies of a configuration, put together as they work together: those of a principal, that of a
//! resource.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::difference::NewAccess;
use super::policy::Policy;
use crate::iam::{self, Attachment, Managed, PolicyKind, Principals, Purpose, holders, references};
use crate::known::{Known, Later};
use crate::node::{Node, Value};
use crate::terraform::{Block, Kind};

/// All that a configuration says of one principal or resource.
#[derive(Clone, Debug)]
pub struct Set {
    /// What its policies govern.
    pub kind: PolicyKind,
    /// Its policies.
    pub policy: Policy,
    /// Whether it is a managed policy that principals of the configuration have: what it allows them is in
    /// their sets.
    pub is_held: bool,
    /// The managed policies whose content is not in the configuration.
    pub attached: BTreeSet<String>,
    /// The managed policies that limit it.
    pub limits: BTreeSet<String>,
    /// The resources that its carriers refer to.
    pub about: BTreeSet<String>,
}

/// The sets of a configuration by the address of the principal, or of what carries the policy.
#[derive(Debug, Default)]
pub struct Sets {
    /// The sets.
    pub all: BTreeMap<String, Set>,
    /// The addresses of all resources.
    pub(super) declared: BTreeSet<String>,
    /// What was not understood and belongs to no set.
    pub unread: Vec<Later>,
}

impl Set {
    /// Whether its policies grant, rather than limit, and no other set has them too.
    #[must_use]
    pub fn grants(&self) -> bool {
        !self.is_held && matches!(self.kind, PolicyKind::Identity | PolicyKind::Trust | PolicyKind::Resource)
    }
}

impl Sets {
    /// The sets of a configuration whose expressions are computed; `unread` is what was not understood so far.
    #[must_use]
    pub fn of(blocks: &[Block], mut unread: Vec<Later>) -> Sets {
        let mut found = Vec::new();
        let policies = iam::find(blocks, &mut found);
        let mut sets = Sets::of_policies(blocks, &policies, &found);
        unread.append(&mut sets.unread);
        Sets { unread, ..sets }
    }

    /// The sets of a configuration whose policies were found already; `found` is what was not understood of them.
    #[must_use]
    pub fn of_policies(blocks: &[Block], policies: &[Arc<iam::Policy>], found: &[Later]) -> Sets {
        let resources = blocks.iter().filter(|block| block.kind == Kind::Resource);
        let declared = resources.map(Block::address).collect();
        let said: BTreeSet<_> = policies.iter().flat_map(|policy| super::read::said_by(policy)).collect();
        let unread = found.iter().filter(|later| !said.contains(&later.span)).cloned().collect();
        let mut sets = Sets { all: BTreeMap::new(), declared, unread };
        let by_address: BTreeMap<String, &Block> =
            blocks.iter().map(|block| (block.address(), block)).collect();
        let principals = Principals::of(blocks);
        for policy in policies {
            let block = by_address.get(&policy.address);
            let mut names = Vec::new();
            if policy.kind == PolicyKind::Identity
                && let Some(block) = block
            {
                names = holders(block, &principals);
            }
            if names.is_empty() {
                names.push(policy.address.clone());
            }
            let judged = Policy::of(policy);
            for name in names {
                let set = sets.set(&name, policy.kind);
                set.policy = std::mem::take(&mut set.policy).with(judged.clone());
                set.about.extend(block.into_iter().flat_map(|block| references(&block.body)));
                if block.is_some_and(|block| is_one_of_several(block)) {
                    set.policy.unread.push("a policy depends on a condition that is known only later".into());
                }
            }
        }
        sets.attach(blocks, &by_address, &principals);
        sets
    }

    /// What can be said of what was not understood.
    #[must_use]
    pub fn unread_answers(&self) -> BTreeMap<String, NewAccess> {
        let reasons: BTreeSet<String> = self.unread.iter().map(|later| later.why.clone()).collect();
        if reasons.is_empty() {
            return BTreeMap::new();
        }
        BTreeMap::from([("what was not understood".to_owned(), NewAccess::Undecided(reasons))])
    }

    fn set(&mut self, name: &str, kind: PolicyKind) -> &mut Set {
        // A role has a trust policy beside those of an identity.
        let name = if kind == PolicyKind::Trust { format!("{name} (trust)") } else { name.to_owned() };
        self.all.entry(name).or_insert_with(|| Set {
            kind,
            policy: Policy::default(),
            is_held: false,
            attached: BTreeSet::new(),
            limits: BTreeSet::new(),
            about: BTreeSet::new(),
        })
    }

    fn attach(
        &mut self,
        blocks: &[Block],
        by_address: &BTreeMap<String, &Block>,
        principals: &Principals<'_>,
    ) {
        for Attachment { address, purpose, policy, .. } in iam::attachments(blocks) {
            let holders =
                by_address.get(&address).map(|block| holders(block, principals)).unwrap_or_default();
            let holders = if holders.is_empty() { vec![address] } else { holders };
            let (named, content) = match policy {
                Known::Absent => continue,
                Known::Is(Managed::Declared(declared)) => {
                    let content = self.all.get_mut(&declared).map(|set| {
                        set.is_held |= purpose == Purpose::Grant;
                        set.policy.clone()
                    });
                    (declared, content)
                }
                Known::Is(Managed::Arn(arn)) => {
                    (arn.as_str().to_owned(), arn.literal().and_then(Policy::managed))
                }
                Known::Later(later) => (later.why, None),
            };
            for holder in holders {
                let set = self.set(&holder, PolicyKind::Identity);
                match (purpose, &content) {
                    (Purpose::Limit, _) => {
                        set.limits.insert(named.clone());
                    }
                    (Purpose::Grant, Some(content)) => {
                        set.policy = std::mem::take(&mut set.policy).with(content.clone());
                    }
                    (Purpose::Grant, None) => {
                        set.attached.insert(named.clone());
                    }
                }
            }
        }
    }
}

/// Whether its policy is one of several, by a condition.
fn is_one_of_several(block: &Block) -> bool {
    let is_conditional = |node: &Node| matches!(node.value, Value::Conditional(_));
    iam::arguments_of(block.type_name()).any(|(path, _)| {
        let mut nodes = vec![&block.body];
        for argument in path {
            nodes = nodes.into_iter().flat_map(|node| below(node, argument)).collect();
        }
        nodes.into_iter().any(is_conditional)
    })
}

fn below<'n>(node: &'n Node, argument: &str) -> Vec<&'n Node> {
    match &node.value {
        Value::List(nodes) => nodes.iter().flat_map(|node| below(node, argument)).collect(),
        _ => node.member(argument).map(|member| &member.value).into_iter().collect(),
    }
}
