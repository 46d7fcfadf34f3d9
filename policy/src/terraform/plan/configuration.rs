//! The configuration that a plan carries: where values come from, and what has no planned value
//! (Terraform, "JSON Output Format": "Configuration Representation").

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::address::ModulePath;
use super::super::block::{Block, Kind};
use super::super::shown;
use super::origin::{Origin, written};
use crate::known::Later;
use crate::node::{Member, Node, Shared, Value};

/// The resources of a plan's configuration by module, mode, type and name.
pub(super) struct Configuration<'p> {
    resources: Option<BTreeMap<Key, &'p Node>>,
}

type Key = (Vec<String>, Kind, Box<[Arc<str>]>);

/// A resource is declared once for all instances of its module.
fn key(block: &Block) -> Key {
    (block.module.names().map(str::to_owned).collect(), block.kind, block.labels.clone())
}

impl<'p> Configuration<'p> {
    /// Reads the configuration; its variables, outputs, providers and calls are appended to `blocks`.
    pub(super) fn of(root: &'p Node, blocks: &mut Vec<Block>, unread: &mut Vec<Later>) -> Configuration<'p> {
        let Some(configuration) = shown::set(root, "configuration") else {
            return Configuration { resources: None };
        };
        for provider in shown::members(configuration, "provider_config", unread) {
            let name = shown::string(&provider.value, "name");
            let body = expressions(&provider.value);
            blocks.push(Block::new(Kind::Provider, &[name], provider.key.span, body));
        }
        let mut modules = Modules { resources: BTreeMap::new(), blocks, unread };
        if let Some(module) = shown::set(configuration, "root_module") {
            modules.read(module, &ModulePath::default());
        }
        Configuration { resources: Some(modules.resources) }
    }

    /// Where the values of a resource come from.
    pub(super) fn origin(&self, block: &Block) -> Origin<'p> {
        let Some(resources) = &self.resources else {
            return Origin::Unsaid;
        };
        let expressions = resources.get(&key(block)).and_then(|resource| shown::set(resource, "expressions"));
        expressions.map_or(Origin::Unsaid, Origin::Blocks)
    }

    /// The provisioners of a resource, as members of its body.
    pub(super) fn provisioners(&self, block: &Block) -> Vec<Member> {
        let resource = self.resources.as_ref().and_then(|resources| resources.get(&key(block)));
        let Some(Member { key, value: Node { value: Value::List(provisioners), .. } }) =
            resource.and_then(|resource| resource.member("provisioners"))
        else {
            return Vec::new();
        };
        let member = |provisioner: &Node| {
            let kind = provisioner.member("type")?.value.clone();
            let labelled = Member { key: kind, value: expressions(provisioner) };
            let value = Node::new(provisioner.span, Value::Object(vec![labelled].into()));
            Some(Member { key: Node::text(crate::text::Text::new("provisioner", key.span)), value })
        };
        provisioners.iter().filter_map(member).collect()
    }
}

/// The `expressions` of an object as a body.
fn expressions(node: &Node) -> Node {
    match shown::set(node, "expressions") {
        Some(expressions) => {
            let members = expressions.members().iter();
            let members =
                members.map(|member| Member { key: member.key.clone(), value: written(&member.value) });
            Node::new(expressions.span, Value::Object(members.collect()))
        }
        None => Node::new(node.span, Value::Object(Shared::default())),
    }
}

/// Walks down the calls of the configuration.
struct Modules<'p, 'u> {
    resources: BTreeMap<Key, &'p Node>,
    blocks: &'u mut Vec<Block>,
    unread: &'u mut Vec<Later>,
}

impl<'p> Modules<'p, '_> {
    fn read(&mut self, module: &'p Node, path: &ModulePath) {
        for resource in shown::elements(module, "resources", self.unread) {
            if let Some(block) = shown::block(resource, path.clone(), self.unread) {
                self.resources.insert(key(&block), resource);
            }
        }
        for variable in shown::members(module, "variables", self.unread) {
            self.declare(Kind::Variable, variable, path, variable.value.clone());
        }
        for output in shown::members(module, "outputs", self.unread) {
            let mut members = output.value.members().to_vec();
            if let Some(expression) = output.value.member("expression") {
                let key = Node::text(crate::text::Text::new("value", expression.key.span));
                members.push(Member { key, value: written(&expression.value) });
            }
            members.retain(|member| !matches!(member.name(), Some("expression" | "depends_on")));
            self.declare(
                Kind::Output,
                output,
                path,
                Node::new(output.value.span, Value::Object(members.into())),
            );
        }
        for call in shown::members(module, "module_calls", self.unread) {
            self.declare(Kind::Module, call, path, expressions(&call.value));
            if let (Some(name), Some(called)) = (call.name(), shown::set(&call.value, "module")) {
                self.read(called, &path.child(name));
            }
        }
    }

    fn declare(&mut self, kind: Kind, declared: &Member, path: &ModulePath, body: Node) {
        let name = declared.name().unwrap_or_default();
        let block = Block::new(kind, &[name], declared.key.span, body);
        self.blocks.push(Block { module: path.clone(), ..block });
    }
}
