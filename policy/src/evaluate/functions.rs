//! The functions of Terraform that are computed here, besides those of `strings`: those that policies and
//! secrets are assembled with. `jsonencode` stays a call, since its argument says more than its text.

use std::collections::BTreeSet;

use base64::Engine as _;

use super::strings;
use crate::json;
use crate::node::{Member, Node, Value};
use crate::source::Span;
use crate::text::Text;

/// Longer lists than this are not made of what is shorter.
const MAX_RANGE: usize = 1000;

/// The result of a call, or nothing if it is not computed.
pub(super) fn call(name: &str, arguments: &[Node], span: Span) -> Option<Node> {
    let name = name.strip_prefix("core::").unwrap_or(name);
    match (name, arguments) {
        (
            "sensitive" | "nonsensitive" | "ephemeralasnull" | "tostring" | "tolist" | "toset" | "tomap"
            | "try" | "trimspace" | "chomp" | "compact" | "distinct",
            [first, ..],
        ) if !first.is_later() => Some(first.clone()),
        ("jsondecode", [node]) => decoded(node),
        ("base64decode", [node]) => base64_decoded(node),
        ("join", [separator, list]) => join(separator, list, span),
        ("format", [format, values @ ..]) => formatted(format, values, span),
        ("formatlist", [format, lists @ ..]) => formatted_each(format, lists, span),
        ("concat" | "flatten", lists) => concatenated(lists, span),
        // Only `merge(list...)` gives it a list.
        ("merge", [Node { value: Value::List(objects), .. }]) => merged(objects, span),
        ("merge", objects) => merged(objects, span),
        ("keys", [Node { value: Value::Object(members), .. }]) => {
            Some(list(members.iter().map(|member| member.key.clone()), span))
        }
        ("values", [Node { value: Value::Object(members), .. }]) => {
            Some(list(members.iter().map(|member| member.value.clone()), span))
        }
        ("length", [Node { value: Value::List(nodes), .. }]) => Some(number(nodes.len(), span)),
        ("length", [Node { value: Value::Object(members), .. }]) => Some(number(members.len(), span)),
        ("range", [end]) => {
            let end = usize::try_from(strings::number(end)?).ok().filter(|end| *end <= MAX_RANGE)?;
            Some(list((0..end).map(|index| number(index, span)), span))
        }
        ("zipmap", [keys, values]) => zipped(keys, values, span),
        ("setproduct", lists) => product(lists, span),
        _ => strings::call(name, arguments, span),
    }
}

fn decoded(node: &Node) -> Option<Node> {
    match &node.value {
        Value::Call(call) if call.name == "jsonencode" => call.arguments.first().cloned(),
        Value::Text(text) => json::read(text).ok(),
        _ => None,
    }
}

fn base64_decoded(node: &Node) -> Option<Node> {
    let bytes = base64::engine::general_purpose::STANDARD.decode(node.literal()?).ok()?;
    let text = Text::new(String::from_utf8(bytes).ok()?, node.span);
    Some(Node::text(text))
}

fn join(separator: &Node, list: &Node, span: Span) -> Option<Node> {
    let (Value::Text(separator), Value::List(nodes)) = (&separator.value, &list.value) else {
        return None;
    };
    let mut joined = Text::empty(span);
    for (index, node) in nodes.iter().enumerate() {
        if index > 0 {
            joined.append(separator);
        }
        append(&mut joined, node)?;
    }
    Some(Node::text(joined))
}

/// `%s`, `%v`, `%d` and `%%`; other verbs change what they are given.
fn formatted(format: &Node, values: &[Node], span: Span) -> Option<Node> {
    let format = format.as_text()?;
    let pattern = format.literal()?;
    let mut made = Text::empty(span);
    let mut values = values.iter();
    let mut at = 0;
    while let Some(found) = pattern.get(at..)?.find('%') {
        let verb = at.checked_add(found)?;
        let after = verb.checked_add(2)?;
        made.append(&format.slice(at..verb));
        match pattern.get(verb..after)? {
            "%s" | "%v" | "%d" => append(&mut made, values.next()?)?,
            "%%" => made.append(&format.slice(verb..verb.checked_add(1)?)),
            _ => return None,
        }
        at = after;
    }
    made.append(&format.slice(at..pattern.len()));
    Some(Node::text(made))
}

