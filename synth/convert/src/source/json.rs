//! Files in Terraform's JSON form ("JSON Configuration Syntax"): what is a block there, only the schema tells.

use hcl_edit::Ident;
use hcl_edit::expr::{Array, Expression, Object, ObjectKey, ObjectValue};
use hcl_edit::structure::{Attribute, Block, BlockLabel, Body, Structure};
use hcl_edit::template::{Element, StringTemplate, Template};
use serde_json::{Map, Value};
use synth_bindings::{Api, Builder, NestedBlock, TypeKind};

use super::{Declaration, Place, heredoc};

/// A block of Terraform's own: what it may have besides arguments whose texts are templates.
struct Own {
    blocks: &'static [&'static str],
    /// Arguments whose texts are references, words or types.
    words: &'static [&'static str],
    /// Arguments that nothing is evaluated in.
    literals: &'static [&'static str],
}

const PLAIN: Own = Own { blocks: &[], words: &[], literals: &[] };
const VARIABLE: Own =
    Own { blocks: &["validation"], words: &["type"], literals: &["description", "default"] };
const OUTPUT: Own = Own { blocks: &["precondition"], words: &["depends_on"], literals: &["description"] };
const CHECK: Own = Own { blocks: &["assert", "data"], ..PLAIN };
const MODULE: Own = Own { words: &["depends_on", "providers"], literals: &["source", "version"], ..PLAIN };
const SETTINGS: Own =
    Own { blocks: &["required_providers", "cloud"], literals: &["required_version"], ..PLAIN };
const REMOVED: Own = Own { blocks: &["lifecycle"], ..PLAIN };
const RULES: Own = Own {
    blocks: &["precondition", "postcondition"],
    words: &["ignore_changes", "replace_triggered_by"],
    literals: &[],
};
const PROVISIONER: Own = Own { blocks: &["connection"], ..PLAIN };
const BACKEND: Own = Own { blocks: &["workspaces"], ..PLAIN };

/// Where a body stands: what may be a block in it.
#[derive(Clone, Copy)]
enum Inside<'a> {
    /// An element of a provider; none where there are no bindings.
    Element(Option<Builder<'a>>),
    /// A nested block.
    Nested(Option<Builder<'a>>),
    /// A block of Terraform's own.
    Own(&'static Own),
}

/// Reads the declarations of a file; what is wrong with it reads after its name.
pub(super) fn read(text: &str, file: &Place, api: &Api) -> Result<Vec<Declaration>, (Place, String)> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let place = Place { line: error.line().max(1), ..file.clone() };
        (place, format!("this is no JSON: {error}"))
    })?;
    let Value::Object(sections) = value else {
        return Err((file.clone(), "this is no object of blocks".to_owned()));
    };
    let mut reader = Reader { text, file, api, all: Vec::new() };
    for (section, value) in sections.iter().filter(|(name, _)| *name != "//") {
        reader.section(section, value);
    }
    Ok(reader.all)
}

struct Reader<'r, 'a> {
    text: &'r str,
    file: &'r Place,
    api: &'a Api,
    all: Vec<Declaration>,
}

impl Reader<'_, '_> {
    fn section(&mut self, section: &str, value: &Value) {
        match section {
            "resource" | "data" | "ephemeral" => {
                let kind = match section {
                    "data" => TypeKind::Data,
                    "ephemeral" => TypeKind::Ephemeral,
                    _ => TypeKind::Resource,
                };
                for (type_name, named) in entries(value) {
                    let builder = self.api.builder(kind, type_name);
                    for (name, one) in entries(named) {
                        for fields in objects(one) {
                            let body = body(fields, Inside::Element(builder));
                            self.declare(section, &[type_name, name], body);
                        }
                    }
                }
            }
            "locals" => {
                for (name, value) in entries(value) {
                    let value = Attribute::new(Ident::new_sanitized("value"), expression(value));
                    self.declare("local", &[name], Body::from_iter([value]));
                }
            }
            "variable" | "output" | "module" | "check" | "provider" => {
                let own = match section {
                    "variable" => &VARIABLE,
                    "output" => &OUTPUT,
                    "check" => &CHECK,
                    "module" => &MODULE,
                    _ => &PLAIN,
                };
                for (name, one) in entries(value) {
                    let aws = self.api.provider().filter(|_| section == "provider" && name == "aws");
                    let inside = if aws.is_some() { Inside::Nested(aws) } else { Inside::Own(own) };
                    for fields in objects(one) {
                        self.declare(section, &[name], body(fields, inside));
                    }
                }
            }
            _ => {
                let own = match section {
                    "terraform" => &SETTINGS,
                    "removed" => &REMOVED,
                    _ => &PLAIN,
                };
                for fields in objects(value) {
                    self.declare(section, &[], body(fields, Inside::Own(own)));
                }
            }
        }
    }

    fn declare(&mut self, kind: &str, labels: &[&str], body: Body) {
        let section = if kind == "local" { "locals" } else { kind };
        let mut at = 0;
        for key in std::iter::once(&section).chain(labels) {
            let found = self.text.get(at..).and_then(|rest| rest.find(&format!("{key:?}")));
            at += found.unwrap_or_default();
        }
        let labels = labels.iter().map(|label| (*label).to_owned()).collect();
        let place = self.file.at(Some(at..at));
        self.all.push(Declaration { kind: kind.to_owned(), labels, body, place, comments: Vec::new() });
    }
}

/// The members of an object, or of several in a list; comments are no members.
fn entries(value: &Value) -> Vec<(&str, &Value)> {
    let members = objects(value).into_iter().flatten();
    members.filter(|(name, _)| *name != "//").map(|(name, value)| (name.as_str(), value)).collect()
}

