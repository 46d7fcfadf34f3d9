//! Handles and objects: what can be read, as typed references.

use std::fmt::Write as _;

use super::builder::deprecated;
use super::{Module, TypeKind, docs, types};
use crate::shape::{Field, Kind, Shape};

/// The functions of a type's handle: one for each attribute that can be read.
pub(super) fn handle(out: &mut String, name: &str, kind: TypeKind, shape: &Shape, module: &Module<'_>) {
    let readable: Vec<&Field> = shape.fields.iter().filter(|field| field.readable).collect();
    if readable.is_empty() {
        return;
    }
    // Writing to a String cannot fail.
    let _ = writeln!(out, "impl {name}Handle {{");
    for field in readable {
        let read = field.kind.read();
        let rust = types::rust(&read, &module.names);
        let name = &field.name;
        let (result, value) = match (face(kind, field), &read) {
            ("Ref", Kind::Object(_)) => {
                (rust.clone(), format!("{rust}::refer(Expression::reference(self.0, {name:?}))"))
            }
            (face, _) => (format!("{face}<{rust}>"), format!("{face}::attribute(self.0, {name:?})")),
        };
        function(out, field, "self", &result, &value);
    }
    out.push_str("}\n");
}

/// A reference to a nested block or object.
pub(super) fn object(out: &mut String, name: &str, shape: &Shape, module: &Module<'_>) {
    let _ = writeln!(out, "\nreference! {{ {name}Ref }}");
    let readable: Vec<&Field> = shape.fields.iter().filter(|field| field.readable).collect();
    if readable.is_empty() {
        return;
    }
    let _ = writeln!(out, "impl {name}Ref {{");
    for field in readable {
        let read = field.kind.read();
        let rust = types::rust(&read, &module.names);
        let name = &field.name;
        let (result, value) = match (face(TypeKind::Resource, field), &read) {
            ("Ref", Kind::Object(_)) => (rust.clone(), format!("{rust}::refer(self.0.attribute({name:?}))")),
            (face, _) => (format!("{face}<{rust}>"), format!("{face}::of(self.0.attribute({name:?}))")),
        };
        function(out, field, "&self", &result, &value);
    }
    out.push_str("}\n");
}

fn function(out: &mut String, field: &Field, receiver: &str, result: &str, value: &str) {
    docs::describe(out, "    ", &field.description);
    out.push_str(deprecated(field.deprecated));
    let function = &field.function;
    let _ = writeln!(out, "    #[inline] pub fn {function}({receiver}) -> {result} {{ {value} }}");
}

fn face(kind: TypeKind, field: &Field) -> &'static str {
    match (kind, field.sensitive) {
        (TypeKind::Ephemeral, _) => "Ephemeral",
        (_, true) => "Sensitive",
        (_, false) => "Ref",
    }
}
