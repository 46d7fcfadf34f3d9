//! Handles: what the provider computes, as typed references.

use std::fmt::Write as _;

use super::{Kind, Root, types};
use crate::ident::snake;
use crate::schema::Type;
use crate::shape::{Count, Field, FieldKind, Shape};

/// The handle of a type: one function for each attribute that can be read.
pub(super) fn root(out: &mut String, name: &str, root: &Root<'_>, shape: &Shape) {
    let type_name = root.type_name;
    let noun = root.kind.noun();
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "
/// The {noun} `{type_name}` of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct {name}Handle(NodeId);

impl Handle for {name}Handle {{
    const KIND: &'static str = \"{type_name}\";
    fn node(self) -> NodeId {{ self.0 }}
}}

impl {name}Handle {{
"
    );
    for field in shape.fields.iter().filter(|field| is_readable(field)) {
        let face = match (root.kind, field.sensitive) {
            (Kind::Ephemeral, _) => "Ephemeral",
            (_, true) => "Sensitive",
            (_, false) => "Ref",
        };
        let kind = types::rust(&read_type(field));
        let words = types::words(&read_type(field));
        let (function, attribute) = (snake(&field.name), &field.name);
        let _ = write!(
            out,
            "    /// `{attribute}`: {words}.
    #[inline] pub fn {function}(self) -> {face}<{kind}> {{ {face}::attribute(self.0, \"{attribute}\") }}
"
        );
    }
    out.push_str("}\n");
}

/// A write-only argument is not kept; a block is read only where it is an attribute too.
fn is_readable(field: &Field) -> bool {
    field.computed && !field.write_only
}

fn read_type(field: &Field) -> Type {
    match &field.kind {
        FieldKind::Argument(kind) => kind.clone(),
        FieldKind::Nested { count: Count::One, .. } => Type::Any,
        FieldKind::Nested { count: Count::Many, .. } => Type::List(Box::new(Type::Any)),
    }
}
