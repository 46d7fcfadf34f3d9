//! The documents that cases are judged in.

use std::io::Write as _;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::case::Case;
use crate::random::Random;

/// A file as it would be written.
pub(crate) struct Document {
    pub(crate) file: &'static str,
    pub(crate) text: String,
    /// Where the secret is.
    pub(crate) secret: Range<usize>,
}

const OPEN: char = '«';
const CLOSE: char = '»';

impl Document {
    pub(crate) fn of(case: &Case) -> Document {
        let filled = Random::new(&case.line).fill(&case.value);
        let mut encodings = case.place.split('+');
        let place = encodings.next().unwrap();
        if place == "written" {
            return Document::marked("main.tf.json", &filled);
        }
        let value = filled.replace("\\\\n", "\u{1}").replace("\\n", "\n").replace('\u{1}', "\\n");
        let encodings: Vec<&str> = encodings.collect();
        let marked = if value.contains(OPEN) || !encodings.is_empty() {
            value
        } else {
            format!("{OPEN}{value}{CLOSE}")
        };
        let encoded = encodings.iter().fold(marked, |value, encoding| {
            format!("{OPEN}{}{CLOSE}", encode(encoding, &value.replace([OPEN, CLOSE], "")))
        });
        let (file, document) = placed(place, &case.name, &encoded);
        Document::marked(file, &document.to_string())
    }

    fn marked(file: &'static str, text: &str) -> Document {
        let start = text.find(OPEN).unwrap_or_default();
        let open = text.replacen(OPEN, "", 1);
        let end = open.find(CLOSE).unwrap_or(open.len());
        Document { file, text: open.replace([OPEN, CLOSE], ""), secret: start..end }
    }
}

fn encode(encoding: &str, value: &str) -> String {
    match encoding {
        "base64" => STANDARD.encode(value),
        "gzip" => {
            let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
            gzip.write_all(value.as_bytes()).unwrap();
            STANDARD.encode(gzip.finish().unwrap())
        }
        "hex" => value.bytes().map(|byte| format!("{byte:02x}")).collect(),
        "url" => value.bytes().map(|byte| format!("%25{byte:02X}").replacen("25", "", 1)).collect(),
        "json" => json!({ "inner": value }).to_string(),
        _ => panic!("`{encoding}` is no encoding"),
    }
}

/// A document with a value in a place.
fn placed(place: &str, name: &str, value: &str) -> (&'static str, Value) {
    let resource = |kind: &str, body: Value| json!({"resource": {kind: {"x": body}}});
    let document = match place {
        "argument" => {
            let (kind, argument) = name.split_once('.').unwrap();
            resource(kind, json!({ argument: value }))
        }
        "default" => json!({"variable": {name: {"default": value}}}),
        "description" => resource("aws_ecs_cluster", json!({ "description": value })),
        "ecs" => {
            let containers = json!([{"name": "app", "environment": [{"name": name, "value": value}]}]);
            resource("aws_ecs_task_definition", json!({"container_definitions": containers.to_string()}))
        }
        "env" => resource("aws_lambda_function", json!({"environment": {"variables": {name: value}}})),
        "local" => json!({"locals": {name: value}}),
        "output" => json!({"output": {name: {"value": value}}}),
        "parameter" => resource("aws_ssm_parameter", json!({"name": name, "type": "String", "value": value})),
        "provisioner" => {
            resource("terraform_data", json!({"provisioner": {"local-exec": {"command": value}}}))
        }
        "secret_string" => {
            let content = json!({ name: value }).to_string();
            resource("aws_secretsmanager_secret_version", json!({ "secret_string": content }))
        }
        "tag" => resource("aws_sqs_queue", json!({"tags": {name: value}})),
        "tfvars" => return ("a.auto.tfvars.json", json!({ name: value })),
        "user_data" => resource("aws_instance", json!({ "user_data": value })),
        _ => panic!("`{place}` is no place"),
    };
    ("main.tf.json", document)
}
