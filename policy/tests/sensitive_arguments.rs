//! `data/sensitive.txt` and `data/write_only.txt` are what the provider's schema says. `BLESS=1` refreshes it.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;

use serde_json::Value;

/// One line for each argument or attribute that the schema marks so: the type, a space, the path with dots.
fn marked(schema: &Value, mark: &str) -> String {
    let mut lines = BTreeSet::new();
    for provider in schema["provider_schemas"].as_object().unwrap().values() {
        for kind in ["resource_schemas", "data_source_schemas", "ephemeral_resource_schemas"] {
            for (name, resource) in provider[kind].as_object().into_iter().flatten() {
                block(name, "", &resource["block"], mark, &mut lines);
            }
        }
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

fn block(name: &str, path: &str, body: &Value, mark: &str, lines: &mut BTreeSet<String>) {
    for (argument, schema) in body["attributes"].as_object().into_iter().flatten() {
        if schema[mark] == true {
            lines.insert(format!("{name} {path}{argument}"));
        }
        block(name, &format!("{path}{argument}."), &schema["nested_type"], mark, lines);
    }
    for (argument, schema) in body["block_types"].as_object().into_iter().flatten() {
        block(name, &format!("{path}{argument}."), &schema["block"], mark, lines);
    }
}

fn is_current(list: &str, mark: &str) {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema = File::open(package.join("../synth/bindings/schemas/hashicorp-aws-5.100.0.json.gz")).unwrap();
    let schema = serde_json::from_reader(flate2::read::GzDecoder::new(schema)).unwrap();
    let list = package.join("data").join(list);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&list, marked(&schema, mark)).unwrap();
    }
    assert_eq!(fs::read_to_string(&list).unwrap(), marked(&schema, mark));
}

#[test]
fn the_list_of_sensitive_arguments_is_current() {
    is_current("sensitive.txt", "sensitive");
}

#[test]
fn the_list_of_write_only_arguments_is_current() {
    is_current("write_only.txt", "write_only");
}
