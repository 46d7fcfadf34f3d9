//! How many secrets are found and how much else is reported, over the labelled cases in `fixtures/accuracy`; `docs/accuracy.md`
//! says so. `BLESS=1` refreshes it.
#![expect(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "tests fail by panicking")]

mod case;
mod document;
mod page;
mod random;

use std::fs;
use std::path::Path;

use case::Case;

#[test]
fn the_page_says_what_is_measured() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = package.join("../docs/accuracy.md");
    let measured = page::of(&case::sets(&package.join("fixtures/accuracy")));
    if std::env::var_os("BLESS").is_some() {
        fs::write(&page, &measured).unwrap();
    }
    assert_eq!(fs::read_to_string(&page).unwrap(), measured, "refresh with `just policy-accuracy`");
}

#[test]
fn there_are_cases_of_both_labels_in_every_set() {
    let sets = case::sets(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/accuracy"));
    let all: usize = sets.iter().map(|(_, cases)| cases.len()).sum();
    assert!(all >= 300, "{all}");
    for (name, cases) in sets {
        let secrets = cases.iter().filter(|case| case.is_secret).count();
        assert!(secrets >= 10 && cases.len() - secrets >= 10, "{name}");
    }
}

#[test]
fn a_case_is_the_same_on_every_run() {
    let line = "found\tenv\tA\t{alnum:20}";
    assert_eq!(Case::parse(line).document().text, Case::parse(line).document().text);
    assert_ne!(
        Case::parse(line).document().text,
        Case::parse(&line.replace('A', "B")).document().text.replace('B', "A")
    );
}
