//! Roles, users and groups with all that they are granted: inline policies, attached ones, and those of a
//! user's groups.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::attachments::{Attachment, Managed, Purpose, attachments};
use super::catalogue::managed_policy;
use super::holders::{Principals, holders, members};
use super::policy::{Policy, PolicyKind};
use super::read;
use crate::known::{Known, Later};
use crate::node::Node;
use crate::terraform::Block;
use crate::text::Text;

/// One role, user or group; or a policy that nothing here holds, which stands for whoever will.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Its address, or what is known of it where it is declared elsewhere, such as `role ci`.
    pub address: String,
    /// The policies that grant, those of AWS with every part at the place of their attachment. The lists below that
    /// grant too are apart from these.
    pub grants: Vec<Arc<Policy>>,
    /// Those that AWS prescribes for the roles of its services: they are not the author's to narrow.
    pub prescribed: Vec<Arc<Policy>>,
    /// What it has as a member of groups.
    pub inherited: Vec<Arc<Policy>>,
    /// The policies that limit.
    pub boundaries: Vec<Arc<Policy>>,
    /// Policies that grant, by ARNs of which nothing is known here. What is known only later is not among them.
    pub unknown: Vec<Later>,
    /// Policies that limit, and whose content is not known here.
    pub unknown_boundaries: Vec<Later>,
    /// The groups it is a member of.
    pub groups: BTreeSet<String>,
    /// The managed policies of the configuration that it has.
    pub declared: BTreeSet<String>,
}

impl Identity {
    fn named(address: &str) -> Identity {
        Identity {
            address: address.to_owned(),
            grants: Vec::new(),
            prescribed: Vec::new(),
            inherited: Vec::new(),
            boundaries: Vec::new(),
            unknown: Vec::new(),
            unknown_boundaries: Vec::new(),
            groups: BTreeSet::new(),
            declared: BTreeSet::new(),
        }
    }
}

/// The identities of a configuration, by address; `policies` are all that are written in it.
#[must_use]
pub fn identities(blocks: &[Block], policies: &[Arc<Policy>]) -> Vec<Identity> {
    let mut found = Found { blocks, principals: Principals::of(blocks), all: BTreeMap::new() };
    let by_address: BTreeMap<String, &Block> = blocks.iter().map(|block| (block.address(), block)).collect();
    let mut written: BTreeMap<&str, Vec<&Arc<Policy>>> = BTreeMap::new();
    for policy in policies {
        written.entry(&policy.address).or_default().push(policy);
    }
    let mut held = BTreeSet::new();
    for attachment in attachments(blocks) {
        if let Known::Is(Managed::Declared(address)) = &attachment.policy {
            held.insert(address.clone());
        }
        found.attach(&attachment, by_address.get(&attachment.address).copied(), &written);
    }
    for policy in policies.iter().filter(|policy| policy.kind == PolicyKind::Identity) {
        let mut of = by_address
            .get(&policy.address)
            .map(|block| holders(block, &found.principals))
            .unwrap_or_default();
        if of.is_empty() && !held.contains(&policy.address) {
            of.push(policy.address.clone());
        }
        for holder in of {
            found.identity(&holder).grants.push(Arc::clone(policy));
        }
    }
    found.join();
    found.all.into_values().collect()
}

struct Found<'b> {
    blocks: &'b [Block],
    principals: Principals<'b>,
    all: BTreeMap<String, Identity>,
}

impl Found<'_> {
    fn identity(&mut self, address: &str) -> &mut Identity {
        self.all.entry(address.to_owned()).or_insert_with(|| Identity::named(address))
    }

    fn attach(
        &mut self,
        attachment: &Attachment,
        block: Option<&Block>,
        policies: &BTreeMap<&str, Vec<&Arc<Policy>>>,
    ) {
        let of = block.map(|block| holders(block, &self.principals)).unwrap_or_default();
        let of = if of.is_empty() { vec![attachment.address.clone()] } else { of };
        let content = content(attachment, policies);
        for holder in of {
            let identity = self.identity(&holder);
            match (&content, attachment.purpose) {
                (Ok(content), Purpose::Grant) if is_prescribed(attachment) => {
                    identity.prescribed.extend(content.iter().cloned());
                }
                (Ok(content), Purpose::Grant) => identity.grants.extend(content.iter().cloned()),
                (Ok(content), Purpose::Limit) => identity.boundaries.extend(content.iter().cloned()),
                (Err(later), Purpose::Grant) if matches!(attachment.policy, Known::Is(Managed::Arn(_))) => {
                    identity.unknown.push(later.clone());
                }
                (Err(_), Purpose::Grant) => {}
                (Err(later), Purpose::Limit) => identity.unknown_boundaries.push(later.clone()),
            }
            if let Known::Is(Managed::Declared(address)) = &attachment.policy {
                identity.declared.insert(address.clone());
            }
        }
    }

    /// Gives the members of groups what their groups have.
    fn join(&mut self) {
        for (user, group) in members(self.blocks, &self.principals) {
            let Some(of_group) = self.all.get(&group).cloned() else {
                self.identity(&user).groups.insert(group);
                continue;
            };
            let identity = self.identity(&user);
            identity.inherited.extend(of_group.grants);
            identity.declared.extend(of_group.declared);
            identity.groups.insert(group);
        }
    }
}

/// Whether it attaches a policy that AWS wrote for a role of one of its services (IAM user guide, "AWS managed
/// policies": those have this path).
fn is_prescribed(attachment: &Attachment) -> bool {
    let arn = attachment.policy.known();
    matches!(arn, Some(Managed::Arn(arn)) if arn.as_str().contains(":iam::aws:policy/service-role/"))
}

/// The policies that an attachment attaches, or where it says which and why that is not known here.
fn content(
    attachment: &Attachment,
    policies: &BTreeMap<&str, Vec<&Arc<Policy>>>,
) -> Result<Vec<Arc<Policy>>, Later> {
    let later = |why: String| Later { span: attachment.span, why };
    match &attachment.policy {
        Known::Absent => Ok(Vec::new()),
        Known::Later(later) => Err(later.clone()),
        Known::Is(Managed::Declared(address)) => match policies.get(address.as_str()) {
            Some(found) => Ok(found.iter().copied().cloned().collect()),
            None => Err(later(format!("the content of `{address}` is not known here"))),
        },
        Known::Is(managed @ Managed::Arn(arn)) => {
            let document =
                managed.of_aws().and_then(|arn| managed_policy(&arn)).map(|managed| managed.document);
            let unknown = || later(format!("the content of `{}` is not known here", arn.as_str()));
            let policy = written(document.ok_or_else(unknown)?, attachment);
            policy.map(|policy| vec![Arc::new(policy)]).ok_or_else(unknown)
        }
    }
}

/// A policy of AWS, every part of it at the place where it is attached.
fn written(document: &str, attachment: &Attachment) -> Option<Policy> {
    let kind = match attachment.purpose {
        Purpose::Grant => PolicyKind::Identity,
        Purpose::Limit => PolicyKind::Boundary,
    };
    let document = Node::text(Text::new(document, attachment.span));
    // AWS's documents have nothing that cannot be read, which a test holds.
    read::policy(&document, kind, attachment.address.clone(), &mut Vec::new())
}
