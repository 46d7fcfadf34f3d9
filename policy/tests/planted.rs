//! A secret of every kind is found wherever it is planted, behind every encoding, and the search costs no more than its length.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests fail by panicking")]

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use flate2::Compression;
use flate2::write::GzEncoder;
use policy::{Report, Sources, check};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A secret of each kind; `@` stands for random characters.
const KINDS: &[&str] = &[
    "ghp_@36",
    "AKIA@16",
    "sk_live_@24",
    "xoxb-123456789012-123456789012-@24",
    "-----BEGIN RSA PRIVATE KEY-----\n@64\n-----END RSA PRIVATE KEY-----",
    "postgres://app:@20@db/app",
    "Server=db;User Id=app;Password=@20;",
    "Authorization: Bearer @40",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm5hIn0.@43",
    "curl -u app:@20 https://example.org",
    "export DB_PASSWORD=@20",
    "machine example.org login app password @20",
];

fn secret() -> impl Strategy<Value = String> {
    // Base 32, as the identifiers of AWS's keys have it.
    (0..KINDS.len(), "[A-Z][A-Z2-7]{63}").prop_map(|(kind, characters)| {
        let kind = KINDS[kind];
        let (before, rest) = kind.split_once('@').unwrap();
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        let count: usize = rest[..digits].parse().unwrap();
        // A checksum or a version may be wrong, twenty equal characters may not.
        format!("{before}{}{}", &characters[..count], &rest[digits..])
    })
}

fn encoded(encoding: usize, value: &str) -> String {
    match encoding {
        0 => value.to_owned(),
        1 => STANDARD.encode(value),
        2 => URL_SAFE_NO_PAD.encode(value),
        3 => {
            let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
            gzip.write_all(value.as_bytes()).unwrap();
            STANDARD.encode(gzip.finish().unwrap())
        }
        4 => value.bytes().map(|byte| format!("{byte:02x}")).collect(),
        5 => value.bytes().map(|byte| format!("%{byte:02X}")).collect(),
        6 => value.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect(),
        _ => json!({ "a": [value] }).to_string(),
    }
}

/// How many encodings there are.
const ENCODINGS: usize = 8;

fn document(place: usize, value: &str) -> (&'static str, Value) {
    let resource = |kind: &str, body: Value| json!({"resource": {kind: {"x": body}}});
    let document = match place {
        0 => resource("aws_lambda_function", json!({"environment": {"variables": {"A": value}}})),
        1 => resource("aws_sqs_queue", json!({"tags": {"a": value}})),
        2 => resource("aws_instance", json!({ "user_data": value })),
        3 => json!({"output": {"a": {"value": value}}}),
        4 => json!({"locals": {"a": {"b": [value]}}}),
        5 => json!({"variable": {"a": {"default": value}}}),
        6 => return ("a.auto.tfvars.json", json!({ "a": value })),
        7 => resource(
            "aws_ecs_task_definition",
            json!({"container_definitions": json!([{"environment": [{"name": "A", "value": value}]}]).to_string()}),
        ),
        8 => json!({"module": {"m": {"source": "./m", "a": value}}}),
        9 => resource(
            "terraform_data",
            json!({"provisioner": [{"local-exec": {"command": "x", "environment": {"A": value}}}]}),
        ),
        10 => json!({"//": value}),
        _ => resource("aws_x", json!({"dynamic": {"b": {"for_each": [1], "content": {"c": value}}}})),
    };
    ("main.tf.json", document)
}

/// How many places there are.
const PLACES: usize = 12;

fn judged(file: &str, text: &str) -> Report {
    let mut sources = Sources::default();
    let file = sources.add(file, text);
    check(&sources, &[file])
}

fn is_found(report: &Report) -> bool {
    report.findings.iter().any(|finding| finding.rule.id.starts_with("SEC"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_planted_secret_is_found(
        secret in secret(), place in 0..PLACES, outer in 0..ENCODINGS, inner in 0..ENCODINGS,
        before in "([a-z]{0,8} ){0,3}",
    ) {
        let value = encoded(outer, &encoded(inner, &format!("{before}{secret}")));
        let (file, document) = document(place, &value);
        let report = judged(file, &document.to_string());
        prop_assert!(is_found(&report), "{}", document);
    }

    #[test]
    fn hostile_text_is_judged(value in r#"(eyJ|://|password=|AKIA|-----BEGIN PRIVATE KEY-----|%41|\\u0041|H4sI|curl -u |[ :;@="'a-zA-Z0-9+/]){0,60}"#) {
        judged("main.tf.json", &json!({"locals": {"a": value}}).to_string());
    }
}

/// The processor time of judging one string, the least of several.
fn cost(text: &str) -> f64 {
    let document = json!({"locals": {"a": text}}).to_string();
    let once = || {
        let start = cpu_time::ThreadTime::now();
        judged("main.tf.json", &document);
        start.elapsed().as_secs_f64()
    };
    once(); // compiles the patterns
    (0..3).map(|_| once()).fold(f64::INFINITY, f64::min)
}

/// Strings that lead to as many patterns as they can, or that patterns begin to agree with everywhere.
#[test]
fn four_times_the_text_costs_about_four_times_the_work() {
    for hostile in [
        "password=pwd=secret_key ghp_ akia ://a:b sk- eyJ xox ",
        "://a:",
        "eyJhbGciOi.eyJ",
        "-----BEGIN PRIVATE KEY-----",
        "\"kty\":\"RSA\",",
        "server=a;user=b;",
        "mysql -u root ",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=",
        "%41%42",
        "H4sIAAAAAAAA",
    ] {
        let ratio =
            cost(&hostile.repeat(80_000 / hostile.len())) / cost(&hostile.repeat(20_000 / hostile.len()));
        assert!(ratio < 12.0, "{hostile}: {ratio}");
    }
}

/// A gzip member of a hundred megabytes of zeros has a hundred kilobytes.
#[test]
fn what_unpacks_to_too_much_is_undecided() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&vec![b'a'; 20_000_000]).unwrap();
    let value = STANDARD.encode(gzip.finish().unwrap());
    let report = judged(
        "main.tf.json",
        &json!({"resource": {"aws_instance": {"i": {"user_data_base64": value}}}}).to_string(),
    );
    let said: Vec<&str> = report.undecided.iter().map(|later| later.why.as_str()).collect();
    assert_eq!(said, ["what is encoded here is too large or too deep to unpack"]);
}

#[test]
fn what_is_encoded_more_often_than_is_looked_into_is_undecided() {
    let value = (0..9).fold("a secret may be here".to_owned(), |value, _| STANDARD.encode(value));
    let report = judged("main.tf.json", &json!({"locals": {"a": value}}).to_string());
    assert!(report.undecided.iter().any(|later| later.why.contains("too deep")), "{:?}", report.undecided);
}
