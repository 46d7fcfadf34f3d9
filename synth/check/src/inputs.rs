//! Judges what is given to a module, and what is taken from it.

use std::rc::Rc;

use crate::blocks;
use crate::check::Checker;
use crate::context::Context;
use crate::expression::Step;
use crate::finding::Rule;
use crate::inferred::Inferred;
use crate::interface::{Input, Interface};
use crate::json::{Member, Node, Value};
use crate::module::{Declared, Repeats};
use crate::ports::Port;
use crate::seen::Seen;
use crate::suggest;
use crate::types::{Field, Type};

impl<'a> Checker<'a> {
    /// What is known of the module that a block calls.
    pub(crate) fn inside(&self, context: &Context<'a>) -> Option<Rc<Interface<'a>>> {
        self.inside.get(&context.index?).map(Rc::clone)
    }

    /// Judges an argument of a call that is none of Terraform's own.
    pub(crate) fn input(&mut self, member: &'a Member<'a>, seen: &mut Seen<'a>, context: &mut Context<'a>) {
        let name: &'a str = &member.key;
        let (Some(inside), Some(call)) = (self.inside(context), context.index) else { return };
        if name == "//" || !self.once(member, seen) {
            return;
        }
        context.owner = Some(self.ports.node(call, Port::Input(name)));
        match (inside.inputs.get(name), &inside.unread) {
            (Some(input), _) => self.given_input(&member.value, name, input, context),
            (None, Some(file)) => {
                let why =
                    format!("no variable `{name}` is declared; `{file}`, which was not read, may declare it");
                self.findings.doubt(member.start, why);
                self.value(&member.value, context);
            }
            (None, None) => {
                let message = format!("the module has no variable `{name}`");
                let help = suggest::help(name, inside.inputs.keys().copied());
                self.report(member.start, Rule::UnknownArgument, message, help);
                self.value(&member.value, context);
            }
        }
        context.owner = None;
    }

    fn given_input(&mut self, node: &'a Node<'a>, name: &str, input: &Input<'a>, context: &mut Context<'a>) {
        self.fits(node, input.of.clone(), input.takes_ephemeral, context);
        if matches!(node.value, Value::Null) && !input.takes_null && input.required {
            let message = format!("`{name}` cannot be null: its variable says `nullable = false`");
            self.report(node.start, Rule::WrongValue, message, None);
        }
    }

    /// Reports what a module needs and is not given.
    pub(crate) fn missing_inputs(&mut self, body: &'a Node<'a>, seen: &Seen<'a>, context: &Context<'a>) {
        let Some(inside) = self.inside(context) else { return };
        let required = inside.inputs.iter().filter(|(name, input)| input.required && !seen.has(name));
        for (name, _) in required {
            let message = format!("the module needs a value of its variable `{name}`");
            let help = Some(format!("set `{name}`"));
            self.report(body.start, Rule::MissingArgument, message, help);
        }
        let member = |name: &str| blocks::properties(body).find(|member| member.key == name);
        let given =
            |name: &str| member("providers").is_some_and(|given| given.value.property(name).is_some());
        for provider in inside.providers.iter().filter(|name| !given(name)) {
            let message = format!("the module needs a configuration of its provider `{provider}`");
            let help = Some(format!("write `\"{provider}\"` into `providers`"));
            self.report(body.start, Rule::MissingArgument, message, help);
        }
        let repeats = ["count", "for_each", "depends_on"].into_iter().find_map(member);
        if let (Some(provider), Some(member)) = (inside.configures, repeats) {
            let message = format!(
                "`{}` cannot stand here: the module configures the provider `{provider}` by itself",
                member.key
            );
            let help = Some("give it the configuration in `providers`".to_owned());
            self.report(member.start, Rule::ConflictingArguments, message, help);
        }
    }

    /// What is known of an output, or of all of them, and the steps that are left.
    pub(crate) fn output_of<'s>(
        &mut self,
        index: usize,
        declared: &Declared<'a>,
        steps: &'s [Step<'a>],
        context: &Context<'a>,
    ) -> (Inferred<'a>, &'s [Step<'a>]) {
        let unknown = (Inferred::from(Type::Any), [].as_slice());
        let Some(inside) = self.inside.get(&index).map(Rc::clone) else { return unknown };
        let [Step::Attribute(at, name), rest @ ..] = steps else {
            if inside.unread.is_some() || !steps.is_empty() {
                return unknown;
            }
            let field = |(name, output): (&&'a str, &crate::interface::Output<'a>)| Field {
                name: (*name).into(),
                of: output.value.of.clone(),
                optional: false,
            };
            let fields = inside.outputs.iter().map(field).collect();
            return (Type::Object(Rc::new(fields)).into(), steps);
        };
        match (inside.outputs.get(name), &inside.unread) {
            (Some(output), _) => (output.value.clone(), rest),
            (None, Some(file)) => {
                let what = declared.key.address();
                let why = format!(
                    "`{what}` declares no output `{name}`; `{file}`, which was not read, may declare it"
                );
                if self.silent == 0 {
                    self.findings.doubt(self.files.position(context.string, *at), why);
                }
                unknown
            }
            (None, None) => {
                if context.tolerant == 0 {
                    let message = format!("`{}` has no output `{name}`", declared.key.address());
                    let help = suggest::help(name, inside.outputs.keys().copied());
                    self.report_in(*at, Rule::UnknownAttribute, message, help, context);
                }
                unknown
            }
        }
    }

    /// Whom a reference to a module needs.
    pub(crate) fn port(&mut self, index: usize, declared: &Declared<'a>, steps: &[Step<'a>]) -> usize {
        if !self.inside.contains_key(&index) {
            return index;
        }
        let steps = match (declared.repeats, steps) {
            (Repeats::Count | Repeats::Each, [Step::Number(..) | Step::Key(..), rest @ ..]) => rest,
            _ => steps,
        };
        match steps {
            [Step::Attribute(_, name), ..] => self.ports.node(index, Port::Output(name)),
            _ => self.ports.node(index, Port::End),
        }
    }
}
