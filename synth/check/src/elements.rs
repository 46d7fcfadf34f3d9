//! Judges what is declared, one kind of block after the other.

use crate::blocks;
use crate::body::Rest;
use crate::check::{Checker, Edge};
use crate::constraint;
use crate::context::Context;
use crate::finding::Rule;
use crate::grammar::{self, Grammar};
use crate::inferred::{Inferred, Sensitive};
use crate::json::{Node, Value};
use crate::link::Part;
use crate::module::{Declared, Key, Repeats};
use crate::providers::local_name;
use crate::types::Type;

impl<'a> Checker<'a> {
    /// Judges every block.
    pub(crate) fn blocks(&mut self) {
        let module = self.module;
        for (index, declared) in module.declared.iter().enumerate() {
            self.block(index, declared);
        }
    }

    fn block(&mut self, index: usize, declared: &'a Declared<'a>) {
        let mut context = Context::new(index);
        let context = &mut context;
        let body = declared.body;
        match declared.key {
            Key::Resource(kind, _) => self.resource(kind, &grammar::RESOURCE, declared, context),
            Key::Data(kind, _) => self.resource(kind, &grammar::DATA, declared, context),
            Key::Ephemeral(kind, _) => {
                context.keeps = false;
                self.resource(kind, &grammar::EPHEMERAL, declared, context);
            }
            Key::Variable(name) => self.judge_variable(name, declared, context),
            Key::Local(_) => drop(self.value(body, context)),
            Key::Output(_) => self.output(body, context),
            Key::Module(_) => {
                // A module's inputs and outputs need each other only where its inside says so.
                context.owner = None;
                context.repeats = declared.repeats;
                self.exclusive(body);
                self.reserved(body, &["locals", "lifecycle", "provider"]);
                let rest = if self.inside.contains_key(&index) { Rest::Inputs } else { Rest::Values };
                self.body(body, &grammar::MODULE, rest, context);
            }
            Key::Provider(..) => {
                context.keeps = false;
                self.reserved(body, &["count", "for_each", "depends_on", "source", "lifecycle", "locals"]);
                self.body(
                    body,
                    &grammar::PROVIDER,
                    declared.shape.map_or(Rest::Values, Rest::Schema),
                    context,
                );
            }
            Key::Check(_) => self.body(body, &grammar::CHECK, Rest::Nothing, context),
            Key::Unnamed(name, _) => {
                if name == "import" && self.part == Part::Called {
                    let message = "`import` stands in a root module, and this one is called".to_owned();
                    let help = Some("write it into the module that calls this one".to_owned());
                    self.report(declared.at, Rule::WrongStructure, message, help);
                }
                if let Some((_, block)) = grammar::ROOT.block(name) {
                    context.repeats = declared.repeats;
                    self.body(body, block.grammar, Rest::Nothing, context);
                }
            }
        }
    }

    fn resource(
        &mut self,
        kind: &'a str,
        own: &'static Grammar,
        declared: &'a Declared<'a>,
        context: &mut Context<'a>,
    ) {
        context.repeats = declared.repeats;
        context.this = declared.shape.map_or(Type::Any, Type::Body);
        if declared.repeats != Repeats::Once {
            self.exclusive(declared.body);
        }
        let written = blocks::properties(declared.body).find(|member| member.key == "provider");
        let written = written.and_then(|member| member.value.text());
        let alias = written.and_then(|text| text.split_once('.')).map_or("", |(_, alias)| alias);
        let provider = self.module.find(Key::Provider(local_name(kind, written), alias));
        if let (Some((to, _)), Some(from)) = (provider, context.owner) {
            self.edges.push(Edge { from, to, at: declared.at, index: 0 });
        }
        self.body(declared.body, own, declared.shape.map_or(Rest::Values, Rest::Schema), context);
    }

    fn exclusive(&mut self, body: &'a Node<'a>) {
        let member = |name: &str| blocks::properties(body).find(|member| member.key == name);
        if let (Some(_), Some(second)) = (member("count"), member("for_each")) {
            let message = "`count` and `for_each` exclude each other".to_owned();
            let help = "take one of them out".to_owned();
            self.report(second.start, Rule::ConflictingArguments, message, Some(help));
        }
    }

