//! What principals are granted and do not need.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::folder::{folder, is_injected, name};
use super::principal::{Need, Needs, Principal, Resource};
use super::thing::render;
use crate::access::{self, Answer, Context, Key, Letter, References, Word, word_of};
use crate::iam::{
    self, Attachment, Managed, Policy, PolicyKind, Principals, Purpose, Statement, actions, catalogue,
    pattern,
};
use crate::known::Known;
use crate::source::Span;
use crate::terraform::Block;
use crate::text::Text;

/// What is granted and not needed.
#[derive(Clone, Debug)]
pub struct Excess {
    /// What of the grant it is.
    pub extent: Extent,
    /// The address of what grants it.
    pub address: String,
    /// Where.
    pub span: Span,
    /// What is written there.
    pub granted: String,
    /// The principals.
    pub principals: Vec<String>,
    /// What is needed of what is granted there.
    pub needed: Vec<Need>,
}

/// What of a grant is not needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extent {
    /// An action; of one with wildcards all it stands for.
    Action,
    /// Some of the actions that one with wildcards stands for.
    SomeActions(Vec<String>),
    /// A resource.
    Resource,
    /// What a resource with wildcards reaches beyond what is needed.
    SomeResources,
    /// A managed policy of AWS, all of it.
    ManagedPolicy,
    /// What a path with wildcards reaches beyond the folder of all that is injected from it. Other needs may be unknown.
    BesideFolder(String),
}

/// The principals that have a policy.
struct Holders<'n> {
    addresses: Vec<&'n str>,
    principals: Vec<&'n Principal>,
}

/// Finds what is granted and not needed: all of it where all needs are known, else what reaches beside the one folder that
/// everything injected is in.
#[must_use]
pub fn excess(
    needs: &Needs,
    blocks: &[Block],
    policies: &[Arc<Policy>],
    attachments: &[Attachment],
) -> Vec<Excess> {
    let mut found = Vec::new();
    if needs.principals.is_empty() {
        return found;
    }
    let granting = policies.iter().map(|policy| policy.address.as_str());
    let granting: BTreeSet<&str> =
        granting.chain(attachments.iter().map(|attachment| attachment.address.as_str())).collect();
    let addressed = blocks.iter().map(|block| (block.address(), block));
    let by_address: BTreeMap<String, &Block> =
        addressed.filter(|(address, _)| granting.contains(address.as_str())).collect();
    let principals = Principals::of(blocks);
    let holders_of = |address: &str| by_address.get(address).map(|block| iam::holders(block, &principals));
    let mut attached: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for attachment in attachments.iter().filter(|one| one.purpose == Purpose::Grant) {
        let holders = holders_of(&attachment.address).unwrap_or_default();
        match &attachment.policy {
            Known::Is(Managed::Declared(address)) => {
                attached.entry(address.clone()).or_default().extend(holders);
            }
            Known::Is(Managed::Arn(arn)) => {
                let held = needs.holders(&holders);
                found.extend(held.and_then(|held| held.unneeded(arn, &attachment.address, attachment.span)));
            }
            Known::Absent | Known::Later(_) => {}
        }
    }
    for policy in policies.iter().filter(|policy| policy.kind == PolicyKind::Identity) {
        let mut holders = holders_of(&policy.address).unwrap_or_default();
        holders.extend(attached.get(&policy.address).into_iter().flatten().cloned());
        let Some(held) = needs.holders(&holders).filter(Holders::may_have_more) else { continue };
        for statement in policy.statements.iter().filter(|statement| statement.allows()) {
            found.extend(held.beyond(statement, &policy.address));
        }
    }
    found
}

impl Needs {
    /// Those who hold a policy, if their needs have been looked at.
    fn holders<'n>(&'n self, addresses: &[String]) -> Option<Holders<'n>> {
        let entries: Option<Vec<_>> =
            addresses.iter().map(|address| self.principals.get_key_value(address)).collect();
        let entries = entries.filter(|entries| !entries.is_empty())?;
        let (addresses, principals) =
            entries.into_iter().map(|(address, one)| (address.as_str(), one)).unzip();
        Some(Holders { addresses, principals })
    }
}

impl<'n> Holders<'n> {
    fn are_wholly_known(&self) -> bool {
        self.principals.iter().all(|principal| principal.is_wholly_known() && principal.is_declared)
    }

    /// Whether anything can be said of what they hold: all that they need is known, or the folder of what is injected.
    fn may_have_more(&self) -> bool {
        self.are_wholly_known()
            || self.principals.iter().flat_map(|principal| &principal.needs).any(is_injected)
    }

