//! The table of faults names exactly the tests that there are.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const HERE: &str = env!("CARGO_MANIFEST_DIR");

/// The tests of this folder, `module::name`.
fn tests() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(Path::new(HERE).join("tests/faults")).unwrap().flatten() {
        let (path, text) = (entry.path(), fs::read_to_string(entry.path()).unwrap());
        let module = path.file_stem().unwrap().to_string_lossy().into_owned();
        // In two parts, so that this line is none.
        for after in text.split(concat!("#[te", "st]\nfn ")).skip(1) {
            found.insert(format!("{module}::{}", after.split('(').next().unwrap()));
        }
    }
    found.retain(|name| !name.starts_with("table::"));
    found
}

#[test]
fn every_fault_is_in_the_table_and_has_its_test() {
    let page = fs::read_to_string(Path::new(HERE).join("../docs/faults.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| "));
    let named: BTreeSet<String> =
        rows.flat_map(|row| row.split('`').filter(|word| word.contains("::")).map(str::to_owned)).collect();
    assert_eq!(named, tests());
}