fn objects(value: &Value) -> Vec<&Map<String, Value>> {
    match value {
        Value::Object(fields) => vec![fields],
        Value::Array(items) => items.iter().filter_map(Value::as_object).collect(),
        _ => Vec::new(),
    }
}

fn body(fields: &Map<String, Value>, inside: Inside<'_>) -> Body {
    let mut body = Body::new();
    for (name, value) in fields.iter().filter(|(name, _)| *name != "//") {
        for structure in structures(name, value, inside) {
            body.push(structure);
        }
    }
    body
}

/// What a member of a body is: an argument, or blocks.
fn structures(name: &str, value: &Value, inside: Inside<'_>) -> Vec<Structure> {
    let blocks = |inside: Inside<'_>| {
        objects(value).into_iter().map(|fields| block(name, &[], body(fields, inside))).collect()
    };
    let labelled = |inside: Inside<'_>| {
        let labelled = entries(value)
            .into_iter()
            .flat_map(|(label, one)| objects(one).into_iter().map(move |fields| (label, fields)));
        labelled.map(|(label, fields)| block(name, &[label], body(fields, inside))).collect()
    };
    let found = match (inside, name) {
        (Inside::Element(_), "lifecycle") => Some(blocks(Inside::Own(&RULES))),
        (Inside::Element(_), "connection") => Some(blocks(Inside::Own(&PLAIN))),
        (Inside::Element(_), "provisioner") => Some(labelled(Inside::Own(&PROVISIONER))),
        (Inside::Own(own), "backend") if std::ptr::eq(own, &SETTINGS) => {
            Some(labelled(Inside::Own(&BACKEND)))
        }
        (Inside::Element(builder) | Inside::Nested(builder), "dynamic") => Some(dynamic(value, builder)),
        (Inside::Element(builder) | Inside::Nested(builder), _) => {
            nested(builder, name).map(|inner| blocks(Inside::Nested(Some(inner))))
        }
        (Inside::Own(own), name) if own.blocks.contains(&name) => Some(blocks(Inside::Own(&PLAIN))),
        (Inside::Own(_), _) => None,
    };
    found.unwrap_or_else(|| {
        let value = match (inside, name) {
            (Inside::Own(own), name) if own.literals.contains(&name) => literal(value),
            (Inside::Own(own), name) if own.words.contains(&name) => words(value),
            (Inside::Element(_), "depends_on" | "provider") => words(value),
            _ => expression(value),
        };
        vec![Structure::Attribute(Attribute::new(Ident::new_sanitized(name), value))]
    })
}

fn block(name: &str, labels: &[&str], body: Body) -> Structure {
    let mut block = Block::new(Ident::new_sanitized(name));
    block.labels = labels.iter().map(|label| BlockLabel::from(*label)).collect();
    block.body = body;
    Structure::Block(block)
}

/// The builder of a nested block.
fn nested<'a>(builder: Option<Builder<'a>>, name: &str) -> Option<Builder<'a>> {
    match builder?.member(name)?.block()? {
        NestedBlock::One(inner) | NestedBlock::Many(inner) => Some(inner),
        NestedBlock::Labelled(_) => None,
    }
}

/// `dynamic` blocks by the types of what they make.
fn dynamic(value: &Value, builder: Option<Builder<'_>>) -> Vec<Structure> {
    let mut made = Vec::new();
    for (label, one) in entries(value) {
        let inner = nested(builder, label);
        for fields in objects(one) {
            let parts = fields.iter().flat_map(|(name, value)| match name.as_str() {
                "content" => {
                    let contents = objects(value).into_iter();
                    contents.map(|fields| block(name, &[], body(fields, Inside::Nested(inner)))).collect()
                }
                name => structures(name, value, Inside::Own(&PLAIN)),
            });
            made.push(block("dynamic", &[label], parts.collect()));
        }
    }
    made
}

/// A value whose texts are templates.
fn expression(value: &Value) -> Expression {
    converted(value, &template)
}

/// A value whose texts are texts.
fn literal(value: &Value) -> Expression {
    converted(value, &|text| Expression::from(text))
}

/// A value whose texts are references, words or types.
fn words(value: &Value) -> Expression {
    converted(value, &|text| text.parse().unwrap_or_else(|_| Expression::from(text)))
}

fn converted(value: &Value, text: &dyn Fn(&str) -> Expression) -> Expression {
    match value {
        Value::Null => Expression::null(),
        Value::Bool(value) => Expression::from(*value),
        // Its digits, as they are written.
        Value::Number(number) => number.to_string().parse().unwrap_or_else(|_| Expression::null()),
        Value::String(string) => text(string),
        Value::Array(items) => {
            Expression::from(items.iter().map(|item| converted(item, text)).collect::<Array>())
        }
        Value::Object(fields) => {
            let mut object = Object::new();
            for (key, value) in fields {
                object.insert(ObjectKey::Expression(text(key)), ObjectValue::new(converted(value, text)));
            }
            Expression::from(object)
        }
    }
}

/// A text as Terraform evaluates it: a literal, one expression, or a template.
fn template(text: &str) -> Expression {
    let Ok(template) = heredoc::plain_template(text).parse::<Template>() else {
        return Expression::from(text);
    };
    let elements: Vec<&Element> = template.iter().collect();
    match elements.as_slice() {
        [] => Expression::from(""),
        [Element::Literal(literal)] => Expression::from(literal.as_str()),
        [Element::Interpolation(only)] => only.expr.clone(),
        several => Expression::from(several.iter().map(|one| (*one).clone()).collect::<StringTemplate>()),
    }
}