/// `format` of each element in turn; what is no list is the same for each.
fn formatted_each(format: &Node, values: &[Node], span: Span) -> Option<Node> {
    let lengths = values.iter().filter_map(|value| match &value.value {
        Value::List(nodes) => Some(nodes.len()),
        _ => None,
    });
    let length = lengths.min()?;
    let each = (0..length).map(|index| {
        let of_each = |value: &Node| match &value.value {
            Value::List(nodes) => nodes.get(index).cloned(),
            _ => Some(value.clone()),
        };
        let values: Option<Vec<Node>> = values.iter().map(of_each).collect();
        formatted(format, &values?, span)
    });
    let made: Option<Vec<Node>> = each.collect();
    Some(Node::new(span, Value::List(made?.into())))
}

fn list(nodes: impl Iterator<Item = Node>, span: Span) -> Node {
    Node::new(span, Value::List(nodes.collect()))
}

fn number(number: usize, span: Span) -> Node {
    Node::new(span, Value::Number(number.to_string().into()))
}

fn zipped(keys: &Node, values: &Node, span: Span) -> Option<Node> {
    let (Value::List(keys), Value::List(values)) = (&keys.value, &values.value) else {
        return None;
    };
    let pairs = keys.iter().zip(values.iter());
    let members = pairs.map(|(key, value)| Member { key: key.clone(), value: value.clone() });
    Some(Node::new(span, Value::Object(members.collect())))
}

/// Every choice of one element of each list.
fn product(lists: &[Node], span: Span) -> Option<Node> {
    let mut all: Vec<Vec<Node>> = vec![Vec::new()];
    for list in lists {
        let Value::List(nodes) = &list.value else {
            return None;
        };
        if all.len().saturating_mul(nodes.len()) > MAX_RANGE {
            return None;
        }
        let longer = |choice: &Vec<Node>| -> Vec<Vec<Node>> {
            nodes.iter().map(|node| choice.iter().chain([node]).cloned().collect()).collect()
        };
        all = all.iter().flat_map(longer).collect();
    }
    Some(list(all.into_iter().map(|choice| list(choice.into_iter(), span)), span))
}

fn concatenated(lists: &[Node], span: Span) -> Option<Node> {
    let mut all = Vec::new();
    for list in lists {
        match &list.value {
            Value::List(nodes) => all.extend(nodes.iter().cloned()),
            _ => return None,
        }
    }
    if all.iter().any(|node| matches!(node.value, Value::List(_))) {
        return concatenated(&all, span);
    }
    Some(Node::new(span, Value::List(all.into())))
}

fn merged(objects: &[Node], span: Span) -> Option<Node> {
    let mut all: Vec<&Member> = Vec::new();
    for object in objects {
        let Value::Object(added) = &object.value else {
            return None;
        };
        all.extend(added);
    }
    // Of several with one name the last one counts.
    let mut names = BTreeSet::new();
    all.reverse();
    all.retain(|member| member.name().is_none_or(|name| names.insert(name)));
    Some(Node::new(span, Value::Object(all.into_iter().rev().cloned().collect())))
}

fn append(text: &mut Text, node: &Node) -> Option<()> {
    match &node.value {
        Value::Text(part) => text.append(part),
        Value::Number(digits) => text.push(digits, node.span),
        Value::Bool(value) => text.push(if *value { "true" } else { "false" }, node.span),
        _ if node.is_later() => match strings::encoded(node) {
            Some(encoded) => text.append(&encoded),
            None => text.push_hole(node.clone()),
        },
        _ => return None,
    }
    Some(())
}
