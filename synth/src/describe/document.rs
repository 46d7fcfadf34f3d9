//! The stacks as their documents say them: variables, outputs, resources, and who refers to whom.

use serde_json::{Map, Value};

use super::DescribeError;
use crate::sorted::sorted;

/// A stack to describe.
#[derive(Clone, Copy, Debug)]
pub struct Described<'a> {
    /// The name of its folder.
    pub name: &'a str,
    /// The bytes of its `main.tf.json`.
    pub json: &'a str,
}

/// A stack that was read.
pub(super) struct Stack<'a> {
    pub(super) name: &'a str,
    document: Map<String, Value>,
}

/// A resource of a stack.
#[derive(Clone, Copy)]
pub(super) struct Resource<'a> {
    pub(super) stack: &'a Stack<'a>,
    pub(super) kind: &'a str,
    pub(super) name: &'a str,
    body: &'a Map<String, Value>,
}

/// What an argument is set to.
pub(super) enum Argument<'a> {
    /// It is not there.
    Absent,
    /// This value, written out or the default of a variable.
    Is(&'a Value),
    /// Terraform knows it later; this is the expression.
    Later(&'a str),
}

impl<'a> Stack<'a> {
    pub(super) fn read(described: Described<'a>) -> Result<Stack<'a>, DescribeError> {
        let name = described.name;
        match serde_json::from_str(described.json).map(sorted) {
            Ok(Value::Object(document)) => Ok(Stack { name, document }),
            Ok(_) => Err(DescribeError::NoObject { name: name.to_owned() }),
            Err(source) => Err(DescribeError::NotJson { name: name.to_owned(), source }),
        }
    }

    /// The variables, by name.
    pub(super) fn variables(&self) -> impl Iterator<Item = (&str, &Map<String, Value>)> {
        labelled(self.document.get("variable"))
    }

    /// The outputs, by name.
    pub(super) fn outputs(&self) -> impl Iterator<Item = (&str, &Map<String, Value>)> {
        labelled(self.document.get("output"))
    }

    /// The resources, by type and name.
    pub(super) fn resources(&'a self) -> impl Iterator<Item = Resource<'a>> {
        let types = self.document.get("resource").and_then(Value::as_object).into_iter().flatten();
        types.flat_map(move |(kind, names)| {
            labelled(Some(names)).map(move |(name, body)| Resource { stack: self, kind, name, body })
        })
    }

    /// The addresses of the ephemeral resources that a value refers to.
    pub(super) fn ephemerals(&self, value: &Value) -> Vec<String> {
        let types = self.document.get("ephemeral").and_then(Value::as_object).into_iter().flatten();
        let addresses = types.flat_map(|(kind, names)| {
            labelled(Some(names)).map(move |(name, _)| format!("ephemeral.{kind}.{name}"))
        });
        addresses.filter(|address| Stack::mentions(value, address)).collect()
    }

    /// Whether anything of the stack refers to what `address` names.
    pub(super) fn refers_to(&self, address: &str) -> bool {
        self.document.values().any(|value| Stack::mentions(value, address))
    }

    /// How another stack names an output of this one.
    pub(super) fn as_read(&self, output: &str) -> String {
        format!("data.terraform_remote_state.{}.outputs.{output}", self.name)
    }

    /// The resources of a type.
    pub(super) fn of_type(&'a self, kind: &str) -> impl Iterator<Item = Resource<'a>> {
        self.resources().filter(move |resource| resource.kind == kind)
    }

    /// An argument of the `terraform` block.
    pub(super) fn setting(&self, name: &str) -> Option<&Value> {
        only(self.document.get("terraform")?)?.get(name)
    }

    /// Where the default configuration of the AWS provider leads.
    pub(super) fn region(&self) -> Argument<'_> {
        let providers = self.document.get("provider").and_then(only).and_then(|all| all.get("aws"));
        let all = providers.map(blocks).unwrap_or_default();
        let region =
            all.iter().find(|provider| !provider.contains_key("alias")).and_then(|one| one.get("region"));
        region.map_or(Argument::Absent, |region| self.resolve(region))
    }

    /// The value, where it is written out or the default of a variable.
    fn resolve<'s>(&'s self, value: &'s Value) -> Argument<'s> {
        let Value::String(text) = value else { return Argument::Is(value) };
        let inner = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
        let default = inner
            .and_then(|inner| inner.strip_prefix("var."))
            .and_then(|variable| self.variables().find(|(name, _)| *name == variable)?.1.get("default"));
        match default {
            Some(default) => Argument::Is(default),
            None if text.contains("${") || text.contains("%{") => Argument::Later(text),
            None => Argument::Is(value),
        }
    }

    /// Whether anything of the value refers to what `address` names.
    fn mentions(value: &Value, address: &str) -> bool {
        match value {
            Value::String(text) => refers(text, address),
            Value::Array(items) => items.iter().any(|item| Stack::mentions(item, address)),
            Value::Object(members) => members.values().any(|member| Stack::mentions(member, address)),
            _ => false,
        }
    }
}

impl<'a> Resource<'a> {
    /// `TYPE.NAME`
    pub(super) fn address(&self) -> String {
        format!("{}.{}", self.kind, self.name)
    }

    /// An argument, of a block where the path has a dot.
    pub(super) fn argument(&self, path: &str) -> Argument<'a> {
        self.written(path).map_or(Argument::Absent, |value| self.stack.resolve(value))
    }

    /// As [`Resource::argument`], as it is written.
    pub(super) fn written(&self, path: &str) -> Option<&'a Value> {
        match path.split_once('.') {
            None => self.body.get(path),
            Some((block, argument)) => only(self.body.get(block)?)?.get(argument),
        }
    }

    /// Whether an argument is there and not an empty value.
    pub(super) fn has(&self, name: &str) -> bool {
        self.body.get(name).is_some_and(|value| !value.is_null())
    }

    /// What it is called in AWS: the first of these arguments that is known, else its address.
    pub(super) fn called(&self, names: &[&str]) -> String {
        let known = names.iter().find_map(|name| match self.argument(name) {
            Argument::Is(Value::String(text)) => Some(text.clone()),
            _ => None,
        });
        known.unwrap_or_else(|| self.address())
    }

    /// As [`Resource::called`], where it is safe in a command; else `NAME`, to be filled in.
    pub(super) fn in_command(&self, names: &[&str]) -> String {
        let name = self.called(names);
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./*".contains(&byte);
        if name != self.address() && name.bytes().all(plain) { name } else { "NAME".to_owned() }
    }

    /// The ECS cluster that it belongs to, for a command.
    pub(super) fn cluster(&self) -> String {
        let cluster = self.stack.of_type("aws_ecs_cluster").find(|cluster| self.refers_to(cluster));
        cluster.map_or("CLUSTER".to_owned(), |cluster| cluster.in_command(&["name"]))
    }

    /// Whether anything in it refers to another resource of its stack.
    pub(super) fn refers_to(&self, other: &Resource<'_>) -> bool {
        let address = other.address();
        self.body.values().any(|value| Stack::mentions(value, &address))
    }

    /// The resources that refer to this one, of whatever stack: other stacks read its outputs.
    pub(super) fn readers(&self, stacks: &'a [Stack<'a>]) -> Vec<Resource<'a>> {
        let address = self.address();
        let outputs = self
            .stack
            .outputs()
            .filter(|(_, output)| output.get("value").is_some_and(|value| Stack::mentions(value, &address)));
        let read: Vec<String> = outputs.map(|(name, _)| self.stack.as_read(name)).collect();
        let here = |stack: &Stack<'_>| stack.name == self.stack.name;
        let reads = |resource: &Resource<'_>| {
            if here(resource.stack) {
                return resource.refers_to(self) && resource.address() != address;
            }
            read.iter().any(|read| resource.body.values().any(|value| Stack::mentions(value, read)))
        };
        stacks.iter().flat_map(Stack::resources).filter(reads).collect()
    }
}

/// Whether one of the text's expressions names `address`, and not something whose name goes on.
fn refers(text: &str, address: &str) -> bool {
    let part =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(byte));
    let expressions = text.split("${").skip(1);
    expressions.into_iter().any(|expression| {
        expression.match_indices(address).any(|(at, found)| {
            let bytes = expression.as_bytes();
            let before = at.checked_sub(1).and_then(|at| bytes.get(at));
            !part(before) && before != Some(&b'.') && !part(bytes.get(at + found.len()))
        })
    })
}

/// The variables in a value's expressions, as `var.NAME`.
pub(super) fn variables(value: &Value, stack: &Stack<'_>) -> Vec<String> {
    let named = stack.variables().map(|(name, _)| format!("var.{name}"));
    named.filter(|variable| Stack::mentions(value, variable)).collect()
}

/// The members of an object, or of each object of an array.
fn labelled(value: Option<&Value>) -> impl Iterator<Item = (&str, &Map<String, Value>)> {
    // HCL lets any label level be an array of objects (json/spec.md, "Blocks").
    let groups = value.map(blocks).unwrap_or_default();
    groups
        .into_iter()
        .flatten()
        .filter(|(name, _)| *name != "//")
        .flat_map(|(name, bodies)| blocks(bodies).into_iter().map(move |body| (name.as_str(), body)))
}

/// The blocks that a value stands for.
pub(super) fn blocks(value: &Value) -> Vec<&Map<String, Value>> {
    match value {
        Value::Array(items) => items.iter().filter_map(Value::as_object).collect(),
        other => other.as_object().into_iter().collect(),
    }
}

fn only(value: &Value) -> Option<&Map<String, Value>> {
    blocks(value).into_iter().next()
}
