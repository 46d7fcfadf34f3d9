//! The committed bindings are what the generator makes of the committed schema.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde_json::{Value as Json, json};
use synth_bindings::{Functions, Grouping, Schema, Service, Source, aws, generate, language};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn schema() -> Schema {
    Schema::read_gzip(File::open(workspace().join(aws::SCHEMA_FILE)).unwrap(), aws::SOURCE.source).unwrap()
}

#[test]
fn committed_bindings_are_current() {
    let folder = workspace().join("synth/aws");
    let made = aws::bindings(&schema());
    for (path, text) in &made.files {
        let committed = fs::read_to_string(folder.join(path)).unwrap_or_default();
        assert!(committed == *text, "{path} is not current: run `just bindings`");
    }
    let committed = fs::read_dir(folder.join("src")).unwrap().count();
    assert_eq!(committed + 1, made.files.len(), "a file in synth/aws/src is not generated any more");
}

/// The names of everything that the export declares, counted apart from the generator.
fn declared(kind: &str) -> Vec<String> {
    let mut json = String::new();
    let file = File::open(workspace().join(aws::SCHEMA_FILE)).unwrap();
    flate2::read::GzDecoder::new(file).read_to_string(&mut json).unwrap();
    let export: serde_json::Value = serde_json::from_str(&json).unwrap();
    let provider = &export["provider_schemas"]["registry.terraform.io/hashicorp/aws"];
    let names = match kind {
        "endpoints" => &provider["provider"]["block"]["block_types"]["endpoints"]["block"]["attributes"],
        kind => &provider[kind],
    };
    names.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn every_type_of_the_provider_has_a_service() {
    let made = aws::bindings(&schema());
    assert_eq!(made.left_out, Vec::<String>::new());
    let text: String = made.files.into_values().collect();
    let count = |kind: &str| text.matches(&format!("Handle: {kind} \"aws_")).count();
    assert_eq!(count("Resource"), declared("resource_schemas").len());
    assert_eq!(count("Data"), declared("data_source_schemas").len());
    assert_eq!(count("Ephemeral"), declared("ephemeral_resource_schemas").len());
    for function in declared("functions") {
        assert!(text.contains(&format!("pub fn {function}(")), "{function}");
    }
}

#[test]
fn every_service_is_one_of_the_provider() {
    let known = declared("endpoints");
    let services = aws::bindings(&schema()).services;
    let unknown: Vec<&String> = services.iter().filter(|service| !known.contains(service)).collect();
    // What belongs to no API of its own is in the provider's package `meta`.
    assert_eq!(unknown, ["meta"]);
}

const TINY: Source<'static> = Source { name: "tiny", source: "acme/tiny", version: "1.0.0" };

fn tiny(resources: &str) -> String {
    let json = format!(
        r#"{{"format_version":"1.0","provider_schemas":{{"registry.terraform.io/acme/tiny":{{
            "provider":{{"version":0,"block":{{}}}},"resource_schemas":{{{resources}}}}}}}}}"#
    );
    let schema = Schema::read(&json, "acme/tiny").unwrap();
    let made = generate(&schema, TINY, Grouping::Together);
    made.files.get("src/types.rs").unwrap().clone()
}

#[test]
fn equal_blocks_are_one_struct_with_an_alias() {
    let block = r#"{"nesting_mode":"list","max_items":1,"block":{"attributes":{"a":{"type":"string","required":true}}}}"#;
    let text = tiny(&format!(
        r#""tiny_x":{{"version":0,"block":{{"block_types":{{"one":{block},"two":{block}}}}}}}"#
    ));
    assert!(text.contains("block! { XOne (S0 a) }"), "{text}");
    assert!(text.contains("pub use self::XOne as XTwo;"), "{text}");
}

#[test]
fn keywords_sensitive_and_write_only_arguments_are_typed() {
    let text = tiny(
        r#""tiny_x":{"version":0,"block":{"attributes":{
            "type":{"type":"string","optional":true},
            "password":{"type":"string","optional":true,"sensitive":true},
            "password_wo":{"type":"string","optional":true,"sensitive":true,"write_only":true},
            "id":{"type":"string","optional":true,"computed":true}}}}"#,
    );
    assert!(text.contains("pub fn type_(mut self, v: impl Into<Value<String>>)"));
    assert!(text.contains("pub fn password(mut self, v: impl IntoSecret<String>)"));
    assert!(text.contains("pub fn password_wo(mut self, v: impl IntoWriteOnly<String>)"));
    assert!(text.contains("pub fn password(self) -> Sensitive<String>"));
    assert!(!text.contains("pub fn password_wo(self)"), "a write-only argument cannot be read");
    assert!(!text.contains("pub fn id(mut self"), "the id of a resource cannot be set");
}

