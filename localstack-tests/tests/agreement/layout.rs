//! Lays a made-up document out: as one file, as a module that another calls, or with an override beside it.

use serde_json::{Value as Json, json};

use crate::dice::Dice;
use crate::generate::Generator;
use crate::mutate;
use crate::tree::Tree;

/// A configuration, and what was done to it. Two of three are broken, or spelled otherwise, in one place.
pub(crate) fn one(generator: &Generator, dice: &mut Dice) -> (String, Tree) {
    let document = generator.document(dice);
    let mut broken = document.clone();
    let how = if dice.below(3) == 0 { "valid" } else { mutate::one(&mut broken, generator, dice) };
    match dice.below(4) {
        0 if dice.once_in(3) => (format!("module, {how}"), module(broken, &json!({}), &json!({}))),
        0 => {
            let (how, arguments, output) = CALLS.get(dice.below(CALLS.len())).copied().unwrap_or(CALL);
            let read = |text: &str| serde_json::from_str::<Json>(text).unwrap_or_default();
            (format!("call, {how}"), module(document, &read(arguments), &read(output)))
        }
        1 => (format!("override, {how}"), overridden(&document, &broken)),
        _ => (how.to_owned(), Tree::document(format!("{broken:#}"))),
    }
}

type Call = (&'static str, &'static str, &'static str);

const CALL: Call = ("valid", r#"{"size": 1}"#, r#""${module.m.size}""#);

/// Arguments of a call, and a value that refers to its outputs.
const CALLS: &[Call] = &[
    CALL,
    ("text that counts", r#"{"size": "7"}"#, r#""${module.m.size + 1}""#),
    ("null", r#"{"size": null}"#, "1"),
    ("input left out", r#"{"name": "a"}"#, "1"),
    ("unknown input", r#"{"size": 1, "sise": 1}"#, "1"),
    ("word for a number", r#"{"size": "word"}"#, "1"),
    ("list for a number", r#"{"size": [1]}"#, "1"),
    ("object for a text", r#"{"size": 1, "name": {"a": 1}}"#, "1"),
    ("map of lists", r#"{"size": 1, "tags": {"a": ["b"]}}"#, "1"),
    ("object", r#"{"size": 1, "shape": {"a": 1, "c": 2}}"#, "1"),
    ("object without an attribute", r#"{"size": 1, "shape": {"b": "x"}}"#, "1"),
    ("object with a list", r#"{"size": 1, "shape": {"a": []}}"#, "1"),
    ("undeclared reference", r#"{"size": "${local.nope}"}"#, "1"),
    ("unknown output", r#"{"size": 1}"#, r#""${module.m.sise}""#),
    ("unknown output, tried", r#"{"size": 1}"#, r#""${try(module.m.sise, 1)}""#),
    ("several", r#"{"size": 1, "count": 2}"#, r#""${module.m[1].size}""#),
    ("several, all", r#"{"size": 1, "for_each": {"a": 1}}"#, r#""${[for m in module.m : m.size]}""#),
    ("several, none chosen", r#"{"size": 1, "count": 2}"#, r#""${module.m.size}""#),
    ("output-of-one-with-index", r#"{"size": 1}"#, r#""${module.m[0].size}""#),
    ("unknown output of one", r#"{"size": 1, "count": 2}"#, r#""${module.m[0].sise}""#),
    ("whole", r#"{"size": 1}"#, r#""${module.m}""#),
    ("of itself", r#"{"size": "${module.m.size}"}"#, "1"),
    ("of another output", r#"{"size": "${length(module.m.text)}"}"#, "1"),
    ("waits for itself", r#"{"size": 1, "depends_on": ["module.m"]}"#, "1"),
    ("version", r#"{"size": 1, "version": "1.0"}"#, "1"),
];

/// The document as a child module, and a root module that calls it.
fn module(mut document: Json, arguments: &Json, output: &Json) -> Tree {
    if let Some(sections) = document.as_object_mut() {
        let variables = json!({
            "size": {"type": "number"},
            "name": {"type": "string", "default": "x"},
            "tags": {"type": "map(string)", "default": {}},
            "shape": {"type": "object({a=number,b=optional(string)})", "default": {"a": 1}},
        });
        let outputs = json!({"size": {"value": "${var.size}"}, "text": {"value": "${local.text}"}});
        sections.insert("variable".to_owned(), variables);
        sections.insert("output".to_owned(), outputs);
    }
    let mut call = json!({"source": "./child", "size": 1});
    if let (Some(call), Some(arguments)) = (call.as_object_mut(), arguments.as_object()) {
        if !arguments.is_empty() {
            call.remove("size");
        }
        call.extend(arguments.clone());
    }
    let root = json!({"module": {"m": call}, "output": {"o": {"value": output}}});
    Tree::default().with("main.tf.json", &root).with("child/main.tf.json", &document)
}

/// The document, and an override of its resources by others.
fn overridden(document: &Json, over: &Json) -> Tree {
    let resources = over.get("resource").cloned().unwrap_or_default();
    let over = json!({ "resource": resources });
    Tree::default().with("main.tf.json", document).with("main_override.tf.json", &over)
}
