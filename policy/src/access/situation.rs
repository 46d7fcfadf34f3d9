//! Which policies of a configuration count for a request.

use super::answer::Answer;
use super::authorize::Policies;
use super::caller::Caller;
use super::glob::{Symbol, symbols};
use super::policy::Policy;
use super::request::Request;
use super::sets::{Set, Sets};
use crate::iam::PolicyKind;

impl Sets {
    /// Whether the resource that a reference is an attribute of is in the configuration.
    #[must_use]
    pub fn declares(&self, symbol: &Symbol) -> bool {
        self.declared.contains(&address_of(symbol))
    }

    /// The policies that count for a request, as far as they are in the configuration.
    #[must_use]
    pub fn policies(&self, request: &Request) -> Policies {
        let mut policies = Policies::default();
        if let Some(later) = self.unread.first() {
            policies.identity = policies.identity.with_unread(later.why.as_str());
        }
        match &request.caller {
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
        policies.resource = self.of_resource(request);
        policies
    }

    /// What the configuration says of a principal that it declares.
    fn add_declared(&self, address: &str, policies: &mut Policies) {
        let Some(set) = self.all.get(address) else {
            return;
        };
        policies.identity = Policy::merged([&policies.identity, &set.policy]);
        for arn in &set.attached {
            let why = format!("the content of `{arn}`, which is attached, is not known here");
            policies.identity = std::mem::take(&mut policies.identity).with_unread(why);
        }
        if let Some(limit) = set.limits.first() {
            let known = self.all.get(limit).map(|set| set.policy.clone());
            let why = format!("the content of the boundary `{limit}` is not known here");
            policies.boundary = Some(known.unwrap_or_else(|| Policy::default().with_unread(why)));
        }
    }

    /// The policies of the resource. Whose policy one is, is known for resources of the configuration; of
    /// others, one that may speak of the request may be theirs.
    fn of_resource(&self, request: &Request) -> Policy {
        let addresses: Vec<String> = symbols(&request.resource).map(|symbol| address_of(symbol)).collect();
        let is_policy = |set: &&Set| matches!(set.kind, PolicyKind::Resource | PolicyKind::Trust);
        if !addresses.is_empty() {
            let belongs = |(name, set): &(&String, &Set)| {
                let own = name.trim_end_matches(" (trust)");
                addresses.iter().any(|address| own == address || set.about.contains(address))
            };
            let sets = self.all.iter().filter(|(_, set)| is_policy(set)).filter(belongs);
            return Policy::merged(sets.map(|(_, set)| &set.policy));
        }
        let speaks = |set: &&Set| {
            let said = set.policy.says(request);
            said.denied != Answer::No || said.allowed.any() != Answer::No
        };
        match self.all.values().filter(is_policy).find(speaks) {
            Some(_) => Policy::default().with_unread(
                "whose policies speak of the resource is found by its address, such as `aws_sqs_queue.jobs`",
            ),
            None => Policy::default(),
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
