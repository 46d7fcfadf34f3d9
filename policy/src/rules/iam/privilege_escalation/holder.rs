//! A principal whose policies are put together, and which steps are open to it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::ways::{self, Step, Way};
use crate::access::{self, Deed, Key, NewAccess, Request, Thing, Word, word};
use crate::iam::{Entries, Identity, Policy, Statement, catalogue, pattern};
use crate::known::Known;
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
pub(super) struct Open {
    pub(super) step: Step,
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
}

/// Something that an identity itself is or has.
enum Own<'s> {
    Declared(&'s str),
    Named(&'s str),
}

impl<'s> Holder<'s> {
    pub(super) fn of(identity: &'s Identity, blocks: &'s BTreeMap<String, &'s Block>) -> Holder<'s> {
        let boundary = (!identity.boundaries.is_empty()).then(|| merged(identity.boundaries.iter()));
        let grants = merged(all(identity));
        let mentioned =
            ACTIONS.iter().filter(|(_, word)| grants.mentions(word)).map(|(name, _)| *name).collect();
        let policies = access::Policies { identity: grants, boundary, ..access::Policies::default() };
        Holder { identity, policies, mentioned, blocks }
    }

    /// Whether there is nothing more to have: a statement allows everything, and nothing limits.
    pub(super) fn has_everything(&self) -> bool {
        let mut statements = all(self.identity).flat_map(|policy| &policy.statements);
        self.policies.boundary.is_none() && statements.any(allows_everything)
    }

    /// Whether its policies speak of every action of a way.
    pub(super) fn is_near(&self, way: &Way) -> bool {
        way.steps.iter().all(|step| self.mentioned.contains(step.action()))
    }

    /// Whether a step is open.
    pub(super) fn takes(&self, step: Step) -> Option<Open> {
        let request = match step {
            Step::Pass(service) => {
                let key = ("iam:PassedToService", Key::of(service));
                self.may(step, Thing::Unnamed(form(step, "role")?), &[key])
            }
            Step::Do(_) => self.may(step, Thing::Any, &[]),
            Step::To(_, kind) => self.may(step, Thing::Unnamed(form(step, kind)?), &[]),
            Step::Own(_, kind) => self.may_change(step, kind),
        }?;
        let Identity { grants, prescribed, inherited, .. } = self.identity;
        let mut origins =
            [(grants, By::Author), (prescribed, By::Service), (inherited, By::Group)].into_iter();
        origins.find_map(|(policies, by)| Some(Open { step, span: place(policies, step, &request)?, by }))
    }

    /// Whether it may change permissions: those of whom its policies do not name, or its own.
    fn may_change(&self, step: Step, kind: &str) -> Option<Request> {
        let form = form(step, kind)?;
        // A request for somebody without a boundary, to attach a policy that allows everything.
        let keys = [("iam:PermissionsBoundary", Key::Absent), ("iam:PolicyARN", Key::of(EVERYTHING))];
        let own = self.own(kind).into_iter().map(|own| match own {
            Own::Declared(address) => Thing::Declared(address),
            Own::Named(name) => Thing::Named(form, name),
        });
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
        let type_name = format!("aws_iam_{kind}.");
        let Identity { address, groups, declared, .. } = self.identity;
        let all = std::iter::once(address).chain(groups).chain(declared);
        all.flat_map(|address| match address.split_once(&type_name) {
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
        })
        .collect()
    }
}

/// The policies that grant, whoever wrote them.
fn all(identity: &Identity) -> impl Iterator<Item = &Policy> {
    identity.grants.iter().chain(&identity.prescribed).chain(&identity.inherited)
}

fn merged<'p>(policies: impl Iterator<Item = &'p Policy>) -> access::Policy {
    let policies: Vec<access::Policy> = policies.map(access::Policy::of).collect();
    access::Policy::merged(&policies)
}

/// The entry of the statement that allows a request.
fn place(policies: &[Policy], step: Step, request: &Request) -> Option<Span> {
    policies.iter().find_map(|policy| {
        let mut allowing = policy.statements.iter().filter(|statement| statement.allows());
        let statement = allowing.find(|statement| {
            let alone = Policy { statements: vec![(*statement).clone()], ..policy.clone() };
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

fn allows_everything(statement: &Statement) -> bool {
    let all = |entries: &Known<Entries>| {
        let mut texts = entries.known().into_iter().flat_map(|entries| &entries.texts);
        texts.any(|text| matches!(text.literal(), Some("*" | "*:*")))
    };
    statement.allows() && statement.is_unconditional() && all(&statement.action) && all(&statement.resource)
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
