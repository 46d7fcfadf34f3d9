//! Needs as they are derived, consumer after consumer.

use std::collections::BTreeSet;

use super::consumers::{Acts, Consumer, Grant, Row};
use super::encoded::decoded;
use super::index::Index;
use super::kind::Kind;
use super::principal::{Certainty, Need, Needs, Open, Principal, Resource, Rest};
use super::thing::{Part, Thing};
use crate::known::Later;
use crate::node::{Node, Value};
use crate::source::Span;
use crate::terraform::{Block, ModulePath, blocks_in, values_in};

/// What was derived so far.
#[derive(Debug)]
pub(super) struct Derivation<'b> {
    pub(super) index: Index<'b>,
    pub(super) needs: Needs,
    /// The places where consumers name their principals.
    pub(super) understood: BTreeSet<Span>,
}

/// One use of principals by a block, and what of it is read.
pub(super) struct Use<'d, 'b> {
    pub(super) derivation: &'d mut Derivation<'b>,
    /// The block that uses them.
    pub(super) block: &'b Block,
    /// The block in it that names them, or itself.
    pub(super) body: &'d Node,
    /// Who is meant, by address.
    pub(super) principals: Vec<String>,
    /// Where it names them.
    pub(super) named_at: Span,
    /// What uses them, for a reader.
    pub(super) who: String,
}

/// A need that is being put together.
pub(super) struct Needing<'n> {
    pub(super) actions: &'n [&'n str],
    pub(super) resource: Resource,
    pub(super) certainty: Certainty,
    /// The condition keys of the requests.
    pub(super) context: &'n [(&'n str, &'n str)],
    /// What is done with what.
    pub(super) doing: String,
    pub(super) span: Span,
}

impl<'b> Derivation<'b> {
    pub(super) fn new(index: Index<'b>) -> Derivation<'b> {
        Derivation { index, needs: Needs::default(), understood: BTreeSet::new() }
    }

    /// Reads what a block does with the principals that it names.
    pub(super) fn consume(&mut self, consumer: &Consumer, block: &'b Block) {
        let bodies = consumer.within.iter().fold(vec![block.body.clone()], |bodies, name| {
            bodies.iter().flat_map(|body| blocks_in(body, name)).map(opened).collect()
        });
        for body in &bodies {
            let Some(member) = body.member(consumer.role) else { continue };
            let principals = self.principals(&member.value, &block.module, named_by(consumer.role));
            if principals.is_empty() {
                continue;
            }
            self.understood.extend(values_in(&member.value, &[]).iter().map(|node| node.span));
            let is_here = block.written.span.contains(member.value.span);
            let named_at = if is_here { member.value.span } else { member.key.span };
            for principal in &principals {
                self.act(principal, consumer, block, named_at);
            }
            let who = format!("`{}`", block.address());
            let mut used = Use { derivation: self, block, body, principals, named_at, who };
            for row in consumer.needs {
                used.row(row);
            }
            (consumer.more)(&mut used);
        }
    }

    fn act(&mut self, principal: &str, consumer: &Consumer, block: &Block, span: Span) {
        let who = self.principal(principal);
        who.services.extend(consumer.service);
        if consumer.acts == Acts::Code {
            let why = format!("what the code of `{}` calls is not in the configuration", block.address());
            who.open.push(Open { span, why, rest: Rest::Calls });
        }
    }

    /// The principal of an address.
    pub(super) fn principal(&mut self, address: &str) -> &mut Principal {
        self.needs.principals.entry(address.to_owned()).or_default()
    }

    /// The addresses of the principals that a value names: of roles themselves, of those of instance profiles and of
    /// functions. One that is declared elsewhere has its ARN or expression.
    fn principals(&self, node: &Node, module: &ModulePath, kind: Kind) -> Vec<String> {
        let mut found = Vec::new();
        for value in values_in(node, &[]) {
            match self.index.thing(value, module, &[kind]) {
                Ok(Some(thing)) => match thing.block.and_then(acting) {
                    // Its role is a role: no function runs with a function.
                    Some((block, Some(role))) => found.extend(self.roles(role, &block.module)),
                    Some((_, None)) => {}
                    None => found.push(thing.called),
                },
                Ok(None) => {}
                Err(later) => found.push(format!("whoever {} says", place(value, &later))),
            }
        }
        found
    }

    /// The roles at an argument of what runs with a role.
    fn roles(&self, node: &Node, module: &ModulePath) -> Vec<String> {
        let roles = values_in(node, &[]).into_iter();
        let roles = roles.filter_map(|role| self.index.one(role, module, Kind::Role));
        roles.filter(|role| role.block.and_then(acting).is_none()).map(|role| role.called).collect()
    }
}

/// A nested block, or what the JSON in an argument says; what that is may be known only later, and names nobody then.
fn opened(node: &Node) -> Node {
    match &node.value {
        Value::Object(_) => node.clone(),
        _ => decoded(node).unwrap_or_else(|_| node.clone()),
    }
}

/// What an argument names that leads to a role.
fn named_by(argument: &str) -> Kind {
    match argument {
        "function_name" => Kind::Function,
        "task_definition" => Kind::TaskDefinition,
        _ => Kind::Role,
    }
}

/// What runs with a role of its own, and the role.
fn acting(block: &Block) -> Option<(&Block, Option<&Node>)> {
    let (_, argument) = ACTING.iter().find(|(type_name, _)| *type_name == block.type_name())?;
    Some((block, block.body.member(argument).map(|member| &member.value)))
}

/// Resource types that run with a role, and the argument that names it.
const ACTING: &[(&str, &str)] =
    &[("aws_ecs_task_definition", "task_role_arn"), ("aws_lambda_function", "role")];

fn place(node: &Node, later: &Later) -> String {
    match &node.value {
        Value::Reference(reference) => format!("`{reference}`"),
        _ => format!("an expression ({})", later.why),
    }
}

impl<'d, 'b> Use<'d, 'b> {
    /// The values at an argument of the body.
    pub(super) fn values(&self, path: &[&str]) -> Vec<&'d Node> {
        values_in(self.body, path)
    }

