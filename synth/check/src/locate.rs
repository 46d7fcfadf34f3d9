//! From a byte of a document to line and column, JSON pointer and Terraform's address: only findings pay for it.

use crate::files::{File, Files};
use crate::json::{self, Node, Value};
use crate::report::Place;

/// Spells out places; a file is read again when something was found in it.
pub(crate) struct Locator<'f, 'a> {
    files: &'f Files<'a>,
    last: Option<(File<'a>, Option<Node<'a>>)>,
}

impl<'f, 'a> Locator<'f, 'a> {
    pub(crate) fn new(files: &'f Files<'a>) -> Locator<'f, 'a> {
        Locator { files, last: None }
    }

    /// The place of a byte of all files.
    pub(crate) fn place(&mut self, byte: u32) -> Place {
        let found = self.files.find(byte);
        if self.last.as_ref().map(|(file, _)| file.start) != found.map(|file| file.start) {
            self.last = found.map(|file| (file, json::read(file.source.text, 0).ok()));
        }
        let (name, spelled) = self.last.as_ref().map_or_else(Default::default, |(file, root)| {
            (file.source.name, spell(file.source.text, root.as_ref(), byte - file.start))
        });
        Place {
            file: name.to_owned(),
            line: spelled.line,
            column: spelled.column,
            pointer: spelled.pointer,
            address: spelled.address,
        }
    }
}

/// Where a finding is, as people and programs look for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Spelled {
    line: usize,
    column: usize,
    pointer: String,
    address: String,
}

/// Spells out the place of a byte; columns count characters from 1.
fn spell(text: &str, root: Option<&Node<'_>>, byte: u32) -> Spelled {
    let before = text.get(..byte as usize).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let mut spelled = Spelled {
        line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
        column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
        ..Spelled::default()
    };
    let mut keys: Vec<&str> = Vec::new();
    let mut next = root;
    while let Some(node) = next.filter(|node| node.start < byte) {
        next = match &node.value {
            Value::Object(members) => {
                let before = members.partition_point(|member| member.start <= byte);
                members.get(before.wrapping_sub(1)).map(|member| {
                    spelled.pointer.push('/');
                    spelled.pointer.push_str(&member.key.replace('~', "~0").replace('/', "~1"));
                    keys.push(&member.key);
                    &member.value
                })
            }
            Value::List(nodes) => {
                let before = nodes.partition_point(|node| node.start <= byte).wrapping_sub(1);
                nodes.get(before).inspect(|_| spelled.pointer.push_str(&format!("/{before}")))
            }
            _ => None,
        };
    }
    spelled.address = address(&keys);
    spelled
}

/// The address of the element that the keys lead into.
fn address(keys: &[&str]) -> String {
    match keys {
        ["resource", kind, name, ..] => format!("{kind}.{name}"),
        [section @ ("data" | "ephemeral"), kind, name, ..] => format!("{section}.{kind}.{name}"),
        ["variable", name, ..] => format!("var.{name}"),
        ["locals", name, ..] => format!("local.{name}"),
        [section @ ("module" | "output" | "provider" | "check"), name, ..] => format!("{section}.{name}"),
        [section, ..] => (*section).to_owned(),
        [] => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_spelled_with_its_pointer_and_address() {
        let text = "{\n \"resource\": [{\"aws_x\": {\"é/y\": [{\"a~b\": 1}]}}]\n}";
        let root = json::read(text, 0).unwrap();
        let byte = text.find("\"a~b").unwrap() as u32;
        let expected = Spelled {
            line: 2,
            column: 35,
            pointer: "/resource/0/aws_x/é~1y/0/a~0b".into(),
            address: "aws_x.é/y".into(),
        };
        assert_eq!(spell(text, Some(&root), byte), expected);
    }

    #[test]
    fn a_document_that_was_not_read_has_a_line_only() {
        let spelled = spell("{\n}}", None, 3);
        assert_eq!((spelled.line, spelled.column, spelled.pointer.as_str()), (2, 2, ""));
    }
}
