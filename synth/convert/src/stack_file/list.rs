//! Blocks for an argument, of which some are dynamic, as the list that they make: Terraform's JSON has no dynamic blocks for
//! arguments ("Attributes as Blocks").

use hcl_edit::structure::{Block, Body};
use synth_bindings::Builder;

use super::body::label;
use crate::source::{closed_text_of, text_of};

/// Whether some blocks for an argument are dynamic.
pub(super) fn is_dynamic(body: &Body, argument: &str) -> bool {
    body.get_blocks("dynamic").any(|block| label(block) == argument)
}

/// The list of a body's blocks for an argument, as an expression; none where a block has blocks.
pub(super) fn expression(body: &Body, argument: &str, object: Builder<'_>) -> Option<String> {
    let mut lists = Vec::new();
    for block in body.blocks() {
        if block.ident.as_str() == argument {
            lists.push(format!("[{}]", element(&block.body, object)?));
        } else if block.ident.as_str() == "dynamic" && label(block) == argument {
            lists.push(repeated(block, argument, object)?);
        }
    }
    match lists.as_slice() {
        [list] => Some(list.clone()),
        lists => Some(format!("concat({})", lists.join(", "))),
    }
}

/// A dynamic block: its iterator is an object of a key and a value in a `for` expression too.
fn repeated(block: &Block, argument: &str, object: Builder<'_>) -> Option<String> {
    let argument_of = |name: &str| block.body.get_attribute(name).map(|attribute| &attribute.value);
    let iterator = argument_of("iterator").map_or_else(|| argument.to_owned(), text_of);
    let collection = closed_text_of(argument_of("for_each")?);
    let content = element(&block.body.get_blocks("content").next()?.body, object)?;
    let items = format!("[for key, value in {collection} : {{ key = key, value = value }}]");
    Some(format!("[for {iterator} in {items} : {content}]"))
}

/// An object with every attribute of its type, which is what Terraform wants.
fn element(body: &Body, object: Builder<'_>) -> Option<String> {
    if body.blocks().next().is_some() {
        return None;
    }
    let mut text = "{\n".to_owned();
    for attribute in body.attributes() {
        text.push_str(&format!("  {} = {}\n", attribute.key.as_str(), text_of(&attribute.value)));
    }
    for member in object.members().filter(|member| !body.has_attribute(member.name())) {
        text.push_str(&format!("  {} = null\n", member.name()));
    }
    text.push('}');
    Some(text)
}
