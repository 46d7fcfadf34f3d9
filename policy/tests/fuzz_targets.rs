//! What the fuzzer calls holds for the documents of the fixtures and for odd ones.
#![expect(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use std::fs;
use std::path::Path;

use proptest::prelude::*;

#[path = "../fuzz/src/targets.rs"]
#[expect(unreachable_pub, reason = "the programs of the fuzzer are another crate")]
mod targets;

fn everywhere(bytes: &[u8]) {
    for (_, target) in targets::TARGETS {
        target(bytes);
    }
}

#[test]
fn every_target_takes_the_fixtures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/access");
    for file in ["native/main.tf", "json/main.tf.json", "native.plan.json", "json.plan.json"] {
        everywhere(&fs::read(folder.join(file)).unwrap());
    }
}

#[test]
fn every_target_is_a_program_of_the_fuzzer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    let mut programs: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    programs.sort();
    let mut names: Vec<&str> = targets::TARGETS.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    assert_eq!(programs, names);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_target_takes_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200), odd in r#"[{}\[\]":,$%a-z0-9~.()=\\<\n\u{0} ]{0,80}"#) {
        everywhere(&bytes);
        everywhere(odd.as_bytes());
    }
}
