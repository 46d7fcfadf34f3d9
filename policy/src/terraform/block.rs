//! A block of a configuration: its kind, labels, address and body.

use std::slice;
use std::sync::Arc;

use super::address::ModulePath;
use crate::known::{Known, Later};
use crate::node::{Node, Value};
use crate::source::Span;

/// What a block declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A managed resource.
    Resource,
    /// A data source.
    Data,
    /// An ephemeral resource.
    Ephemeral,
    /// An input variable.
    Variable,
    /// An output value.
    Output,
    /// One local value; its body is the value.
    Local,
    /// A value given to a variable beside the configuration; it is the body.
    Value,
    /// What principals need, declared beside the configuration in `policy.needs.json`.
    Needs,
    /// A provider configuration.
    Provider,
    /// A call of a module.
    Module,
    /// Settings of Terraform itself.
    Terraform,
    /// What declares nothing that can be referred to: a `check`, `moved`, `import` or `removed` block, a
    /// comment at the root, a value in a file of values that Terraform does not load by itself.
    Other,
}

/// One block. Blocks with the same labels stay apart, as they were written.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it declares.
    pub kind: Kind,
    /// The module it is in.
    pub module: ModulePath,
    /// Its labels: type and name of a resource, the name of a variable. Blocks that are written below one share it.
    pub labels: Box<[Arc<str>]>,
    /// Which one of several instances it is, such as `[0]` or `["a"]`; empty in a configuration.
    pub instance: String,
    /// Where its last label stands.
    pub span: Span,
    /// Its body with the expressions as they are written.
    pub written: Node,
    /// Its body with every expression computed as far as possible.
    pub body: Node,
    /// The same for each instance, where `for_each` or `count`, its own or that of a call of its module, is known and
    /// makes them differ; else none.
    pub instances: Vec<Node>,
}

impl Block {
    /// A block of the root module whose expressions are still to be computed.
    #[must_use]
    pub fn new(kind: Kind, labels: &[&str], span: Span, written: Node) -> Block {
        let body = written.clone();
        let labels = labels.iter().map(|label| Arc::from(*label)).collect();
        let (module, instance, instances) = (ModulePath::default(), String::new(), Vec::new());
        Block { kind, module, labels, instance, span, written, body, instances }
    }

    /// Its bodies: one for each instance, where they are known and differ.
    #[must_use]
    pub fn bodies(&self) -> &[Node] {
        if self.instances.is_empty() { slice::from_ref(&self.body) } else { &self.instances }
    }

    /// The address Terraform gives it, such as `aws_iam_role.worker` or `var.token`.
    #[must_use]
    pub fn address(&self) -> String {
        let prefix = match self.kind {
            Kind::Resource => None,
            Kind::Data => Some("data"),
            Kind::Ephemeral => Some("ephemeral"),
            Kind::Variable | Kind::Value => Some("var"),
            Kind::Output => Some("output"),
            Kind::Local => Some("local"),
            Kind::Provider => Some("provider"),
            Kind::Module => Some("module"),
            Kind::Terraform => Some("terraform"),
            Kind::Needs => Some("needs"),
            Kind::Other => Some("block"),
        };
        let mut address = self.module.to_string();
        let labels = self.labels.iter().map(Arc::as_ref);
        for (index, part) in prefix.into_iter().chain(labels).enumerate() {
            if index > 0 || !self.module.is_root() {
                address.push('.');
            }
            address.push_str(part);
        }
        address + &self.instance
    }

    /// The type of a resource or data source; empty for other kinds.
    #[must_use]
    pub fn type_name(&self) -> &str {
        match self.kind {
            Kind::Resource | Kind::Data | Kind::Ephemeral => self.labels.first().map_or("", Arc::as_ref),
            _ => "",
        }
    }

    /// The last label.
    #[must_use]
    pub fn name(&self) -> &str {
        self.labels.last().map_or("", Arc::as_ref)
    }

    /// Whether it is a managed resource of that type.
    #[must_use]
    pub fn is_resource(&self, type_name: &str) -> bool {
        self.kind == Kind::Resource && self.type_name() == type_name
    }

    /// An argument of its body. Of a repeated one the last counts.
    #[must_use]
    pub fn argument(&self, name: &str) -> Known<&Node> {
        match self.body.member(name).map(|member| &member.value) {
            None => Known::Absent,
            Some(node) if matches!(node.value, Value::Null) => Known::Absent,
            Some(node) if node.is_later() => Known::Later(Later::of(node)),
            Some(node) => Known::Is(node),
        }
    }
}

/// The nested blocks of a name: an object, a list of objects, or both again under a repeated key.
/// A `dynamic` block gives its content, whose own values depend on its iterator.
#[must_use]
pub fn blocks_in<'n>(body: &'n Node, name: &str) -> Vec<&'n Node> {
    let mut found = Vec::new();
    for member in body.members() {
        match member.name() {
            Some(key) if key == name => found.extend(each(&member.value)),
            Some("dynamic") => {
                for dynamic in each(&member.value).into_iter().flat_map(|node| node.members()) {
                    if dynamic.name() == Some(name) {
                        let contents = each(&dynamic.value);
                        let contents = contents.into_iter().filter_map(|node| node.member("content"));
                        found.extend(contents.flat_map(|content| each(&content.value)));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// The values of an argument one by one, on the way of its blocks: the elements of lists, either side of a condition.
#[must_use]
pub fn values_in<'n>(body: &'n Node, path: &[&str]) -> Vec<&'n Node> {
    match path {
        [] => match &body.value {
            Value::List(nodes) => nodes.iter().flat_map(|node| values_in(node, &[])).collect(),
            Value::Conditional(either) => {
                [values_in(&either.then, &[]), values_in(&either.otherwise, &[])].concat()
            }
            Value::Null => Vec::new(),
            _ => vec![body],
        },
        [argument] => {
            body.member(argument).into_iter().flat_map(|member| values_in(&member.value, &[])).collect()
        }
        [block, rest @ ..] => {
            blocks_in(body, block).into_iter().flat_map(|nested| values_in(nested, rest)).collect()
        }
    }
}

/// A block value one by one. `null` is no block (Terraform's JSON syntax, "Nested blocks").
fn each(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::List(nodes) => nodes.iter().collect(),
        Value::Null => Vec::new(),
        _ => vec![node],
    }
}
