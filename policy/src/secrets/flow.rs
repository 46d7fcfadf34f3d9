//! Whether an expression, as it is written, carries a secret.

use std::collections::BTreeSet;

use super::literals::places;
use super::names;
use super::sensitive::is_sensitive;
use crate::node::{Node, Reference, Value};
use crate::source::Span;
use crate::terraform::{Block, Kind};

/// The first sensitive reference of an expression, through locals: its place and its name.
#[must_use]
pub fn sensitive_reference(node: &Node, blocks: &[Block]) -> Option<(Span, String)> {
    let mut seen = BTreeSet::new();
    follow(node, blocks, &mut seen)
}

fn follow<'b>(node: &Node, blocks: &'b [Block], seen: &mut BTreeSet<&'b str>) -> Option<(Span, String)> {
    let mut references: Vec<(Span, Reference)> = Vec::new();
    places(node, "", &mut |_, _, leaf| {
        if let Value::Reference(reference) = &leaf.value {
            references.push((leaf.span, reference.clone()));
        }
    });
    references.into_iter().find_map(|(span, reference)| {
        let names = reference.names();
        if let ["local", name, ..] = names.as_slice() {
            let local = blocks.iter().find(|block| block.kind == Kind::Local && block.name() == *name)?;
            if !seen.insert(local.name()) {
                return None;
            }
            let (_, inner) = follow(&local.written, blocks, seen)?;
            return Some((span, inner));
        }
        is_secret(&names, blocks).then(|| (span, reference.to_string()))
    })
}

fn is_secret(names: &[&str], blocks: &[Block]) -> bool {
    match names {
        ["var", name, ..] => blocks
            .iter()
            .find(|block| block.kind == Kind::Variable && block.name() == *name)
            .is_some_and(is_secret_variable),
        ["data" | "ephemeral", type_name, _, path @ ..] | [type_name, _, path @ ..] => {
            is_sensitive(type_name, path)
        }
        _ => false,
    }
}

/// A variable that says it is sensitive, or whose name does and that holds one string.
fn is_secret_variable(block: &Block) -> bool {
    let is_true = |argument: &str| {
        block.written.member(argument).is_some_and(|member| matches!(member.value.value, Value::Bool(true)))
    };
    let kind = block.written.member("type").and_then(|member| member.value.literal());
    let holds_text = matches!(kind, None | Some("string" | "${string}" | "any"));
    is_true("sensitive") || is_true("ephemeral") || (names::is_secret(block.name()) && holds_text)
}
