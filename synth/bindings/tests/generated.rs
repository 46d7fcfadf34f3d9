//! The committed bindings are what the generator makes of the committed schema.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde_json::{Value as Json, json};
use synth_bindings::{Functions, Grouping, Previous, Schema, Service, Source, aws, generate, language};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn schema() -> Schema {
    Schema::read_gzip(File::open(workspace().join(aws::SCHEMA_FILE)).unwrap(), aws::SOURCE.source).unwrap()
}

/// The names of the committed crate.
fn committed() -> Previous {
    let files = fs::read_dir(workspace().join("synth/aws/src")).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        (format!("src/{}", path.file_name().unwrap().display()), fs::read_to_string(&path).unwrap())
    });
    Previous::of(files)
}

#[test]
fn committed_bindings_are_current() {
    let folder = workspace().join("synth/aws");
    let made = aws::bindings(&schema(), &committed());
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
    let made = aws::bindings(&schema(), &committed());
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
    let services = aws::bindings(&schema(), &committed()).services;
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
    let made = generate(&schema, TINY, Grouping::Together, &Previous::default());
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
    let made = generate(&schema(), aws::SOURCE, Grouping::Services(none), &Previous::default());
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
    let made = generate(&schema, TINY, Grouping::Together, &Previous::default());
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

/// The names that a module offers: structs and other names of them.
fn names(text: &str) -> BTreeSet<String> {
    let words = |line: &str| {
        let line = line.trim_start();
        let rest = line.strip_prefix("block! { ").or_else(|| line.strip_prefix("reference! { "));
        let name = rest.or_else(|| line.split_once(" as ").map(|(_, alias)| alias))?;
        Some(name.split(|c: char| !c.is_ascii_alphanumeric()).next()?.to_owned())
    };
    text.lines().filter_map(words).collect()
}

#[test]
fn a_new_version_of_the_provider_renames_nothing() {
    let block =
        |name: &str, inner: &str| format!(r#""{name}":{{"nesting_mode":"list","block":{{{inner}}}}}"#);
    let leaf = r#""attributes":{"a":{"type":"string","optional":true}}"#;
    let more =
        r#""attributes":{"a":{"type":"string","optional":true},"new":{"type":"bool","optional":true}}"#;
    let resource = |name: &str, blocks: &str| {
        format!(r#""tiny_{name}":{{"version":0,"block":{{"block_types":{{{blocks}}}}}}}"#)
    };
    let deep = |leaf: &str| block("mid", &format!(r#""block_types":{{{}}}"#, block("low", leaf)));
    let before =
        [resource("b", &format!("{},{}", deep(leaf), block("side", leaf))), resource("c", &deep(leaf))];
    // A resource that comes first and has all of the blocks; one block that differs now; one that is gone.
    let after = [
        resource("a", &format!("{},{}", deep(leaf), block("side", leaf))),
        resource("b", &format!("{},{}", deep(more), block("side", leaf))),
        resource("c", &deep(leaf)),
    ];
    let (before, after) = (names(&tiny(&before.join(","))), names(&tiny(&after.join(","))));
    assert!(before.contains("BMidLow") && before.contains("CMid") && before.contains("BSide"), "{before:?}");
    assert_eq!(before.difference(&after).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn types_that_are_new_in_the_provider_rename_nothing() {
    let mut json = String::new();
    let file = File::open(workspace().join(aws::SCHEMA_FILE)).unwrap();
    flate2::read::GzDecoder::new(file).read_to_string(&mut json).unwrap();
    let mut export: serde_json::Value = serde_json::from_str(&json).unwrap();
    let provider = &mut export["provider_schemas"]["registry.terraform.io/hashicorp/aws"];
    // An older version: every third type is not there yet.
    for kind in ["resource_schemas", "data_source_schemas"] {
        let types = provider[kind].as_object_mut().unwrap();
        let new: Vec<String> = types.keys().step_by(3).cloned().collect();
        types.retain(|name, _| !new.contains(name));
    }
    let older = Schema::read(&export.to_string(), aws::SOURCE.source).unwrap();
    let older = aws::bindings(&older, &Previous::default());
    let whole = aws::bindings(&schema(), &Previous::of(&older.files));
    let mut lost = Vec::new();
    for (path, text) in &older.files {
        let (older, whole) = (names(text), names(whole.files.get(path).map_or("", String::as_str)));
        lost.extend(older.difference(&whole).map(|name| format!("{path} {name}")));
    }
    assert_eq!(lost, Vec::<String>::new());
}

#[test]
fn counts_of_blocks_are_in_the_types_or_checked() {
    let nested = |name: &str, least: u64, most: u64| {
        format!(
            r#""{name}":{{"nesting_mode":"set","min_items":{least},"max_items":{most},"block":{{"attributes":{{"{name}":{{"type":"string","optional":true}}}}}}}}"#
        )
    };
    let blocks = [nested("one", 0, 1), nested("must", 1, 1), nested("some", 1, 0), nested("few", 0, 3)];
    let text =
        tiny(&format!(r#""tiny_x":{{"version":0,"block":{{"block_types":{{{}}}}}}}"#, blocks.join(",")));
    assert!(text.contains("pub fn one(mut self, v: XOne) -> Self"), "{text}");
    assert!(text.contains("pub fn must(mut self, v: XMust) -> X<Yes, S1>"), "{text}");
    assert!(text.contains("pub fn some(mut self, v: impl Into<Blocks<XSome>>) -> X<S0, Yes>"), "{text}");
    assert!(text.contains("v.into().between(1, usize::MAX)"), "{text}");
    assert!(text.contains("v.into().between(0, 3)"), "{text}");
}

#[test]
fn what_is_computed_is_read_through_lists_sets_and_blocks() {
    let text = tiny(
        r#""tiny_x":{"version":0,"block":{
            "attributes":{"found":{"type":["list",["object",{"name":"string","inner":["set",["object",{"port":"number"}]]}]],"computed":true}},
            "block_types":{"disk":{"nesting_mode":"set","block":{"attributes":{
                "id":{"type":"string","computed":true},
                "token":{"type":"string","computed":true,"sensitive":true},
                "size":{"type":"number","optional":true}}}}}}}"#,
    );
    assert!(text.contains("pub fn found(self) -> Ref<List<XFoundRef>>"), "{text}");
    assert!(text.contains("pub fn inner(&self) -> Ref<Set<XFoundInnerRef>>"), "{text}");
    assert!(text.contains("pub fn port(&self) -> Ref<Number>"), "{text}");
    assert!(text.contains("pub fn disk(self) -> Ref<Set<XDiskRef>>"), "{text}");
    assert!(text.contains("pub fn token(&self) -> Sensitive<String>"), "{text}");
    assert!(!text.contains("block! { XFound"), "what cannot be set has no builder: {text}");
    assert!(!text.contains("pub fn size(&self)"), "what the author wrote is not worth a reference: {text}");
}
