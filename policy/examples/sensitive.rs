//! Writes `data/sensitive.txt`: the sensitive arguments and attributes of hashicorp/aws.
//!
//! Use: `cargo run -p policy --example sensitive < SCHEMA.json.gz > policy/data/sensitive.txt`, the
//! schema being the output of `terraform providers schema -json`.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};

use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::io::stdin().lock()).read_to_string(&mut text)?;
    std::io::stdout().write_all(sensitive(&serde_json::from_str(&text)?).as_bytes())?;
    Ok(())
}

/// One line for each sensitive argument: the type, a space, the path with dots.
fn sensitive(schema: &Value) -> String {
    let mut lines = BTreeSet::new();
    let providers = schema["provider_schemas"].as_object().into_iter().flatten();
    for (_, provider) in providers {
        for kind in ["resource_schemas", "data_source_schemas", "ephemeral_resource_schemas"] {
            for (name, resource) in provider[kind].as_object().into_iter().flatten() {
                block(name, "", &resource["block"], &mut lines);
            }
        }
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

fn block(name: &str, path: &str, body: &Value, lines: &mut BTreeSet<String>) {
    for (argument, schema) in body["attributes"].as_object().into_iter().flatten() {
        if schema["sensitive"] == true {
            lines.insert(format!("{name} {path}{argument}"));
        }
        block(name, &format!("{path}{argument}."), &schema["nested_type"], lines);
    }
    for (argument, schema) in body["block_types"].as_object().into_iter().flatten() {
        block(name, &format!("{path}{argument}."), &schema["block"], lines);
    }
}
