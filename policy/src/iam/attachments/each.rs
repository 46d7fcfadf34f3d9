//! The instances that `for_each` makes of a value.

use crate::node::{Node, Value};
use crate::terraform::Block;
use crate::text::{HOLE, Text};

/// The values that a value has in the instances of its block, each where it is written; itself if `for_each` has no
/// part in it, or is known only later.
pub(super) fn instances(node: &Node, block: &Block) -> Vec<Node> {
    let Some(part) = part(node) else {
        return vec![node.clone()];
    };
    let elements =
        block.body.member("for_each").map(|member| elements(&member.value, part)).unwrap_or_default();
    let made: Option<Vec<Node>> = elements.into_iter().map(|element| filled(node, element)).collect();
    made.filter(|made| !made.is_empty()).unwrap_or_else(|| vec![node.clone()])
}

/// Which part of the element a value is made of.
#[derive(Clone, Copy)]
enum Part {
    Key,
    Value,
}

fn part(node: &Node) -> Option<Part> {
    let of = |node: &Node| match &node.value {
        Value::Reference(reference) => match reference.names()[..] {
            ["each", "key"] => Some(Part::Key),
            ["each", "value"] => Some(Part::Value),
            _ => None,
        },
        _ => None,
    };
    let mut holes = node.as_text().into_iter().flat_map(Text::holes);
    match (of(node), holes.next(), holes.next()) {
        (Some(part), ..) => Some(part),
        (None, Some(hole), None) => of(hole),
        _ => None,
    }
}

fn elements(each: &Node, part: Part) -> Vec<&Node> {
    match &each.value {
        // A set of strings: key and value are the same.
        Value::Call(call) if call.name == "toset" => {
            call.arguments.iter().flat_map(|argument| elements(argument, part)).collect()
        }
        Value::List(nodes) => nodes.iter().collect(),
        Value::Object(members) => members
            .iter()
            .map(|member| match part {
                Part::Key => &member.key,
                Part::Value => &member.value,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// The value with the element in the place of its hole.
fn filled(node: &Node, element: &Node) -> Option<Node> {
    match node.as_text().filter(|text| text.only_hole().is_none()) {
        None => Some(element.clone()),
        Some(text) => {
            let written = text.as_str().replace(HOLE, element.literal()?);
            Some(Node::text(Text::new(written, element.span)))
        }
    }
}
