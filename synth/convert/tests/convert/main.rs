//! What each piece of Terraform's language becomes in Rust.
//!
//! That such programs compile and synthesize what terraform plans alike is tested on whole configurations, by
//! `localstack-tests/tests/convert`.

#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests fail by panicking")]

mod blocks;
mod elements;
mod expressions;
mod heredocs;
mod hostile;
mod json;
mod notes;
mod page;
mod stack_files;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use synth_convert::{Bindings, Fate, Output, Problems, Target};

static BINDINGS: LazyLock<Bindings> = LazyLock::new(|| Bindings::aws().expect("the schemas are whole"));

fn try_convert(hcl: &str) -> Result<Output, Problems> {
    let files = BTreeMap::from([("main.tf".to_owned(), hcl.to_owned())]);
    synth_convert::convert("shop", &files, Target::Program, &BINDINGS)
}

fn convert(hcl: &str) -> Output {
    try_convert(hcl).unwrap_or_else(|problems| panic!("{problems}"))
}

/// What a stack file is written of it.
fn stack_file(hcl: &str) -> Output {
    let files = BTreeMap::from([("main.tf".to_owned(), hcl.to_owned())]);
    synth_convert::convert("shop", &files, Target::StackFile, &BINDINGS)
        .unwrap_or_else(|problems| panic!("{problems}"))
}

/// The program, without white space at the beginnings and ends of lines.
fn program(hcl: &str) -> String {
    let output = convert(hcl);
    assert_eq!(left(&output), Vec::<String>::new());
    joined(&output.files["src/main.rs"])
}

/// The messages of what is not in the program.
fn left(output: &Output) -> Vec<String> {
    let left = output.notes.iter().filter(|note| note.fate == Fate::Left);
    left.map(|note| note.message.clone()).collect()
}

/// Lines as one, because where they are broken is not what these tests are about.
fn joined(text: &str) -> String {
    let mut joined = String::new();
    for line in text.lines().map(str::trim) {
        let tight = line.starts_with(['.', ')', ']']) || joined.ends_with(['(', '[']);
        if !joined.is_empty() && !tight {
            joined.push(' ');
        }
        if line.starts_with([')', ']']) && joined.ends_with(',') {
            joined.pop();
        }
        joined.push_str(line);
    }
    joined
}

/// What an output of an expression becomes, in a stack that has the variables it may use.
fn expression(hcl: &str) -> String {
    let program = program(&format!("{VARIABLES}\noutput \"it\" {{\n  value = {hcl}\n}}\n"));
    let (_, rest) = program.split_once("stack.add(\"it\", ").expect("the output is in the program");
    let (value, _) = rest.rsplit_once("); }").expect("the output is last");
    value.strip_prefix("Output::of(").and_then(|value| value.strip_suffix(')')).unwrap_or(value).to_owned()
}

const VARIABLES: &str = r#"
variable "name" { type = string }
variable "size" { type = number }
variable "large" { type = bool }
variable "zones" { type = list(string) }
variable "tags" { type = map(string) }
variable "rules" { type = list(object({ port = number, from = optional(string) })) }
variable "sites" { type = map(object({ host = string })) }
variable "loose" {}
"#;
