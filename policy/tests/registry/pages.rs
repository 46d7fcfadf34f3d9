//! The pages in `docs/rules` say what the registry says. `BLESS=1` writes them.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use policy::rules::RULES;

use crate::page;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/rules")
}

/// The pages by name, as they should be.
fn expected() -> BTreeMap<String, String> {
    let pages = RULES.iter().map(|rule| (format!("{}.md", rule.id), page::of(rule)));
    pages.chain([("README.md".to_owned(), page::index())]).collect()
}

fn written() -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let page = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(path).unwrap())
    };
    entries.map(page).collect()
}

#[test]
fn every_rule_has_a_page_that_is_current() {
    if std::env::var_os("BLESS").is_some() {
        let _absent = fs::remove_dir_all(folder());
        fs::create_dir_all(folder()).unwrap();
        for (name, page) in expected() {
            fs::write(folder().join(name), page).unwrap();
        }
    }
    let (expected, written) = (expected(), written());
    let names = |pages: &BTreeMap<String, String>| pages.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&expected), names(&written), "refresh with `just bless`");
    for (name, page) in expected {
        assert_eq!(page, written[&name], "{name}: refresh with `just bless`");
    }
}