    fn needs_of(&self, actions: &[String]) -> Vec<&'n Need> {
        let all = self.principals.iter().flat_map(|principal| &principal.needs);
        all.filter(|need| actions.iter().any(|action| need.has(action))).collect()
    }

    fn excess(&self, extent: Extent, address: &str, text: &Text, needed: Vec<&'n Need>) -> Excess {
        Excess {
            extent,
            address: address.to_owned(),
            span: text.span(),
            granted: render(text),
            principals: self.addresses.iter().map(|address| (*address).to_owned()).collect(),
            needed: needed.into_iter().cloned().collect(),
        }
    }

    /// A managed policy of AWS of which nothing is needed. Its resources are not looked at: AWS cannot know them. What AWS
    /// tells people to attach to the roles of a service is in `/service-role/`, and is left to them.
    fn unneeded(&self, arn: &Text, address: &str, span: Span) -> Option<Excess> {
        let content = arn.literal().and_then(catalogue::managed_policy)?;
        if content.path == "/service-role/" {
            return None;
        }
        let document: serde_json::Value = serde_json::from_str(content.document).ok()?;
        let mut names = BTreeSet::new();
        collect(&document, "Action", &mut names);
        let all: Vec<String> = names.iter().flat_map(|name| actions::named(name)).collect();
        if !self.are_wholly_known() || all.is_empty() || !self.needs_of(&all).is_empty() {
            return None;
        }
        let found = self.excess(Extent::ManagedPolicy, address, arn, Vec::new());
        Some(Excess { span, granted: content.name.to_owned(), ..found })
    }

    /// What a statement allows beyond what is needed. Whole services and `*` are other rules'.
    fn beyond(&self, statement: &Statement, address: &str) -> Vec<Excess> {
        let mut found = Vec::new();
        let mut granted: Vec<String> = Vec::new();
        for text in statement.actions() {
            let Some((_, name)) = text.literal().and_then(|action| action.split_once(':')) else { continue };
            let all: Vec<String> = actions::named(text.as_str()).collect();
            let needed = self.needs_of(&all);
            granted.extend(all.iter().cloned());
            if name == "*" || all.is_empty() || !self.are_wholly_known() {
                continue;
            }
            let is_needed = |action: &String| needed.iter().any(|need| need.has(action));
            let (_, spare): (Vec<String>, Vec<String>) = all.into_iter().partition(is_needed);
            if needed.is_empty() {
                found.push(self.excess(Extent::Action, address, text, needed));
            } else if pattern::is_wild(name) && !spare.is_empty() {
                found.push(self.excess(Extent::SomeActions(spare), address, text, needed));
            }
        }
        let needed = self.needs_of(&granted);
        if needed.is_empty() {
            return found; // its actions are said already, or what they are for is not known
        }
        for text in statement.resources().filter(|text| text.as_str() != "*") {
            found.extend(self.beyond_resource(text, address, &needed));
        }
        found
    }

    fn beyond_resource(&self, text: &Text, address: &str, needed: &[&'n Need]) -> Option<Excess> {
        let meant: Vec<&'n Need> =
            needed.iter().copied().filter(|need| need.resource.is_reached(text) != Answer::No).collect();
        let wide = |need: &&&Need| need.resource.is_narrower_than(text);
        if self.are_wholly_known() {
            if meant.is_empty() {
                return Some(self.excess(Extent::Resource, address, text, needed.to_vec()));
            }
            let is_wide = meant.iter().all(|need| wide(&need));
            return is_wide.then(|| self.excess(Extent::SomeResources, address, text, meant));
        }
        let injected: Vec<&'n Need> = meant.into_iter().filter(|need| is_injected(need)).collect();
        let folder = folder(&injected)?;
        let reach = up_to_wildcard(text);
        let is_beside = pattern::is_wild(&render(text))
            && folder.len() > reach.len()
            && folder.starts_with(reach.as_slice())
            && injected.iter().any(|need| wide(&need));
        is_beside.then(|| {
            let folder = access::written(&folder);
            self.excess(Extent::BesideFolder(folder), address, text, injected)
        })
    }
}

impl Resource {
    /// Whether what a policy names as a resource reaches it.
    fn is_reached(&self, text: &Text) -> Answer {
        match self {
            Resource::Every | Resource::Some(_) => Answer::Yes,
            Resource::Thing { .. } => {
                let context = Context::new(Key::Unknown, References::Deployed);
                Answer::any(self.words().map(|word| context.reaches(text, &word)))
            }
        }
    }

    /// Whether what a policy names goes beyond it: its wildcard comes before the whole name was said.
    fn is_narrower_than(&self, text: &Text) -> bool {
        let Resource::Thing { arn, whole, .. } = self else { return false };
        let written = render(text);
        if !pattern::is_wild(&written) || written == *arn {
            return false;
        }
        let reach = up_to_wildcard(text);
        whole.iter().all(|word| !begins_with(&reach, &name(word)))
    }
}

/// A pattern without partition, region and account, up to its first wildcard.
fn up_to_wildcard(text: &Text) -> Word {
    let word = word_of(text);
    let is_wild = |letter: &Letter| matches!(letter, Letter::Char('*' | '?'));
    access::without_place(&word).iter().take_while(|letter| !is_wild(letter)).cloned().collect()
}

/// Whether the whole name was said; what separates it from what comes after need not have been.
fn begins_with(reach: &[Letter], name: &[Letter]) -> bool {
    let separators = ['-', '/', ':'].map(Letter::Char);
    let end =
        name.iter().rposition(|letter| !separators.contains(letter)).map_or(0, |at| at.saturating_add(1));
    name.get(..end).is_some_and(|name| reach.starts_with(name))
}

/// The strings of every member of a name.
fn collect(value: &serde_json::Value, name: &str, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Array(values) => values.iter().for_each(|value| collect(value, name, found)),
        serde_json::Value::Object(members) => {
            for (key, value) in members {
                match value {
                    serde_json::Value::String(text) if key == name => {
                        found.insert(text.clone());
                    }
                    serde_json::Value::Array(texts) if key == name => {
                        found.extend(texts.iter().filter_map(|text| text.as_str()).map(str::to_owned));
                    }
                    _ => collect(value, name, found),
                }
            }
        }
        _ => {}
    }
}