    /// Whether an argument of the body is a text.
    pub(super) fn says(&self, path: &[&str], text: &str) -> bool {
        self.values(path).iter().any(|node| match &node.value {
            Value::Bool(value) => text == if *value { "true" } else { "false" },
            _ => node.literal() == Some(text),
        })
    }

    /// What an argument names, and where; what cannot be told leaves the needs open.
    pub(super) fn things(&mut self, path: &[&str], kinds: &[Kind]) -> Vec<(Thing<'b>, Span)> {
        let mut found = Vec::new();
        for node in self.values(path) {
            match self.derivation.index.thing(node, &self.block.module, kinds) {
                Ok(Some(thing)) => found.push((thing, node.span)),
                Ok(None) => {}
                Err(later) => self.open(&later),
            }
        }
        found
    }

    /// Reads one row of a consumer.
    fn row(&mut self, row: &Row) {
        let kinds: BTreeSet<Kind> = row.grants.iter().map(|grant| grant.kind).collect();
        let kinds: Vec<Kind> = kinds.into_iter().collect();
        for (thing, span) in self.things(row.at, &kinds) {
            self.granted(&thing, row.grants, row.doing, span);
        }
    }

    /// Needs what a table says of a thing's kind. A kind that is not in it is reached by the policy of the resource.
    pub(super) fn granted(&mut self, thing: &Thing<'b>, grants: &[Grant], doing: &str, span: Span) {
        if thing.kind.is_none() {
            self.open(&Later {
                span,
                why: format!("what kind of resource `{}` is, is not known", thing.called),
            });
        }
        for grant in grants.iter().filter(|grant| Some(grant.kind) == thing.kind) {
            self.needs(grant.actions, thing, grant.part, doing, span);
        }
    }

    /// Needs actions on a thing, and what encrypts it.
    pub(super) fn needs(&mut self, actions: &[&str], thing: &Thing<'b>, part: Part, doing: &str, span: Span) {
        let doing = format!("{doing} `{}`", thing.called);
        self.put(Needing {
            actions,
            resource: thing.part(part),
            certainty: Certainty::Needed,
            context: &[],
            doing: doing.clone(),
            span,
        });
        self.decrypt(actions, thing, &doing, span);
    }

    /// Needs actions that have no resource level.
    pub(super) fn needs_everywhere(&mut self, actions: &[&str], doing: &str, span: Span) {
        self.put(Needing {
            actions,
            resource: Resource::Every,
            certainty: Certainty::Needed,
            context: &[],
            doing: doing.to_owned(),
            span,
        });
    }

    /// May need actions on something of a kind.
    pub(super) fn may_need(&mut self, actions: &[&str], kind: Kind, doing: &str, span: Span) {
        self.put(Needing {
            actions,
            resource: Resource::Some(kind),
            certainty: Certainty::Plausible,
            context: &[],
            doing: doing.to_owned(),
            span,
        });
    }

    /// Adds a need of every principal that is meant.
    pub(super) fn put(&mut self, needing: Needing<'_>) {
        // A value that is written at another block was only referred to here.
        let is_here = self.block.written.span.contains(needing.span);
        let span = if is_here { needing.span } else { self.named_at };
        for principal in self.principals.clone() {
            let need = Need {
                actions: needing.actions.iter().map(|action| (*action).to_owned()).collect(),
                resource: needing.resource.clone(),
                context: needing
                    .context
                    .iter()
                    .map(|(key, value)| ((*key).into(), (*value).into()))
                    .collect(),
                certainty: needing.certainty,
                because: format!("{} {}", self.who, needing.doing),
                by: self.block.address(),
                span,
            };
            self.derivation.principal(&principal).needs.push(need);
        }
    }

    /// Says that there may be more.
    pub(super) fn open(&mut self, later: &Later) {
        let why = format!("{}: {}", self.who, later.why);
        let open = Open { span: later.span, why, rest: Rest::Unsaid };
        for principal in self.principals.clone() {
            self.derivation.principal(&principal).open.push(open.clone());
        }
    }
}
