//! Judges one body: which arguments and blocks stand in it, how often, and what is missing.

use crate::blocks;
use crate::check::Checker;
use crate::context::Context;
use crate::dynamic::repeatable;
use crate::expression::is_template;
use crate::finding::Rule;
use crate::grammar::{self, Grammar, Nested};
use crate::json::{Member, Node, Value};
use crate::schema::{Block, Found, Nesting, Shape};
use crate::seen::Seen;
use crate::suggest;
use crate::types::Type;

/// What may stand in a body beside Terraform's own arguments.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rest<'a> {
    /// Nothing.
    Nothing,
    /// What a schema says.
    Schema(Shape<'a>),
    /// What an object type says, all of it optional.
    Partial(Shape<'a>),
    /// More of Terraform's own.
    Own(&'static Grammar),
    /// Values that nobody describes: of a provider without schema, or of a module that is not at hand.
    Values,
    /// The variables of the module that the block calls.
    Inputs,
    /// JSON that is not evaluated.
    Literals,
}

impl<'a> Checker<'a> {
    pub(crate) fn body(
        &mut self,
        body: &'a Node<'a>,
        own: &'static Grammar,
        rest: Rest<'a>,
        context: &mut Context<'a>,
    ) {
        blocks::check_body(body, &mut self.findings);
        let mut seen = Seen::default();
        for member in blocks::properties(body) {
            self.member(member, own, rest, &mut seen, context);
        }
        self.missing(body, own, &seen);
        match rest {
            Rest::Own(more) => self.missing(body, more, &seen),
            Rest::Schema(shape) => self.missing_of(body, shape, &seen),
            Rest::Inputs => self.missing_inputs(body, &seen, context),
            _ => {}
        }
    }

    fn member(
        &mut self,
        member: &'a Member<'a>,
        own: &'static Grammar,
        rest: Rest<'a>,
        seen: &mut Seen<'a>,
        context: &mut Context<'a>,
    ) {
        let name: &'a str = &member.key;
        if self.own_member(member, own, seen, context) {
            return;
        }
        match rest {
            Rest::Own(more) if self.own_member(member, more, seen, context) => {}
            Rest::Schema(shape) | Rest::Partial(shape) => match shape.find(name) {
                Some(Found::Attribute(attribute)) => {
                    if !self.once(member, seen) || matches!(member.value.value, Value::Null) {
                        return;
                    }
                    if !attribute.settable() {
                        let message = format!("`{name}` is decided by the provider");
                        let help = "take it out; other blocks can refer to it".to_owned();
                        self.report(member.start, Rule::ReadOnlyArgument, message, Some(help));
                    }
                    if attribute.sensitive() || attribute.write_only() {
                        self.secrets(&member.value);
                    }
                    self.fits(&member.value, Type::Schema(attribute.of), attribute.write_only(), context);
                }
                Some(Found::Block(block)) => self.schema_block(member, block, seen, context),
                None if name == "dynamic" => self.dynamic(member, shape, seen, context),
                None => {
                    let attributes = shape.attributes().filter(|attribute| attribute.settable());
                    let names = attributes.map(|attribute| attribute.name);
                    let names = names.chain(shape.blocks().map(|block| block.name)).chain(own.names());
                    self.unknown(member, suggest::help(name, names));
                }
            },
            Rest::Values if name != "//" && name != "dynamic" => {
                if self.once(member, seen) {
                    self.value(&member.value, context);
                }
            }
            Rest::Inputs => self.input(member, seen, context),
            Rest::Values | Rest::Literals => {}
            Rest::Nothing => self.unknown(member, suggest::help(name, own.names())),
            Rest::Own(more) => {
                self.unknown(member, suggest::help(name, own.names().chain(more.names())));
            }
        }
    }

    /// Notes the literals of a sensitive argument.
    fn secrets(&mut self, node: &Node<'a>) {
        match &node.value {
            Value::Text(text) if !text.is_empty() && !is_template(text) => {
                self.findings.secrets.push(node.start);
            }
            Value::List(nodes) => nodes.iter().for_each(|node| self.secrets(node)),
            Value::Object(members) => members.iter().for_each(|member| self.secrets(&member.value)),
            Value::Text(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Judges an argument or block of Terraform's own; says whether it is one.
    fn own_member(
        &mut self,
        member: &'a Member<'a>,
        own: &'static Grammar,
        seen: &mut Seen<'a>,
        context: &mut Context<'a>,
    ) -> bool {
        if let Some((_, argument)) = own.argument(&member.key) {
            if self.once(member, seen) {
                self.argument(argument, &member.value, context);
            }
            return true;
        }
        let Some((_, block)) = own.block(&member.key) else { return false };
        let mut found = Vec::new();
        let mut each = |labels: &[blocks::Label<'a>], body: &'a Node<'a>, _: &mut _| {
            found.push((labels.first().copied(), body));
        };
        let mut labels = Vec::new();
        blocks::labelled(&member.value, block.labels, &mut labels, &mut self.findings, &mut each);
        for (label, body) in found {
            self.own_block(block, label, body, context);
            self.count(member, block.name, 1, block.most, seen);
        }
        true
    }

    fn own_block(
        &mut self,
        block: &'static Nested,
        label: Option<blocks::Label<'a>>,
        body: &'a Node<'a>,
        context: &mut Context<'a>,
    ) {
        let before = context.has_self;
        context.has_self |= matches!(block.name, "connection" | "provisioner" | "postcondition");
        match (block.name, label) {
            // Declared with the others, and judged there.
            ("data", _) => {}
            ("provisioner", Some(label)) => match grammar::provisioner(label.text) {
                Some(more) => self.body(body, block.grammar, Rest::Own(more), context),
                None => {
                    let message = format!("Terraform has no provisioner `{}`", label.text);
                    let help = suggest::help(label.text, ["file", "local-exec", "remote-exec"].into_iter());
                    self.report(label.start, Rule::UnknownType, message, help);
                }
            },
            ("required_providers" | "backend" | "cloud" | "provider_meta", _) => {
                self.body(body, block.grammar, Rest::Literals, context);
            }
            _ => self.body(body, block.grammar, Rest::Nothing, context),
        }
        context.has_self = before;
    }

    fn schema_block(
        &mut self,
        member: &'a Member<'a>,
        block: Block<'a>,
        seen: &mut Seen<'a>,
        context: &mut Context<'a>,
    ) {
        blocks::check_bodies(&member.value, &mut self.findings);
        let mut written = 0;
        if block.nesting == Nesting::Map {
            let mut found = Vec::new();
            let mut each = |_: &[blocks::Label<'a>], body: &'a Node<'a>, _: &mut _| found.push(body);
            let mut labels = Vec::new();
            blocks::labelled(&member.value, &["key"], &mut labels, &mut self.findings, &mut each);
            for body in found {
                self.body(body, &grammar::EMPTY, Rest::Schema(block.shape), context);
                written += 1;
            }
        } else {
            for body in blocks::bodies(&member.value) {
                self.body(body, &grammar::EMPTY, Rest::Schema(block.shape), context);
                written += 1;
            }
        }
        self.count(member, block.name, written, most(block), seen);
    }

    fn dynamic(
        &mut self,
        member: &'a Member<'a>,
        shape: Shape<'a>,
        seen: &mut Seen<'a>,
        context: &mut Context<'a>,
    ) {
        let mut found = Vec::new();
        let mut each = |labels: &[blocks::Label<'a>], body: &'a Node<'a>, _: &mut _| {
            found.extend(labels.first().map(|label| (*label, body)));
        };
        let mut labels = Vec::new();
        blocks::labelled(&member.value, &["block type"], &mut labels, &mut self.findings, &mut each);
        for (label, body) in found {
            let Some(block) = repeatable(shape, label.text) else {
                let message = format!("there is no block `{}` here to repeat", label.text);
                let help = suggest::help(label.text, shape.blocks().map(|block| block.name));
                self.report(label.start, Rule::UnknownArgument, message, help);
                continue;
            };
            match self.dynamic_block(label, block, body, context) {
                Some(times) => self.count(member, block.name, times, block.most, seen),
                None => seen.any_number(block.name),
            }
        }
    }

    fn unknown(&mut self, member: &'a Member<'a>, help: Option<String>) {
        if member.key != "//" {
            let message = format!("there is no argument or block `{}` here", member.key);
            self.report(member.start, Rule::UnknownArgument, message, help);
        }
    }
}

/// How often a block may stand.
pub(crate) fn most(block: Block<'_>) -> Option<usize> {
    match (block.nesting, block.max) {
        (Nesting::Single, _) => Some(1),
        (_, 0) => None,
        (_, max) => Some(usize::from(max)),
    }
}
