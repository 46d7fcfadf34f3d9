//! A stack file: everything that the files say, as Terraform's own blocks.

mod body;
mod value;
mod yaml;

use std::collections::BTreeMap;

use body::Of;
use serde_json::{Map, Value, json};
use synth_bindings::{Api, TypeKind};
use synth_check::{Schemas, Source, check};

use crate::Output;
use crate::notes::Notes;
use crate::source::Declaration;

/// The name of the file.
pub(crate) const FILE: &str = "stack.yaml";

/// Comments by the pointers of what they are about, a line each.
type Comments = BTreeMap<String, Vec<String>>;

/// Writes the stack file of a stack.
pub(crate) fn write(stack: &str, declarations: &[Declaration], api: &Api) -> Output {
    let mut notes = Notes::default();
    let mut blocks = Map::new();
    let mut comments = Comments::new();
    for declaration in declarations {
        if let Some(pointer) = add(declaration, api, &mut blocks, &mut notes) {
            let pointer = format!("/terraform{pointer}");
            comments.entry(pointer).or_default().extend(declaration.comments.iter().cloned());
        }
    }
    let blocks = Value::Object(blocks);
    let mut file = Map::from_iter([("stack".to_owned(), json!(stack))]);
    let accepted = secrets(&blocks, declarations, &mut notes);
    if !accepted.is_empty() {
        file.insert("plaintext_in_state".to_owned(), Value::Object(accepted));
    }
    file.insert("terraform".to_owned(), blocks);
    let text = yaml::text(&Value::Object(file), &comments);
    Output { files: [(FILE.to_owned(), text)].into(), features: Vec::new(), notes: notes.finish() }
}

/// Adds a block, and says where it is.
fn add(
    declaration: &Declaration,
    api: &Api,
    blocks: &mut Map<String, Value>,
    notes: &mut Notes,
) -> Option<String> {
    let kind = declaration.kind.as_str();
    let names: Vec<&str> = declaration.labels.iter().map(String::as_str).collect();
    let builder = match kind {
        "resource" => api.builder(TypeKind::Resource, declaration.label(0)),
        "data" => api.builder(TypeKind::Data, declaration.label(0)),
        "ephemeral" => api.builder(TypeKind::Ephemeral, declaration.label(0)),
        _ => None,
    };
    let body = body::body(Of { block: kind, builder }, &declaration.body, &declaration.place, notes);
    match (kind, names.as_slice()) {
        ("resource" | "data" | "ephemeral", [type_name, name]) => {
            within(blocks, kind, |types| {
                within(types, type_name, |named| named.insert((*name).to_owned(), Value::Object(body)))
            });
            Some(format!("/{kind}/{type_name}/{name}"))
        }
        ("variable" | "output" | "module" | "check", [name]) => {
            within(blocks, kind, |named| named.insert((*name).to_owned(), Value::Object(body)));
            Some(format!("/{kind}/{name}"))
        }
        ("local", [name]) => {
            let value = body.into_iter().next().map(|(_, value)| value).unwrap_or_default();
            within(blocks, "locals", |named| named.insert((*name).to_owned(), value));
            Some(format!("/locals/{name}"))
        }
        ("provider", [name]) => {
            let add =
                |named: &mut Map<String, Value>| push(named.entry(*name).or_insert_with(|| json!([])), body);
            Some(format!("/provider/{name}/{}", within(blocks, kind, add)))
        }
        ("moved" | "import" | "removed", []) => {
            let all = blocks.entry(kind).or_insert_with(|| json!([]));
            Some(format!("/{kind}/{}", push(all, body)))
        }
        ("terraform", []) => {
            within(blocks, kind, |settings| {
                for (name, value) in body {
                    match (settings.get_mut(&name), value) {
                        (Some(Value::Object(known)), Value::Object(more)) => known.extend(more),
                        (None, value) => {
                            settings.insert(name, value);
                        }
                        (Some(_), _) => {
                            let message = format!("a second `{name}` of `terraform`");
                            notes.left(declaration.place.clone(), message);
                        }
                    }
                }
            });
            Some("/terraform".to_owned())
        }
        _ => {
            notes.left(declaration.place.clone(), format!("the block `{kind}`"));
            None
        }
    }
}

/// Has an object of a name changed, which is made where it is not there.
fn within<T>(
    members: &mut Map<String, Value>,
    name: &str,
    change: impl FnOnce(&mut Map<String, Value>) -> T,
) -> T {
    let mut object = match members.get_mut(name).map(Value::take) {
        Some(Value::Object(object)) => object,
        _ => Map::new(),
    };
    let changed = change(&mut object);
    members.insert(name.to_owned(), Value::Object(object));
    changed
}

/// Adds to a list; says at which position.
fn push(list: &mut Value, body: Map<String, Value>) -> usize {
    let Value::Array(items) = list else { return 0 };
    items.push(Value::Object(body));
    items.len() - 1
}

/// Why the literals stand where secrets belong: they stood there before.
fn secrets(blocks: &Value, declarations: &[Declaration], notes: &mut Notes) -> Map<String, Value> {
    let json = blocks.to_string();
    let report = check(&[Source { name: "main.tf.json", text: &json }], &Schemas::embedded());
    let mut accepted = Map::new();
    for secret in report.secrets {
        let of = |declaration: &&Declaration| declaration.address() == secret.address;
        if let Some(declaration) = declarations.iter().find(of) {
            let message = format!("`{}` is a secret that stands in the file as plain text", secret.pointer);
            notes.look(declaration.place.clone(), message);
        }
        accepted.insert(secret.pointer, json!("it stood in the configuration that this is converted from"));
    }
    accepted
}
