//! Bodies of blocks as Terraform JSON has them ("JSON Configuration Syntax", "Nested Block Mapping").

use hcl_edit::structure::{Block, Body};
use serde_json::{Map, Value, json};
use synth_bindings::{Builder, Holds, Member, NestedBlock};

use super::value::{Spelling, value};
use crate::notes::Notes;
use crate::source::Place;

/// What a body is of.
#[derive(Clone, Copy)]
pub(super) struct Of<'a> {
    /// The block of Terraform's own; empty for blocks of providers.
    pub(super) block: &'a str,
    /// What the bindings know of it.
    pub(super) builder: Option<Builder<'a>>,
}

/// A body.
pub(super) fn body(of: Of<'_>, body: &Body, place: &Place, notes: &mut Notes) -> Map<String, Value> {
    let mut members = Map::new();
    for structure in body {
        if let Some(attribute) = structure.as_attribute() {
            let name = attribute.key.as_str();
            let spelled = value(&attribute.value, spelling(of.block, name)).unwrap_or_else(|| {
                notes.left(place.within(&attribute.value), format!("`{name}`, which is no constant"));
                Value::Null
            });
            members.insert(name.to_owned(), spelled);
        }
        if let Some(block) = structure.as_block() {
            if block.ident.as_str() == "dynamic" && attribute(of, label(block)).is_some() {
                let message = format!("dynamic blocks for the argument `{}`", label(block));
                notes.left(place.of_block(block), message);
                continue;
            }
            let mut inner = self::body(inside(of, block), &block.body, place, notes);
            if let Some(object) = attribute(of, block.ident.as_str()) {
                // A value of such an argument has every attribute ("Attributes as Blocks").
                for member in object.members() {
                    inner.entry(member.name()).or_insert(Value::Null);
                }
            }
            let inner = Value::Object(inner);
            let (name, inner) = if is_interleaved(body, block) {
                ("dynamic", once(block, inner))
            } else {
                let labelled =
                    |inner, label: &str| Value::Object(Map::from_iter([(label.to_owned(), inner)]));
                let labels = block.labels.iter().rev();
                (block.ident.as_str(), labels.fold(inner, |inner, label| labelled(inner, label.as_str())))
            };
            match members.get_mut(name) {
                Some(Value::Array(blocks)) => blocks.push(inner),
                _ => {
                    members.insert(name.to_owned(), Value::Array(vec![inner]));
                }
            }
        }
    }
    // One block stands for itself.
    let is_block =
        |name: &str| attribute(of, name).is_none() && body.blocks().any(|block| block.ident.as_str() == name);
    for (name, value) in &mut members {
        if let Value::Array(blocks) = value
            && is_block(name)
            && blocks.len() == 1
        {
            *value = blocks.pop().unwrap_or_default();
        }
    }
    members
}

/// The only label of a block.
fn label(block: &Block) -> &str {
    block.labels.first().map_or("", |label| label.as_str())
}

/// The objects of an argument that can be written as blocks.
fn attribute<'a>(of: Of<'a>, name: &str) -> Option<Builder<'a>> {
    let member = of.builder?.member(name).filter(Member::is_attribute)?;
    let (Holds::List(item) | Holds::Set(item)) = member.holds() else { return None };
    let Holds::Object(object) = *item else { return None };
    Some(object)
}

/// What a nested block is of.
fn inside<'b>(of: Of<'b>, block: &'b Block) -> Of<'b> {
    let own = match (of.block, block.ident.as_str()) {
        ("resource" | "data" | "ephemeral" | "removed", name @ ("lifecycle" | "provisioner")) => name,
        ("terraform", "backend" | "cloud" | "required_providers" | "provider_meta") => "terraform",
        ("check", "data") => "data",
        (_, "dynamic") => "dynamic",
        _ => "",
    };
    let nested = |name: &str| match of.builder?.member(name)?.block()? {
        NestedBlock::One(inner) | NestedBlock::Many(inner) => Some(inner),
        NestedBlock::Labelled(_) => None,
    };
    let builder = match block.ident.as_str() {
        "dynamic" => nested(label(block)),
        // That of the dynamic block around.
        "content" if of.block == "dynamic" => of.builder,
        name => nested(name),
    };
    Of { block: own, builder }
}

/// Whether blocks of the type stand both before and after dynamic ones, which a member of an object cannot say.
fn is_interleaved(body: &Body, block: &Block) -> bool {
    let name = block.ident.as_str();
    let is_dynamic = |other: &Block| {
        other.ident.as_str() == "dynamic" && other.labels.iter().any(|label| label.as_str() == name)
    };
    let kinds = body.blocks().filter(|other| other.ident.as_str() == name || is_dynamic(other));
    let mut kinds: Vec<bool> = kinds.map(is_dynamic).collect();
    if !kinds.contains(&true) || name == "dynamic" {
        return false;
    }
    kinds.dedup();
    kinds.len() > 1
}

/// A plain block as a dynamic one that is there once.
fn once(block: &Block, content: Value) -> Value {
    json!({ block.ident.as_str(): { "for_each": [true], "content": content } })
}

/// How an argument of Terraform's own is spelled; those of providers are templates.
fn spelling(of: &str, name: &str) -> Spelling {
    match (of, name) {
        ("variable", "type")
        | ("output" | "module" | "resource" | "data" | "ephemeral", "depends_on")
        | ("resource" | "data" | "ephemeral" | "import", "provider")
        | ("module", "providers")
        | ("lifecycle", "ignore_changes" | "replace_triggered_by")
        | ("moved" | "removed", "from")
        | ("moved" | "import", "to")
        | ("dynamic", "iterator")
        | ("provisioner", "when" | "on_failure") => Spelling::Words,
        ("terraform", _)
        | ("variable", "description" | "default")
        | ("output", "description")
        | ("module", "source" | "version") => Spelling::Literal,
        _ => Spelling::Template,
    }
}
