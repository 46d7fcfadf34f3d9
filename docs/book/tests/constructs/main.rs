//! Every construct has a page in `docs/constructs`, made of its code, the JSON Schema of stack files, and its examples in
//! `docs/book/constructs`, which are compiled and synthesized. `BLESS=1` writes the pages.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod arguments;
mod page;
mod read;

/// The examples, as `build.rs` finds them.
#[rustfmt::skip]
mod examples {
    include!(concat!(env!("OUT_DIR"), "/constructs.rs"));
}

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use page::Shown;
use read::{Construct, constructs};
use serde_json::Value;
use synth::{Scope, stack_file};
use synth_testing::Synthesized;

/// What an example does.
type Fill = fn(&mut Scope<'_>);

fn own(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn all() -> BTreeMap<String, Construct> {
    constructs(&own("../../synth/src"))
}

/// What stack files call each construct that they have, by its name in their schema.
fn kinds(schema: &Value) -> BTreeMap<String, String> {
    let kinds = schema["$defs"]["Construct"]["properties"].as_object().unwrap();
    let named = |of: &Value| of["$ref"].as_str().unwrap().trim_start_matches("#/$defs/").to_owned();
    kinds.iter().map(|(kind, of)| (named(of), kind.clone())).collect()
}

/// The pages by name, as they should be.
fn expected() -> BTreeMap<String, String> {
    let (constructs, schema) = (all(), stack_file::schema());
    let kinds = kinds(&schema);
    let mut pages =
        BTreeMap::from([("README.md".to_owned(), page::index(&constructs, &own("../../synth/src")))]);
    for (name, fill) in examples::ALL {
        let construct = constructs.get(*name).unwrap_or_else(|| panic!("no construct is called `{name}`"));
        let rust = fs::read_to_string(own(&format!("constructs/{name}.rs"))).unwrap();
        let kind = kinds.get(&construct.schema);
        let yaml = kind.map(|_| fs::read_to_string(own(&format!("constructs/{name}.yaml"))).unwrap());
        let shown = Shown {
            rust: &rust,
            document: Synthesized::stack(fill).document().clone(),
            yaml: kind.zip(yaml.as_ref()).map(|(kind, yaml)| (kind.as_str(), yaml.as_str())),
        };
        pages.insert(format!("{name}.md"), page::of(construct, &shown, &schema));
    }
    pages
}

#[test]
fn every_construct_has_a_page_that_is_current() {
    let (folder, expected) = (own("../constructs"), expected());
    if std::env::var_os("BLESS").is_some() {
        let _absent = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, page) in &expected {
            fs::write(folder.join(name), page).unwrap();
        }
    }
    let written = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let written: BTreeMap<String, String> = written
        .map(|path| {
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap())
        })
        .collect();
    let names = |pages: &BTreeMap<String, String>| pages.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&expected), names(&written), "refresh with `just bless`");
    for (name, page) in expected {
        assert!(page == written[&name], "{name}: refresh with `just bless`");
    }
}

#[test]
fn every_construct_of_the_library_and_of_stack_files_has_an_example() {
    let constructs = all();
    assert!(constructs.len() > 30, "only {} constructs are found", constructs.len());
    let with_example: BTreeSet<&str> = examples::ALL.iter().map(|(name, _)| *name).collect();
    assert_eq!(with_example, constructs.keys().map(String::as_str).collect());
    let found: BTreeSet<&str> = constructs.values().map(|one| one.schema.as_str()).collect();
    let in_stack_files = kinds(&stack_file::schema());
    let missing: Vec<&String> = in_stack_files.keys().filter(|name| !found.contains(name.as_str())).collect();
    assert_eq!(missing, Vec::<&String>::new());
}

#[test]
fn every_construct_says_what_it_is_and_how_it_is_made() {
    for (page, construct) in all() {
        assert!(!construct.about.is_empty(), "{page}");
        assert!(!construct.makers.is_empty(), "{page}");
        for function in construct.settings.iter().chain(&construct.gives) {
            assert!(!function.about.is_empty(), "{page}: {}", function.name);
        }
    }
}
