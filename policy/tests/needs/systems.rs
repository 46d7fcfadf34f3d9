//! The systems: what synth grants is what `policy` says is needed, to the action and the resource.

use std::fs;
use std::path::{Path, PathBuf};

use crate::configuration::{blocks, granted, judged, needs_of, pairs};

/// Every document of the systems.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    let mut folders: Vec<PathBuf> = Vec::new();
    for system in fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()) {
        folders.extend(fs::read_dir(&system).into_iter().flatten().map(|entry| entry.unwrap().path()));
        folders.push(system);
    }
    let mut documents: Vec<PathBuf> = folders.iter().map(|folder| folder.join("main.tf.json")).collect();
    documents.retain(|document| document.is_file());
    documents.sort();
    documents
}

/// A document with what is declared beside it.
fn files(document: &Path) -> Vec<(&'static str, String)> {
    let mut files = vec![("main.tf.json", fs::read_to_string(document).unwrap())];
    if let Ok(declared) = fs::read_to_string(document.with_file_name("policy.needs.json")) {
        files.push(("policy.needs.json", declared));
    }
    files
}

#[test]
fn what_is_granted_is_what_is_needed() {
    let mut principals = 0;
    for document in documents() {
        let blocks = blocks(&files(&document));
        let (granted, needed) = (granted(&blocks), pairs(&needs_of(&blocks)));
        for (principal, granted) in granted {
            assert_eq!(needed.get(&principal), Some(&granted), "{principal} of {}", document.display());
            principals += 1;
        }
    }
    assert_eq!(principals, 17);
}

#[test]
fn nothing_is_missing_or_too_much() {
    for document in documents() {
        for rule in ["IAM080", "IAM081", "IAM082"] {
            let said = judged(rule, &files(&document));
            assert_eq!(said, (Vec::new(), Vec::new()), "{rule}: {}", document.display());
        }
    }
}

#[test]
fn of_who_is_granted_something_only_what_another_stack_gives_out_is_not_known() {
    for document in documents() {
        let blocks = blocks(&files(&document));
        let granted = granted(&blocks);
        let needs = needs_of(&blocks).principals.into_iter();
        for (address, principal) in needs.filter(|(address, _)| granted.contains_key(address)) {
            let mut open = principal.open.iter();
            assert!(
                open.all(|open| open.why.contains("data.terraform_remote_state")),
                "{address} of {}: {:?}",
                document.display(),
                principal.open
            );
        }
    }
}
