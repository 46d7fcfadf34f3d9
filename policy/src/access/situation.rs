//! Which policies of a configuration count for a request.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::Answer;
use super::authorize::Policies;
use super::caller::Caller;
use super::glob::{Glob, Symbol, symbols};
use super::policy::{Policy, Selection};
use super::request::Request;
use super::sets::{Set, Sets};
use crate::iam::PolicyKind;

/// The sets of a configuration, by what requests ask them for.
#[derive(Debug)]
pub struct Situation<'s> {
    sets: &'s Sets,
    /// The sets of resources' policies by the addresses that they belong to.
    of_resources: BTreeMap<&'s str, BTreeMap<&'s str, &'s Set>>,
    /// The same by the services of the actions that they speak of; those of any service under nothing.
    of_services: BTreeMap<Option<String>, Vec<&'s Set>>,
}

impl Sets {
    /// Whether the resource that a reference is an attribute of is in the configuration.
    #[must_use]
    pub fn declares(&self, symbol: &Symbol) -> bool {
        self.declared.contains(&address_of(symbol))
    }

    /// What is asked of them for requests.
    #[must_use]
    pub fn situation(&self) -> Situation<'_> {
        let mut situation =
            Situation { sets: self, of_resources: BTreeMap::new(), of_services: BTreeMap::new() };
        let is_policy = |set: &Set| matches!(set.kind, PolicyKind::Resource | PolicyKind::Trust);
        for (name, set) in self.all.iter().filter(|(_, set)| is_policy(set)) {
            let own = name.trim_end_matches(" (trust)");
            for address in set.about.iter().map(String::as_str).chain([own]) {
                situation.of_resources.entry(address).or_default().insert(name, set);
            }
            for service in set.policy.services() {
                situation.of_services.entry(service).or_default().push(set);
            }
        }
        situation
    }
}

impl Situation<'_> {
    /// The policies that count for a request, as far as they are in the configuration.
    #[must_use]
    pub fn policies(&self, request: &Request) -> Policies {
        let mut policies = self.of_caller(&request.caller);
        policies.resource = self.of_resource(request);
        policies
    }

    /// Those of the caller, whatever the request is.
    pub(crate) fn of_caller(&self, caller: &Caller) -> Policies {
        let mut policies = Policies::default();
        if let Some(later) = self.sets.unread.first() {
            policies.identity = policies.identity.with_unread(later.why.as_str());
        }
        match caller {
            Caller::Declared(symbol) => self.add_declared(&address_of(symbol), &mut policies),
            Caller::User { .. }
            | Caller::Role { .. }
            | Caller::Session { .. }
            | Caller::FederatedUser { .. } => {
                let why =
                    "the principal's own policies are found by its address, such as `aws_iam_role.worker`";
                policies.identity = policies.identity.with_unread(why);
            }
            _ => {}
        }
        policies
    }

    /// What the configuration says of a principal that it declares.
    fn add_declared(&self, address: &str, policies: &mut Policies) {
        let Some(set) = self.sets.all.get(address) else {
            return;
        };
        policies.identity = Policy::merged([&policies.identity, &set.policy]);
        for arn in &set.attached {
            let why = format!("the content of `{arn}`, which is attached, is not known here");
            policies.identity = std::mem::take(&mut policies.identity).with_unread(why);
        }
        if let Some(limit) = set.limits.first() {
            let known = self.sets.all.get(limit).map(|set| set.policy.clone());
            let why = format!("the content of the boundary `{limit}` is not known here");
            policies.boundary = Some(known.unwrap_or_else(|| Policy::default().with_unread(why)));
        }
    }

    /// The policies of the resource. Whose policy one is, is known for resources of the configuration; of
    /// others, one that may speak of the request may be theirs.
    pub(crate) fn of_resource(&self, request: &Request) -> Policy {
        let addresses: Vec<String> = symbols(&request.resource).map(|symbol| address_of(symbol)).collect();
        if !addresses.is_empty() {
            let belong = addresses.iter().filter_map(|address| self.of_resources.get(address.as_str()));
            let sets: BTreeMap<&str, &Set> = belong.flatten().map(|(name, set)| (*name, *set)).collect();
            return Policy::merged(sets.values().map(|set| &set.policy));
        }
        let speaks = |set: &&&Set| {
            let said = set.policy.says(request);
            said.denied != Answer::No || said.allowed.any() != Answer::No
        };
        let service = request.action.split(':').next().unwrap_or_default().to_ascii_lowercase();
        let near = [Some(service), None].into_iter().filter_map(|service| self.of_services.get(&service));
        match near.flatten().find(speaks) {
            Some(_) => Policy::default().with_unread(
                "whose policies speak of the resource is found by its address, such as `aws_sqs_queue.jobs`",
            ),
            None => Policy::default(),
        }
    }
}

impl Policy {
    /// The services of the actions that its statements speak of; nothing for one that may be any.
    fn services(&self) -> BTreeSet<Option<String>> {
        let statements = self.allow.iter().chain(&self.deny);
        let mut services: BTreeSet<_> =
            statements.flat_map(|statement| statement.action.services()).collect();
        if !self.unread.is_empty() {
            services.insert(None);
        }
        services
    }
}

impl Selection {
    fn services(&self) -> BTreeSet<Option<String>> {
        match self {
            Selection::Only(globs) => globs.iter().map(Glob::service).collect(),
            Selection::Everything | Selection::AllBut(_) | Selection::Unread(_) => BTreeSet::from([None]),
        }
    }
}

/// The address of the resource that a reference is an attribute of.
fn address_of(symbol: &Symbol) -> String {
    match symbol {
        Symbol::Reference(name) => {
            name.rsplit_once('.').map_or(name.clone(), |(address, _)| address.to_owned())
        }
        other => other.written(),
    }
}
