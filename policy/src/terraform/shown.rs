//! What plans and states have in common: objects that describe one instance of a resource
//! (Terraform, "JSON Output Format": "Values Representation").

use super::address::ModulePath;
use super::block::{Block, Kind};
use super::read::Refusal;
use crate::json;
use crate::known::Later;
use crate::node::{Member, Node, Shared, Value};

/// The string of a member, empty if there is none.
pub(super) fn string<'n>(node: &'n Node, name: &str) -> &'n str {
    node.member(name).and_then(|member| member.value.literal()).unwrap_or_default()
}

/// The elements of a member that is a list; none if it is not set. Anything else is said in `unread`.
pub(super) fn elements<'n>(node: &'n Node, name: &str, unread: &mut Vec<Later>) -> &'n [Node] {
    match set(node, name) {
        Some(Node { value: Value::List(nodes), .. }) => nodes,
        Some(other) => {
            unread.push(Later { span: other.span, why: format!("a list belongs here, in `{name}`") });
            &[]
        }
        None => &[],
    }
}

/// The members of a member that is an object; none if it is not set. Anything else is said in `unread`.
pub(super) fn members<'n>(node: &'n Node, name: &str, unread: &mut Vec<Later>) -> &'n [Member] {
    match set(node, name) {
        Some(Node { value: Value::Object(members), .. }) => members,
        Some(other) => {
            unread.push(Later { span: other.span, why: format!("an object belongs here, in `{name}`") });
            &[]
        }
        None => &[],
    }
}

/// The value of a member that is set.
pub(super) fn set<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let value = &node.member(name)?.value;
    (!matches!(value.value, Value::Null)).then_some(value)
}

/// The value of a member that is set, read as far as these members of it, if it was left.
pub(super) fn read(node: &Node, name: &str, left: &'static [&'static str]) -> Result<Option<Node>, Refusal> {
    let Some(value) = set(node, name) else { return Ok(None) };
    let value = match json::left(value) {
        Some(text) => json::outline(text, left).map_err(Refusal::NotJson)?,
        None => value.clone(),
    };
    Ok((!matches!(value.value, Value::Null)).then_some(value))
}

/// Hands on the elements of a member that is a list and was left, one after the other, read as far as these members of each;
/// none if it is not set. Anything else is said in `unread`.
pub(super) fn each(
    node: &Node,
    name: &str,
    left: &'static [&'static str],
    unread: &mut Vec<Later>,
    mut visit: impl FnMut(&Node, &mut Vec<Later>) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    match set(node, name).and_then(json::left) {
        Some(text) if text.as_str().starts_with('[') => json::elements(text, left)
            .try_for_each(|element| visit(&element.map_err(Refusal::NotJson)?, unread)),
        Some(text) if text.as_str() == "null" => Ok(()),
        // Says what it is instead.
        _ => elements(node, name, unread).iter().try_for_each(|element| visit(element, unread)),
    }
}

/// What a module of a plan or a state consists of.
pub(super) const MODULE: &[&str] = &["resources", "child_modules"];

/// Hands on the objects of a module, read as far as [`MODULE`], and of the modules in it: their blocks, whose bodies are still
/// empty, and what they are read from, without the values.
pub(super) fn resources(
    module: &Node,
    unread: &mut Vec<Later>,
    visit: &mut dyn FnMut(Block, &Node) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let path = self::module(module, "address", unread);
    let values = &["values", "sensitive_values"];
    each(module, "resources", values, unread, |resource, unread| {
        block(resource, path.clone(), unread).map_or(Ok(()), |block| visit(block, resource))
    })?;
    each(module, "child_modules", MODULE, unread, |child, unread| resources(child, unread, visit))
}

/// The block of an object with `mode`, `type` and `name`, its body still empty; nothing, and said
/// in `unread`, if it lacks one of them.
pub(super) fn block(described: &Node, module: ModulePath, unread: &mut Vec<Later>) -> Option<Block> {
    let kind = match string(described, "mode") {
        "managed" => Kind::Resource,
        "data" => Kind::Data,
        "ephemeral" => Kind::Ephemeral,
        _ => {
            let why = "an object of a plan or a state needs a `mode` that Terraform has".into();
            unread.push(Later { span: described.span, why });
            return None;
        }
    };
    let labels = [string(described, "type"), string(described, "name")];
    if labels.contains(&"") {
        let why = "an object of a plan or a state needs a `type` and a `name`".into();
        unread.push(Later { span: described.span, why });
        return None;
    }
    let place = described.member("address").or_else(|| described.member("name"));
    let span = place.map_or(described.span, |member| member.value.span);
    let empty = Node::new(described.span, Value::Object(Shared::default()));
    let mut block = Block { module, ..Block::new(kind, &labels, span, empty) };
    block.instance = instance(described);
    Some(block)
}

/// `[0]` or `["a"]`, by the `index` or, in a raw state, the `index_key`.
pub(super) fn instance(described: &Node) -> String {
    match ["index", "index_key"].into_iter().find_map(|name| set(described, name)) {
        Some(Node { value: Value::Number(digits), .. }) => format!("[{digits}]"),
        Some(index) => match index.literal() {
            Some(key) => format!("[\"{}\"]", key.replace('\\', "\\\\").replace('"', "\\\"")),
            None => String::new(),
        },
        None => String::new(),
    }
}

/// The module of an address such as `module.a[0]`; the root module, said in `unread`, if it is none.
pub(super) fn module(described: &Node, name: &str, unread: &mut Vec<Later>) -> ModulePath {
    let Some(member) = described.member(name) else {
        return ModulePath::default();
    };
    match member.value.literal().and_then(ModulePath::parse) {
        Some(module) => module,
        None => {
            let why = "this is not the address of a module".into();
            unread.push(Later { span: member.value.span, why });
            ModulePath::default()
        }
    }
}
