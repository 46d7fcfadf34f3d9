//! What an expression may refer to.

use std::collections::BTreeMap;

use crate::node::{Node, Value};
use crate::terraform::{Block, Kind};

/// The declarations of a configuration by name.
pub(super) struct Scope<'b> {
    locals: BTreeMap<&'b str, &'b Node>,
    defaults: BTreeMap<&'b str, &'b Node>,
    documents: BTreeMap<&'b str, &'b Block>,
    resources: BTreeMap<(&'b str, &'b str), &'b Node>,
}

impl<'b> Scope<'b> {
    pub(super) fn of(blocks: &'b [Block]) -> Scope<'b> {
        let mut scope = Scope {
            locals: BTreeMap::new(),
            defaults: BTreeMap::new(),
            documents: BTreeMap::new(),
            resources: BTreeMap::new(),
        };
        for block in blocks {
            let name = block.name();
            match block.kind {
                Kind::Local => {
                    scope.locals.insert(name, &block.written);
                }
                Kind::Variable => {
                    let default = block.written.member("default");
                    let default = default.map(|member| &member.value);
                    // A null default says "not given"; what will be given is unknown.
                    if let Some(default) = default.filter(|node| !matches!(node.value, Value::Null)) {
                        scope.defaults.insert(name, default);
                    }
                }
                Kind::Data if block.type_name() == "aws_iam_policy_document" => {
                    scope.documents.insert(name, block);
                }
                Kind::Resource => {
                    scope.resources.insert((block.type_name(), name), &block.written);
                }
                _ => {}
            }
        }
        scope
    }

    pub(super) fn local(&self, name: &str) -> Option<&'b Node> {
        self.locals.get(name).copied()
    }

    pub(super) fn default(&self, variable: &str) -> Option<&'b Node> {
        self.defaults.get(variable).copied()
    }

    pub(super) fn document(&self, name: &str) -> Option<&'b Block> {
        self.documents.get(name).copied()
    }

    /// An argument of a resource as it is written: the value the attribute of that name will have.
    pub(super) fn argument(&self, type_name: &str, name: &str, argument: &str) -> Option<&'b Node> {
        let body = self.resources.get(&(type_name, name))?;
        body.member(argument).map(|member| &member.value)
    }
}
