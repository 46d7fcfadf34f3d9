//! Files in Terraform's own language. The parser is hcl-edit, which bounds nesting by itself.

use hcl_edit::structure::Block;
use hcl_edit::template::Element;

use super::{Blocks, ModuleError};

/// Reads the variables and outputs of a file.
pub(super) fn read(file: &str, text: &str) -> Result<Blocks, ModuleError> {
    // Terraform ignores a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let body = hcl_edit::parser::parse_body(text).map_err(|error| ModuleError::Hcl {
        file: file.to_owned(),
        line: error.location().line(),
        column: error.location().column(),
        why: error.message().to_owned(),
    })?;
    let mut blocks = Blocks::default();
    for block in body.into_blocks() {
        let into = match block.ident.as_str() {
            "variable" => &mut blocks.variables,
            "output" => &mut blocks.outputs,
            _ => continue,
        };
        into.push(declaration(block));
    }
    Ok(blocks)
}

fn declaration(block: Block) -> (String, super::Arguments) {
    // A block without a label has an empty name, which is refused where names are.
    let name = block.labels.first().map(|label| label.as_str().to_owned()).unwrap_or_default();
    let attributes = block.body.into_attributes();
    (name, attributes.map(|attribute| (attribute.key.as_str().to_owned(), attribute.value)).collect())
}

/// The text of a template, if nothing is interpolated in it.
pub(super) fn literal<'e>(elements: impl Iterator<Item = &'e Element>) -> Option<String> {
    elements
        .map(|element| match element {
            Element::Literal(text) => Some(text.as_str()),
            Element::Interpolation(_) | Element::Directive(_) => None,
        })
        .collect()
}
