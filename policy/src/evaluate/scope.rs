//! What an expression may refer to: the declarations of its module.

use std::collections::BTreeMap;

use super::optional;
use crate::node::{Node, Value};
use crate::terraform::{Block, Kind, ModulePath};

/// The declarations of a configuration by module and name.
pub(super) struct Scope<'b> {
    modules: BTreeMap<&'b ModulePath, Declarations<'b>>,
    nothing: Declarations<'b>,
}

/// The declarations of one module.
#[derive(Default)]
pub(super) struct Declarations<'b> {
    locals: BTreeMap<&'b str, &'b Node>,
    defaults: BTreeMap<&'b str, &'b Node>,
    /// The types of variables with optional attributes.
    types: BTreeMap<&'b str, Node>,
    values: BTreeMap<&'b str, &'b Node>,
    documents: BTreeMap<&'b str, &'b Block>,
    resources: BTreeMap<(&'b str, &'b str), &'b Node>,
    calls: BTreeMap<&'b str, &'b Node>,
    outputs: BTreeMap<&'b str, &'b Node>,
}

impl<'b> Scope<'b> {
    /// Of blocks whose bodies are not computed yet.
    pub(super) fn of(blocks: &'b [Block]) -> Scope<'b> {
        let mut modules: BTreeMap<&ModulePath, Declarations> = BTreeMap::new();
        for block in blocks {
            modules.entry(&block.module).or_default().declare(block);
        }
        Scope { modules, nothing: Declarations::default() }
    }

    /// The declarations of a module.
    pub(super) fn module(&self, path: &ModulePath) -> &Declarations<'b> {
        self.modules.get(path).unwrap_or(&self.nothing)
    }
}

impl<'b> Declarations<'b> {
    fn declare(&mut self, block: &'b Block) {
        let name = block.name();
        match block.kind {
            Kind::Local => {
                self.locals.insert(name, &block.body);
            }
            Kind::Variable => {
                let kind = block.body.member("type").and_then(|kind| optional::read(&kind.value));
                self.types.extend(kind.map(|kind| (name, kind)));
                let default = block.body.member("default");
                let default = default.map(|member| &member.value);
                // A null default says "not given"; what will be given is unknown.
                if let Some(default) = default.filter(|node| !matches!(node.value, Value::Null)) {
                    self.defaults.insert(name, default);
                }
            }
            // Of several files of values the last one counts.
            Kind::Value => {
                self.values.insert(name, &block.body);
            }
            Kind::Data if block.type_name() == "aws_iam_policy_document" => {
                self.documents.insert(name, block);
            }
            Kind::Resource => {
                self.resources.insert((block.type_name(), name), &block.body);
            }
            Kind::Module => {
                self.calls.insert(name, &block.body);
            }
            Kind::Output => {
                if let Some(value) = block.body.member("value") {
                    self.outputs.insert(name, &value.value);
                }
            }
            _ => {}
        }
    }

    pub(super) fn local(&self, name: &str) -> Option<&'b Node> {
        self.locals.get(name).copied()
    }

    /// What is given to a variable of the root module, or else its default.
    pub(super) fn variable(&self, name: &str) -> Option<&'b Node> {
        self.values.get(name).or_else(|| self.defaults.get(name)).copied()
    }

    /// What is given to a variable, with the attributes that its type adds.
    pub(super) fn completed(&self, name: &str, value: Node) -> Node {
        match self.types.get(name) {
            Some(kind) => optional::completed(&value, kind),
            None => value,
        }
    }

    pub(super) fn document(&self, name: &str) -> Option<&'b Block> {
        self.documents.get(name).copied()
    }

    /// An argument of a resource as it is written: the value the attribute of that name will have.
    pub(super) fn argument(&self, type_name: &str, name: &str, argument: &str) -> Option<&'b Node> {
        self.resource(type_name, name)?.member(argument).map(|member| &member.value)
    }

    /// The body of a resource.
    pub(super) fn resource(&self, type_name: &str, name: &str) -> Option<&'b Node> {
        self.resources.get(&(type_name, name)).copied()
    }

    /// The body of a call of a module.
    pub(super) fn call(&self, name: &str) -> Option<&'b Node> {
        self.calls.get(name).copied()
    }

    /// What a call gives to a variable of the module it calls.
    pub(super) fn given(&self, call: &str, variable: &str) -> Option<&'b Node> {
        let member = self.call(call)?.member(variable)?;
        (!matches!(member.value.value, Value::Null)).then_some(&member.value)
    }

    pub(super) fn output(&self, name: &str) -> Option<&'b Node> {
        self.outputs.get(name).copied()
    }
}
