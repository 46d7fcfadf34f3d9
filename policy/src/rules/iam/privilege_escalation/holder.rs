//! A principal whose policies are put together, and which steps are open to it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use super::administrator::Administrator;
use super::ways::{self, Step, Way};
use crate::access::{self, Deed, Key, NewAccess, Request, Thing, Word, word};
use crate::iam::{Entries, Identity, Policy, Statement, catalogue, pattern};
use crate::source::Span;
use crate::terraform::Block;

/// The policy that whoever may attach policies would attach.
const EVERYTHING: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

/// The actions of all ways, each with the word that patterns match.
static ACTIONS: LazyLock<BTreeMap<&'static str, Word>> = LazyLock::new(|| {
    let actions = ways::all().flat_map(|way| way.steps).map(|step| step.action());
    actions.map(|action| (action, word(action))).collect()
});

/// A step that is open, and where that is said.
#[derive(Clone, Copy)]
pub(super) struct Open<'s> {
    pub(super) step: Step,
    /// The administrator that is passed, where it is one that the policies name.
    pub(super) passed: Option<&'s str>,
    pub(super) span: Span,
    pub(super) by: By,
}

/// By whose policies a step is open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// Those of its author.
    Author,
    /// Those that AWS prescribes for a service.
    Service,
    /// Those of a group, of which they are reported.
    Group,
}

/// An identity whose policies are put together.
pub(super) struct Holder<'s> {
    pub(super) identity: &'s Identity,
    policies: access::Policies,
    /// The actions of ways that its policies speak of: most speak of few.
    mentioned: BTreeSet<&'static str>,
    blocks: &'s BTreeMap<String, &'s Block>,
    administrators: &'s [Administrator<'s>],
}

/// Something that an identity itself is or has.
enum Own<'s> {
    Declared(&'s str),
    Named(&'s str),
}

impl<'s> Own<'s> {
    fn thing(self, form: &'static str) -> Thing<'s> {
        match self {
            Own::Declared(address) => Thing::Declared(address),
            Own::Named(name) => Thing::Named(form, name),
        }
    }
}

impl<'s> Holder<'s> {
    pub(super) fn of(
        identity: &'s Identity,
        blocks: &'s BTreeMap<String, &'s Block>,
        administrators: &'s [Administrator<'s>],
    ) -> Holder<'s> {
        let boundary = (!identity.boundaries.is_empty()).then(|| merged(identity.boundaries.iter()));
        let grants = merged(all(identity));
        let mentioned =
            ACTIONS.iter().filter(|(_, word)| grants.mentions(word)).map(|(name, _)| *name).collect();
        let policies = access::Policies { identity: grants, boundary, ..access::Policies::default() };
        Holder { identity, policies, mentioned, blocks, administrators }
    }

    /// Whether its policies speak of every action of a way.
    pub(super) fn is_near(&self, way: &Way) -> bool {
        way.steps.iter().all(|step| self.mentioned.contains(step.action()))
    }

    /// Whether a step is open.
    pub(super) fn takes(&self, step: Step) -> Option<Open<'s>> {
        let (request, passed) = match step {
            Step::Pass(service) => self.may_pass(step, service)?,
            Step::Do(_) => (self.may(step, Thing::Any, &[])?, None),
            Step::To(_, kind) => (self.may(step, Thing::Unnamed(form(step, kind)?), &[])?, None),
            Step::Own(_, kind) => (self.may_change(step, kind)?, None),
        };
        let Identity { grants, prescribed, inherited, .. } = self.identity;
        let mut origins =
            [(grants, By::Author), (prescribed, By::Service), (inherited, By::Group)].into_iter();
        origins.find_map(|(policies, by)| {
            Some(Open { step, passed, span: place(policies, step, &request)?, by })
        })
    }

    /// Whether it may pass a role to a service: one that its policies do not name, or a named one that may do everything.
    fn may_pass(&self, step: Step, service: &str) -> Option<(Request, Option<&'s str>)> {
        let form = form(step, "role")?;
        let keys = [("iam:PassedToService", Key::of(service))];
        if let Some(request) = self.may(step, Thing::Unnamed(form), &keys) {
            return Some((request, None));
        }
        let trusting = self.administrators.iter().filter(|administrator| administrator.trusts(service));
        let mut named = trusting.map(|administrator| administrator.address).filter_map(|address| {
            let mut things = self.things("role", address).into_iter();
            let request = things.find_map(|own| self.may(step, own.thing(form), &keys))?;
            Some((request, Some(address)))
        });
        named.next()
    }

    /// Whether it may change permissions: those of whom its policies do not name, or its own.
    fn may_change(&self, step: Step, kind: &str) -> Option<Request> {
        let form = form(step, kind)?;
        // A request for somebody without a boundary, to attach a policy that allows everything.
        let keys = [("iam:PermissionsBoundary", Key::Absent), ("iam:PolicyARN", Key::of(EVERYTHING))];
        let own = self.own(kind).into_iter().map(|own| own.thing(form));
        std::iter::once(Thing::Unnamed(form)).chain(own).find_map(|thing| self.may(step, thing, &keys))
    }

    fn may(&self, step: Step, thing: Thing, keys: &[(&str, Key)]) -> Option<Request> {
        let deed = Deed { action: step.action(), thing, keys };
        match access::may(&self.policies, &deed) {
            NewAccess::Found(request) => Some(*request),
            // What is known only later is reported where it is read.
            NewAccess::None | NewAccess::Undecided(_) => None,
        }
    }

    /// What it is or has of a kind of resource.
    fn own(&self, kind: &str) -> Vec<Own<'s>> {
        let Identity { address, groups, declared, .. } = self.identity;
        let all = std::iter::once(address).chain(groups).chain(declared);
        all.flat_map(|address| self.things(kind, address)).collect()
    }

    /// How policies name what has an address, if it is of a kind of resource.
    fn things(&self, kind: &str, address: &'s str) -> Vec<Own<'s>> {
        match address.split_once(&format!("aws_iam_{kind}.")) {
            Some((module, _)) => {
                let block = self.blocks.get(address);
                let name = block.and_then(|block| block.body.member("name")?.value.literal());
                // Within a module nobody writes where the module is.
                let local = address.get(module.len()..).map(Own::Declared);
                local.into_iter().chain(name.map(Own::Named)).collect()
            }
            // One that is declared elsewhere is told by its name.
            None => {
                let name =
                    address.split_once(' ').filter(|(own, _)| *own == kind).map(|(_, name)| Own::Named(name));
                name.into_iter().collect::<Vec<_>>()
            }
        }
    }
}

