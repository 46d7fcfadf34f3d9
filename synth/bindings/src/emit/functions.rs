//! The provider's functions, typed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{Module, docs, types};
use crate::ident::{camel, snake};
use crate::schema::Function;
use crate::shape::{Field, FieldKind, Form, Kind, Shape};

/// One Rust function for each function of the provider.
pub(super) fn all(out: &mut String, functions: &BTreeMap<String, Function>, module: &mut Module<'_>) {
    for (name, function) in functions {
        let result = result_type(name, function, module);
        one(out, name, function, &result, module);
    }
}

/// The type of a function's result; an object in it is named after the function.
fn result_type(name: &str, function: &Function, module: &mut Module<'_>) -> Kind {
    let kind = module.shapes.of_type(&function.return_type);
    let field = Field {
        name: "result".to_owned(),
        function: "result".to_owned(),
        kind: FieldKind::Attribute(kind.clone()),
        description: String::new(),
        required: false,
        settable: false,
        readable: true,
        sensitive: false,
        write_only: false,
        deprecated: false,
    };
    module.names.name_below(&camel(name), &Shape { form: Form::Object, fields: vec![field] }, &module.shapes);
    kind
}

fn one(out: &mut String, name: &str, function: &Function, result: &Kind, module: &Module<'_>) {
    let mut taken = BTreeSet::new();
    let mut parameters = Vec::new();
    let mut arguments = Vec::new();
    let mut notes = String::new();
    for parameter in &function.parameters {
        let word = free(&parameter.name, &mut taken);
        let kind = types::rust(&any_objects(&parameter.kind), &module.names);
        parameters.push(format!("{word}: impl Into<Value<{kind}>>"));
        arguments.push(format!("{word}.into().into_term()"));
        note(&mut notes, &word, &parameter.description);
    }
    let mut terms = format!("vec![{}]", arguments.join(", "));
    if let Some(rest) = &function.variadic_parameter {
        let word = free(&rest.name, &mut taken);
        let kind = types::rust(&any_objects(&rest.kind), &module.names);
        parameters.push(format!("{word}: impl IntoIterator<Item = Value<{kind}>>"));
        terms = format!("{terms}.into_iter().chain({word}.into_iter().map(Value::into_term)).collect()");
        note(&mut notes, &word, &rest.description);
    }
    let rust = types::rust(result, &module.names);
    let result = if matches!(result, Kind::Object(_)) { rust.clone() } else { format!("Ref<{rust}>") };
    out.push('\n');
    docs::describe(out, "", &function.description);
    docs::paragraph(out, "", &function.description);
    let call = format!("provider::{}::{name}", module.registry.provider);
    let url = format!("{}/docs/functions/{name}", module.registry.url());
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "/// The function [`{}`]({}) (Terraform 1.8 and later).\n{notes}",
        docs::code(&call),
        docs::code(&url)
    );
    if !function.deprecation_message.is_empty() {
        let _ = writeln!(out, "#[deprecated(note = {:?})]", function.deprecation_message);
    }
    let _ = writeln!(
        out,
        "pub fn {}({}) -> {result} {{ <{rust} as Typed>::refer(Expression::Call({call:?}, {terms})) }}",
        snake(name),
        parameters.join(", "),
    );
}

fn note(notes: &mut String, word: &str, description: &str) {
    if !description.is_empty() {
        let _ = writeln!(notes, "///\n/// `{word}`: {}", docs::line(description));
    }
}

/// A parameter's word that no other parameter has.
fn free(name: &str, taken: &mut BTreeSet<String>) -> String {
    let wanted = snake(name);
    let mut word = wanted.clone();
    let mut number = 2;
    while !taken.insert(word.clone()) {
        word = format!("{wanted}_{number}");
        number += 1;
    }
    word
}

/// An object as a parameter is given as any value.
fn any_objects(kind: &crate::schema::Type) -> Kind {
    use crate::schema::Type;
    match kind {
        Type::Text => Kind::Text,
        Type::Number => Kind::Number,
        Type::Bool => Kind::Bool,
        Type::Any | Type::Object(_) => Kind::Any,
        Type::List(of) => Kind::List(Box::new(any_objects(of))),
        Type::Set(of) => Kind::Set(Box::new(any_objects(of))),
        Type::Map(of) => Kind::Map(Box::new(any_objects(of))),
    }
}
