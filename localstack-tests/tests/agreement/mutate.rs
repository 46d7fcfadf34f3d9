//! Breaks a document in one place, or spells it otherwise.

use serde_json::{Map, Value as Json, json};

use crate::dice::Dice;
use crate::generate::{Generator, entries, is};

type Mutation = (&'static str, fn(&mut Map<String, Json>, &Json, &mut Dice));

/// What can be done to a body; the block is its schema's.
const MUTATIONS: &[Mutation] = &[
    ("unknown argument", |body, _, _| drop(body.insert("no_such_argument".into(), json!(1)))),
    ("misspelled argument", |body, _, dice| {
        let names: Vec<String> = body.keys().cloned().collect();
        if let Some(value) = dice.one(&names).and_then(|name| body.remove(name)) {
            body.insert("misspeled".into(), value);
        }
    }),
    ("argument left out", |body, _, dice| {
        let names: Vec<String> = body.keys().cloned().collect();
        dice.one(&names).map(|name| body.remove(name));
    }),
    ("null", |body, _, dice| set(body, dice, json!(null))),
    ("array", |body, _, dice| set(body, dice, json!(["a"]))),
    ("array of arrays", |body, _, dice| set(body, dice, json!([["a"]]))),
    ("empty array", |body, _, dice| set(body, dice, json!([]))),
    ("object", |body, _, dice| set(body, dice, json!({"a": "b"}))),
    ("empty object", |body, _, dice| set(body, dice, json!({}))),
    ("array of an empty object", |body, _, dice| set(body, dice, json!([{}]))),
    ("word", |body, _, dice| set(body, dice, json!("word"))),
    ("number", |body, _, dice| set(body, dice, json!(7))),
    ("bool", |body, _, dice| set(body, dice, json!(true))),
    ("undeclared local", |body, _, dice| set(body, dice, json!("${local.nope}"))),
    ("undeclared resource", |body, _, dice| set(body, dice, json!("${aws_s3_bucket.nope.id}"))),
    ("unknown function", |body, _, dice| set(body, dice, json!("${nope(1)}"))),
    ("too many arguments", |body, _, dice| set(body, dice, json!("${upper(\"a\", \"b\")}"))),
    ("list in text", |body, _, dice| set(body, dice, json!("a ${local.list}"))),
    ("list from an expression", |body, _, dice| set(body, dice, json!("${local.list}"))),
    ("object from an expression", |body, _, dice| set(body, dice, json!("${local.object}"))),
    ("number from an expression", |body, _, dice| set(body, dice, json!("${local.number}"))),
    ("attribute of text", |body, _, dice| set(body, dice, json!("${local.text.a}"))),
    ("missing attribute", |body, _, dice| set(body, dice, json!("${local.object.b}"))),
    ("open expression", |body, _, dice| set(body, dice, json!("${local.text"))),
    ("each without for_each", |body, _, dice| set(body, dice, json!("${each.key}"))),
    ("count without count", |body, _, dice| set(body, dice, json!("${count.index}"))),
    ("reference to itself", |body, _, dice| set(body, dice, json!("${self.id}"))),
    ("read-only argument", |body, block, dice| {
        let names: Vec<&String> = entries(block, "attributes")
            .filter(|(_, attribute)| !is(attribute, "optional") && !is(attribute, "required"))
            .map(|(name, _)| name)
            .collect();
        if let Some(name) = dice.one(&names) {
            body.insert((*name).clone(), json!("x"));
        }
    }),
    ("many blocks", |body, block, dice| {
        let names: Vec<&String> = entries(block, "block_types").map(|(name, _)| name).collect();
        if let Some(name) = dice.one(&names) {
            body.insert((*name).clone(), json!([{}, {}, {}]));
        }
    }),
    ("dynamic block", |body, block, dice| {
        let names: Vec<&String> = entries(block, "block_types").map(|(name, _)| name).collect();
        if let Some(name) = dice.one(&names) {
            body.remove(*name);
            body.insert("dynamic".into(), json!({ *name: {"for_each": "${local.list}", "content": {}} }));
        }
    }),
    ("dynamic block of nothing", |body, _, _| {
        body.insert("dynamic".into(), json!({"nope": {"for_each": [], "content": {}}}));
    }),
    ("count", |body, _, _| drop(body.insert("count".into(), json!(2)))),
    ("count of words", |body, _, _| drop(body.insert("count".into(), json!("word")))),
    ("for_each of an array", |body, _, _| drop(body.insert("for_each".into(), json!(["a"])))),
    ("for_each", |body, _, _| drop(body.insert("for_each".into(), json!({"a": 1})))),
    ("count and for_each", |body, _, _| {
        body.insert("count".into(), json!(1));
        body.insert("for_each".into(), json!({"a": 1}));
    }),
    ("depends_on template", |body, _, _| {
        body.insert("depends_on".into(), json!(["${local.text}"]));
    }),
    ("depends_on undeclared", |body, _, _| {
        body.insert("depends_on".into(), json!(["aws_s3_bucket.nope"]));
    }),
    ("unknown lifecycle argument", |body, _, _| {
        body.insert("lifecycle".into(), json!({"prevent_destory": true}));
    }),
    ("ignored unknown argument", |body, _, _| {
        body.insert("lifecycle".into(), json!({"ignore_changes": ["nope"]}));
    }),
    ("comment", |body, _, _| drop(body.insert("//".into(), json!(["a", {"b": "${nope"}])))),
];

fn set(body: &mut Map<String, Json>, dice: &mut Dice, value: Json) {
    let names: Vec<String> = body.keys().cloned().collect();
    if let Some(name) = dice.one(&names) {
        body.insert(name.clone(), value);
    }
}

/// Applies one mutation to one resource, and says which.
pub(crate) fn one(document: &mut Json, generator: &Generator, dice: &mut Dice) -> &'static str {
    let Some(resources) = document.get_mut("resource").and_then(Json::as_object_mut) else {
        return "nothing";
    };
    let kinds: Vec<String> = resources.keys().cloned().collect();
    let Some(kind) = dice.one(&kinds) else { return "nothing" };
    if dice.once_in(20) {
        if let Some(same) = resources.remove(kind) {
            resources.insert(format!("{kind}x"), same);
        }
        return "unknown type";
    }
    let Some(same) = resources.get_mut(kind).and_then(Json::as_object_mut) else { return "nothing" };
    if dice.once_in(20) {
        same.insert("1 name".into(), json!({}));
        return "invalid name";
    }
    let (Some((_, body)), Some(block)) = (same.iter_mut().next(), generator.block(kind)) else {
        return "nothing";
    };
    let Some((what, mutation)) = dice.one(MUTATIONS) else { return "nothing" };
    if let Some(body) = body.as_object_mut() {
        mutation(body, block, dice);
    }
    what
}