/// The policies that grant, whoever wrote them.
fn all(identity: &Identity) -> impl Iterator<Item = &Arc<Policy>> {
    identity.grants.iter().chain(&identity.prescribed).chain(&identity.inherited)
}

fn merged<'p>(policies: impl Iterator<Item = &'p Arc<Policy>>) -> access::Policy {
    let policies: Vec<access::Policy> = policies.map(|policy| access::Policy::of(policy)).collect();
    access::Policy::merged(&policies)
}

/// The entry of the statement that allows a request.
fn place(policies: &[Arc<Policy>], step: Step, request: &Request) -> Option<Span> {
    policies.iter().find_map(|policy| {
        let mut allowing = policy.statements.iter().filter(|statement| statement.allows());
        let statement = allowing.find(|statement| {
            let alone = Policy { statements: vec![(*statement).clone()], ..Policy::clone(policy) };
            access::Policy::of(&alone).allows(request) == access::Answer::Yes
        })?;
        Some(entry(statement, step.action()))
    })
}

/// Where a statement has an action.
fn entry(statement: &Statement, action: &str) -> Span {
    let named = statement.actions().find(|text| pattern::matches(text.as_str(), action));
    let negated = || statement.not_action.known().map(|Entries { span, .. }| *span);
    named.map(|text| text.span()).or_else(negated).unwrap_or(statement.span)
}

/// The form of the ARNs of a resource type of the action's service.
fn form(step: Step, kind: &str) -> Option<&'static str> {
    // An instance is one of EC2 whoever talks to it.
    let service = if kind == "instance" { "ec2" } else { step.action().split(':').next()? };
    catalogue::service(service)?.resource_type(kind).map(|found| found.arn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_an_action_on_a_resource_type_that_exists() {
        for step in ways::all().flat_map(|way| way.steps) {
            let known = catalogue::service(step.action().split(':').next().unwrap())
                .and_then(|service| service.action(step.action().split(':').nth(1).unwrap()));
            assert!(known.is_some(), "{step:?}");
            if let Step::To(_, kind) | Step::Own(_, kind) = step {
                assert!(form(*step, kind).is_some(), "{step:?}");
            }
        }
    }
}
