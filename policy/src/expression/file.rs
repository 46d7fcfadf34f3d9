//! A file of the native syntax, read piece by piece.

use std::collections::BTreeSet;

use hcl_edit::Span as _;
use hcl_edit::parser::parse_body;
use hcl_edit::structure::Body;

use super::lower::Lowering;
use super::{Error, pieces};
use crate::node::Member;
use crate::text::Text;

/// What hcl-edit says of an attribute that a body has twice, which within a piece it finds itself.
const REDEFINED: &str = "invalid attribute; expected unique attribute key; found redefined attribute";

/// Reads all that a file has.
pub(super) fn read(text: &Text) -> Result<Vec<Member>, Error> {
    let mut file = File::default();
    for piece in pieces::pieces(text.as_str()) {
        let (start, end) = (piece.start, text.as_str().len());
        let read = text.slice(piece);
        if let Ok(body) = parse_body(read.as_str()) {
            file.add(&read, &body)?;
            continue;
        }
        // What is wrong, or does not end where it seemed to, is for the parser to say.
        let rest = text.slice(start..end);
        let body = parse_body(rest.as_str())
            .map_err(|error| wrong(&rest, error.location().offset(), error.message()))?;
        file.add(&rest, &body)?;
        break;
    }
    Ok(file.members)
}

/// What was read of a file.
#[derive(Default)]
struct File {
    members: Vec<Member>,
    /// The names of its attributes: a block may be repeated, an attribute may not.
    attributes: BTreeSet<String>,
}

impl File {
    fn add(&mut self, piece: &Text, body: &Body) -> Result<(), Error> {
        for attribute in body.attributes() {
            if !self.attributes.insert(attribute.key.to_string()) {
                return Err(wrong(piece, attribute.key.span().unwrap_or_default().start, REDEFINED));
            }
        }
        self.members.extend(Lowering::of(piece).members(body));
        Ok(())
    }
}

fn wrong(text: &Text, at: usize, expected: &str) -> Error {
    Error { span: text.span_of(at..at.saturating_add(1)), expected: expected.to_owned() }
}
