//! `docs/specification.md` names every test of this folder, and no other.

use std::collections::BTreeSet;
use std::path::Path;

use localstack_tests::Failure;

const TABLE: &str = include_str!("../../../docs/specification.md");

fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>, Failure> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    Ok(files)
}

/// The tests of the folder, but for this file's.
fn tests(folder: &Path) -> Result<BTreeSet<String>, Failure> {
    let mut tests = BTreeSet::new();
    for path in files(folder)?.iter().filter(|path| path.is_file() && !path.ends_with("table.rs")) {
        let text = std::fs::read_to_string(path)?;
        let marked = text.split("#[test]\nfn ").skip(1);
        tests.extend(marked.filter_map(|rest| rest.split_once('(')).map(|(name, _)| name.to_owned()));
    }
    Ok(tests)
}

/// The last column of the table's rows: a test's name between backticks.
fn named() -> Vec<String> {
    let rows = TABLE.lines().filter(|line| line.starts_with("| "));
    let last = rows.filter_map(|line| line.trim_end_matches(" |").rsplit_once(" | ")).map(|(_, last)| last);
    last.filter_map(|cell| cell.strip_prefix('`')?.strip_suffix('`')).map(str::to_owned).collect()
}

#[test]
fn every_row_is_a_test_and_every_test_a_row() -> Result<(), Failure> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/specification");
    let tests = tests(&folder)?;
    assert!(tests.len() > 30, "the tests are gone: {tests:?}");
    let rows: BTreeSet<String> = named().into_iter().collect();
    assert_eq!(rows, tests);
    for path in files(&folder.join("wrong"))? {
        let row = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        assert!(tests.contains(&row), "`{}` belongs to no row", path.display());
    }
    Ok(())
}
