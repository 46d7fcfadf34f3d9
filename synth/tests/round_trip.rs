//! Documents that are converted to stack files, and synthesized, are those documents again.

#![expect(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use synth::stack_file;
use synth_convert::{Bindings, Target, convert};

static BINDINGS: LazyLock<Bindings> = LazyLock::new(|| Bindings::aws().unwrap());

fn again(document: &str) -> Value {
    let files = BTreeMap::from([("main.tf.json".to_owned(), document.to_owned())]);
    let output = convert("s", &files, Target::StackFile, &BINDINGS).unwrap();
    assert!(output.is_whole(), "{:?}", output.notes);
    let text = &output.files[Target::StackFile.file()];
    let documents = stack_file::resolve("s.yaml", text).unwrap_or_else(|wrong| panic!("{wrong}\n{text}"));
    normal(&serde_json::from_str(&documents[0].json).unwrap())
}

/// A block is the same alone and as the only one of a list ("JSON Configuration Syntax", "Nested Block Mapping").
fn normal(value: &Value) -> Value {
    match value {
        Value::Array(items) => match items.as_slice() {
            [only @ Value::Object(_)] => normal(only),
            items => items.iter().map(normal).collect(),
        },
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), normal(value))).collect(),
        plain => plain.clone(),
    }
}

fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            documents(&path, found);
        } else if path.ends_with("main.tf.json") {
            found.push(path);
        }
    }
}

#[test]
fn the_documents_of_the_systems_stay() {
    let mut found = Vec::new();
    documents(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures"), &mut found);
    assert!(found.len() > 20, "{found:?}");
    for path in found {
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(again(&text), normal(&serde_json::from_str(&text).unwrap()), "{}", path.display());
    }
}

/// Text that Terraform evaluates, as converted text spells it.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[ -#&-~é\n]{1,8}",
        Just("$${path.module}".to_owned()),
        Just("%%{ if }".to_owned()),
        Just("${path.module}".to_owned()),
        Just("${upper(\"a//b\")}".to_owned()),
    ];
    prop::collection::vec(part, 0..3).prop_map(|parts| parts.concat())
}

fn name() -> impl Strategy<Value = String> {
    "[a-z][a-z0-9_-]{0,6}"
}

fn value() -> impl Strategy<Value = Value> {
    let plain = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        (0_u32..4000).prop_map(|eighths| Value::from(f64::from(eighths) / 8.0 + 0.125)),
        text().prop_map(Value::from),
    ];
    plain.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name(), inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Elements of all kinds; what is in them is random.
fn document() -> impl Strategy<Value = Value> {
    let values = || prop::collection::btree_map(name(), value(), 1..4);
    let texts = || prop::collection::vec(text(), 1..4);
    (values(), values(), texts(), name()).prop_map(|(locals, inputs, texts, name)| {
        let statements: Vec<Value> = texts.iter().map(|text| json!({ "sid": text, "actions": [text] })).collect();
        json!({
            "terraform": { "required_providers": { "aws": { "source": "hashicorp/aws", "version": "5.100.0" } } },
            "provider": { "aws": [{ "region": "us-east-1" }, { "alias": "west", "region": "us-west-2" }] },
            "variable": { &name: { "type": "any", "default": inputs } },
            "locals": locals,
            "data": { "aws_iam_policy_document": { &name: { "statement": statements } } },
            "resource": {
                "aws_sqs_queue": { &name: {
                    "for_each": "${toset([\"a\"])}",
                    "name": "${each.key}",
                    "policy": texts[0],
                    "provider": "aws.west",
                    "lifecycle": { "ignore_changes": ["tags[\"a\"]"], "create_before_destroy": true },
                } },
                "terraform_data": { &name: { "input": inputs, "depends_on": [format!("aws_sqs_queue.{name}")] } },
            },
            "output": { &name: { "value": format!("${{terraform_data.{name}.id}}"), "description": "$${" } },
            "moved": [{ "from": "aws_sqs_queue.old", "to": format!("aws_sqs_queue.{name}") }],
        })
    })
}

proptest! {
    // Each is held against the provider's schema.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_document_stays(document in document()) {
        prop_assert_eq!(again(&document.to_string()), normal(&document));
    }
}