    fn reserved(&mut self, body: &'a Node<'a>, names: &[&str]) {
        for member in blocks::properties(body).filter(|member| names.contains(&member.key.as_ref())) {
            let message =
                format!("`{}` means nothing here, and Terraform keeps the name for itself", member.key);
            self.report(member.start, Rule::UnknownArgument, message, None);
        }
    }

    fn judge_variable(&mut self, name: &'a str, declared: &'a Declared<'a>, context: &mut Context<'a>) {
        // Names of a module call's own arguments ("Input Variables").
        let reserved =
            ["source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"];
        if reserved.contains(&name) {
            let message =
                format!("a variable cannot be called `{name}`: a module call has an argument of that name");
            self.report(declared.at, Rule::InvalidName, message, None);
        }
        self.body(declared.body, &grammar::VARIABLE, Rest::Nothing, context);
        let member = |name: &str| blocks::properties(declared.body).find(|member| member.key == name);
        let Some(default) = member("default") else { return };
        self.silent += 1;
        let of = member("type").map_or(Type::Any, |of| self.constraint(&of.value));
        self.silent -= 1;
        if let Some((byte, why)) = constraint::refusal(&default.value, &of) {
            self.report(byte, Rule::WrongType, why, None);
        }
        let never_null =
            member("nullable").is_some_and(|nullable| matches!(nullable.value.value, Value::Bool(false)));
        if never_null && matches!(default.value.value, Value::Null) {
            let message = "the default is null, and `nullable` is false".to_owned();
            self.report(default.value.start, Rule::WrongValue, message, None);
        }
    }

    fn output(&mut self, body: &'a Node<'a>, context: &mut Context<'a>) {
        self.body(body, &grammar::OUTPUT, Rest::Nothing, context);
        let Some(value) = blocks::properties(body).find(|member| member.key == "value") else { return };
        let marked = |name: &str| {
            let member = blocks::properties(body).find(|member| member.key == name);
            member
                .is_some_and(|m| matches!(m.value.value, Value::Bool(true)) || m.value.text() == Some("true"))
        };
        self.silent += 1;
        let inferred = self.value(&value.value, context);
        self.silent -= 1;
        let at = value.value.start;
        if inferred.ephemeral && !marked("ephemeral") {
            self.refuse_ephemeral(value.value.start, "this output");
        } else if self.part == Part::Root && !marked("sensitive") {
            match inferred.sensitive {
                Sensitive::Nothing => {}
                Sensitive::Perhaps => {
                    let why = "the value comes from one with a sensitive part, and the output is not marked";
                    self.findings.doubt(at, why.to_owned());
                }
                Sensitive::Part | Sensitive::Whole => {
                    let message = "the value is sensitive, and the output is not marked".to_owned();
                    let help = Some("write `\"sensitive\": true`".to_owned());
                    self.report(at, Rule::ExposedSecret, message, help);
                }
            }
        }
    }

    /// What is known of a variable's value.
    pub(crate) fn variable(&mut self, index: usize) -> Inferred<'a> {
        if let Some(known) = self.known.get(&index) {
            return known.clone().unwrap_or(Type::Any.into());
        }
        let module = self.module;
        let Some(declared) = module.declared.get(index) else { return Type::Any.into() };
        let mut inferred = Inferred::from(Type::Any);
        for member in blocks::properties(declared.body) {
            let yes = matches!(member.value.value, Value::Bool(true)) || member.value.text() == Some("true");
            match member.key.as_ref() {
                "sensitive" => inferred.hide(yes),
                "ephemeral" => inferred.ephemeral |= yes,
                "type" => {
                    self.silent += 1;
                    inferred.of = self.constraint(&member.value);
                    self.silent -= 1;
                }
                _ => {}
            }
        }
        self.known.insert(index, Some(inferred.clone()));
        inferred
    }

    /// What is known of a local's value; nothing while it is being found, as in a cycle.
    pub(crate) fn local(&mut self, index: usize) -> Inferred<'a> {
        if let Some(known) = self.known.get(&index) {
            return known.clone().unwrap_or(Type::Any.into());
        }
        let module = self.module;
        let Some(declared) = module.declared.get(index) else { return Type::Any.into() };
        self.known.insert(index, None);
        self.silent += 1;
        let mut context = Context::new(index);
        let inferred = self.value(declared.body, &mut context);
        self.silent -= 1;
        self.known.insert(index, Some(inferred.clone()));
        inferred
    }
}