#[test]
fn attributes_as_blocks_fill_every_key() {
    let text = tiny(
        r#""tiny_x":{"version":0,"block":{"attributes":{
            "rule":{"type":["set",["object",{"from":"number","note":"string"}]],"optional":true,"computed":true}}}}"#,
    );
    assert!(text.contains(r#"block! { XRule () => XRuleRef ["from", "note"] }"#), "{text}");
}

#[test]
fn names_that_join_to_the_same_word_stay_apart() {
    let block = |inner: &str| {
        format!(
            r#"{{"nesting_mode":"list","block":{{"attributes":{{"{inner}":{{"type":"string","optional":true}}}}}}}}"#
        )
    };
    let nested = format!(r#"{{"nesting_mode":"list","block":{{"block_types":{{"b":{}}}}}}}"#, block("deep"));
    let text = tiny(&format!(
        r#""tiny_x":{{"version":0,"block":{{"block_types":{{"a_b":{},"a":{nested}}}}}}}"#,
        block("flat")
    ));
    assert!(text.contains("block! { XAB () }") && text.contains("block! { XABBlock () }"), "{text}");
}

#[test]
fn a_schema_without_the_provider_names_those_it_has() {
    let json = r#"{"provider_schemas":{"registry.terraform.io/hashicorp/random":{"provider":{"block":{}}}}}"#;
    let error = Schema::read(json, "hashicorp/aws").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the schema holds no provider `hashicorp/aws`; it holds registry.terraform.io/hashicorp/random"
    );
    assert!(Schema::read("[]", "hashicorp/aws").is_err());
}

#[test]
fn services_without_any_type_leave_everything_out() {
    let none: &[Service] = &[];
    let made = generate(&schema(), aws::SOURCE, Grouping::Services(none));
    assert_eq!(made.services, Vec::<String>::new());
    assert!(made.left_out.contains(&"aws_iam_role".to_owned()));
}

#[test]
fn committed_functions_are_current() {
    let signatures = File::open(workspace().join(language::FUNCTIONS_FILE)).unwrap();
    let made = language::language(&Functions::read_gzip(signatures).unwrap()).unwrap();
    let committed = fs::read_to_string(workspace().join(language::FUNCTIONS_TARGET)).unwrap_or_default();
    assert!(committed == made, "{} is not current: run `just bindings`", language::FUNCTIONS_TARGET);
}

#[test]
fn functions_of_a_provider_are_typed() {
    let json = r#"{"provider_schemas":{"registry.terraform.io/acme/tiny":{
        "provider":{"version":0,"block":{}},
        "resource_schemas":{"tiny_x":{"version":0,"block":{}}},
        "functions":{
            "match":{"description":"Finds it.","return_type":["object",{"type":"string"}],
                "parameters":[{"name":"inputMap","type":["map","number"]}],
                "variadic_parameter":{"name":"self","type":"bool"}},
            "count":{"return_type":["list","number"]}}}}}"#;
    let schema = Schema::read(json, "acme/tiny").unwrap();
    let made = generate(&schema, TINY, Grouping::Together);
    let text = made.files.get("src/functions.rs").unwrap();
    let of_match = "/// Finds it.\npub fn match_(input_map: impl Into<Value<Map<Number>>>, self_: impl Values<bool>) -> MatchResult {\n    \
        MatchResult::refer(PROVIDER.call(\"match\", and(vec![input_map.into().into_term()], self_.into_terms())))\n}\n";
    assert!(text.contains(of_match), "{text}");
    assert!(text.contains("pub fn type_(&self) -> Ref<String>"), "{text}");
    assert!(text.contains("pub fn count() -> Value<List<Number>>"), "{text}");
    assert!(made.files.get("src/lib.rs").unwrap().contains("pub mod functions;"));
}

/// What is wrong with the committed signatures, once one of them was changed.
fn wrong(change: impl FnOnce(&mut serde_json::Map<String, Json>)) -> String {
    let committed = File::open(workspace().join(language::FUNCTIONS_FILE)).unwrap();
    let mut json: Json = serde_json::from_reader(GzDecoder::new(committed)).unwrap();
    change(json["function_signatures"].as_object_mut().unwrap());
    language::language(&Functions::read(&json.to_string()).unwrap()).unwrap_err().to_string()
}

#[test]
fn a_function_that_terraform_leaves_open_must_be_typed() {
    let error =
        wrong(|functions| drop(functions.insert("newest".into(), json!({ "return_type": "dynamic" }))));
    assert_eq!(error, "the types of `newest` are dynamic: write them into `generic.rs`");
}

#[test]
fn a_type_that_contradicts_terraforms_is_an_error() {
    let gone = wrong(|functions| drop(functions.remove("merge")));
    assert!(gone.starts_with("`generic.rs` types `merge`, which does not agree"), "{gone}");
    let changed = wrong(|functions| functions["lookup"]["parameters"][1]["type"] = "number".into());
    assert!(changed.starts_with("`generic.rs` types `lookup`, which does not agree"), "{changed}");
    let longer = wrong(|functions| {
        let parameters = functions["one"]["parameters"].as_array_mut().unwrap();
        parameters.push(json!({ "name": "more", "type": "dynamic" }));
    });
    assert!(longer.contains("`one`"), "{longer}");
}

#[test]
fn what_is_no_list_of_signatures_is_an_error() {
    assert!(Functions::read("[]").is_err());
    assert!(Functions::read_gzip(&b"no gzip"[..]).is_err());
}
