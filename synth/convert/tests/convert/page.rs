//! The page on converting shows what is converted.

use std::collections::BTreeMap;

use synth_convert::Target;

use crate::BINDINGS;

const PAGE: &str = include_str!("../../../../docs/convert.md");

fn block(fence: &str) -> &'static str {
    let (_, rest) = PAGE.split_once(&format!("```{fence}\n")).expect("the page has such a block");
    rest.split_once("```").expect("the block ends").0
}

#[test]
fn the_page_shows_what_its_example_becomes() {
    let files = BTreeMap::from([("main.tf".to_owned(), block("hcl").to_owned())]);
    let output =
        synth_convert::convert("reports", &files, Target::Program, &BINDINGS).expect("it is Terraform");
    assert_eq!(output.files["src/main.rs"], block("rust"));
    assert_eq!(output.features, ["s3"]);
}
