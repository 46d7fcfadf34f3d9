//! A system's README: the table of what must be in it, a row an id.

use std::collections::BTreeSet;
use std::fs;

use localstack_tests::Failure;

use crate::SYSTEMS;
use crate::system::System;

/// A row of the table of what a system must have.
pub(crate) struct Required {
    /// Such as `AS-3`.
    pub(crate) id: String,
    pub(crate) what: String,
}

/// The rows of a system's README that begin with an id.
pub(crate) fn rows(system: &System) -> Result<Vec<Required>, Failure> {
    let readme = fs::read_to_string(system.folder().join("README.md"))?;
    let row = |line: &str| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        let (id, what) = (cells.next()?, cells.next()?.trim_end_matches(" |"));
        is_id(id).then(|| Required { id: id.to_owned(), what: what.to_owned() })
    };
    Ok(readme.lines().filter_map(row).collect())
}

/// Two capitals, a hyphen, a number.
fn is_id(text: &str) -> bool {
    let Some((system, number)) = text.split_once('-') else { return false };
    system.len() == 2
        && system.bytes().all(|byte| byte.is_ascii_uppercase())
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[test]
fn every_row_of_a_readme_is_looked_at_and_no_other() -> Result<(), Failure> {
    for system in SYSTEMS {
        let rows: Vec<String> = rows(system)?.into_iter().map(|row| row.id).collect();
        let looked_at: Vec<&str> = system.rows.iter().map(|row| row.id).collect();
        assert!(!rows.is_empty(), "{}: no table", system.name);
        assert_eq!(looked_at, rows, "{}", system.name);
    }
    Ok(())
}

#[test]
fn every_folder_with_a_program_is_a_system_of_this_table() -> Result<(), Failure> {
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures");
    let mut folders = BTreeSet::new();
    for entry in fs::read_dir(fixtures)? {
        let entry = entry?;
        if entry.path().join("stack.rs").is_file() {
            folders.insert(entry.file_name().to_string_lossy().into_owned());
        }
    }
    let systems: BTreeSet<String> = SYSTEMS.iter().map(|system| system.name.to_owned()).collect();
    assert_eq!(systems, folders);
    Ok(())
}

#[test]
fn only_ids_are_rows() {
    for (text, expected) in [("AS-3", true), ("IN-10", true), ("as-3", false), ("AS-", false), ("id", false)]
    {
        assert_eq!(is_id(text), expected, "{text}");
    }
}
