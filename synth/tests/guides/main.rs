//! What the guides show can be synthesized, and is valid. The compiler sees their examples in `examples.rs`;
//! `BLESS=1 cargo test -p synth --test guides` takes them out of the guides anew.

#[allow(dead_code, unused_variables, reason = "an example ends where it has shown its point")]
#[rustfmt::skip]
mod examples;
mod tables;

use std::fmt::Write as _;
use std::path::Path;

use synth::{App, Scope};
use synth_testing::Synthesized;

const LANGUAGE: &str = include_str!("../../../docs/language.md");

const GUIDES: &[(&str, &str)] =
    &[("from_cdktf", include_str!("../../../docs/from-cdktf.md")), ("language", LANGUAGE)];

/// What examples fill: a stack or an app.
#[derive(Clone, Copy)]
enum Example {
    Stack(fn(&mut Scope<'_>)),
    App(fn(&mut App)),
}

/// The examples as modules, and the list of those that fill something.
fn extracted() -> String {
    let mut modules =
        "// @generated from the guides in `docs`. Do not edit.\n\nuse super::Example;\n".to_owned();
    let mut list = String::new();
    for (guide, text) in GUIDES {
        let blocks = text.split("```rust").skip(1).filter_map(|rest| rest.split_once('\n'));
        for (number, (_, rest)) in blocks.enumerate() {
            let block = rest.split("```").next().unwrap_or_default();
            let name = format!("{guide}_{number}");
            for (signature, kind) in
                [("fn shop(stack: &mut Scope<'_>)", "Stack"), ("fn build(app: &mut App)", "App")]
            {
                if let Some(function) = block.contains(signature).then(|| &signature[3..]) {
                    let function = function.split('(').next().unwrap_or_default();
                    // Writing to a String cannot fail.
                    let _ = writeln!(list, "    (\"{name}\", Example::{kind}({name}::{function})),");
                    let public = block.replace(signature, &format!("pub(super) {signature}"));
                    let _ = write!(modules, "\nmod {name} {{\n{public}}}\n");
                }
            }
        }
    }
    format!("{modules}\npub(super) const ALL: &[(&str, Example)] = &[\n{list}];\n")
}

#[test]
fn the_examples_are_those_of_the_guides() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/guides/examples.rs");
    let extracted = extracted();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &extracted).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap();
    assert!(committed == extracted, "the guides have other examples by now: run `just bless`");
}

#[test]
fn every_example_is_valid() {
    assert!(examples::ALL.len() > 15, "the examples are gone");
    for (name, example) in examples::ALL {
        println!("{name}");
        match example {
            Example::Stack(fill) => Synthesized::stack(fill).valid(),
            Example::App(fill) => {
                let mut app = App::new();
                fill(&mut app);
                Synthesized::app(app).iter().for_each(Synthesized::valid);
            }
        }
    }
}

/// The code in the Rust columns of the language's tables: what stands between backticks, in the parts around `…`.
fn code_of_tables() -> Vec<String> {
    let mut code = Vec::new();
    let mut columns: Vec<bool> = Vec::new();
    for line in LANGUAGE.lines() {
        let Some(row) = line.strip_prefix('|').and_then(|row| row.strip_suffix('|')) else {
            columns.clear();
            continue;
        };
        // A bar inside of a cell is written `\\|`.
        let row = row.replace("\\|", "\u{1}");
        let cells = row.split('|').map(|cell| cell.trim().replace('\u{1}', "|"));
        if columns.is_empty() {
            columns = cells.map(|head| head.starts_with("Rust") || head == "written as").collect();
            continue;
        }
        for (cell, _) in cells.zip(&columns).filter(|(_, is_rust)| **is_rust) {
            let spans = cell.split('`').skip(1).step_by(2);
            code.extend(spans.flat_map(|span| span.split('…')).map(str::to_owned));
        }
    }
    code
}

fn without_space(code: &str) -> String {
    code.split_whitespace().collect()
}

#[test]
fn the_code_in_the_tables_is_compiled() {
    let code = code_of_tables();
    assert!(code.len() > 60, "the tables are gone: {code:?}");
    let compiled = without_space(include_str!("tables.rs"));
    let missing: Vec<&String> = code
        .iter()
        // A switch of the command line.
        .filter(|code| !code.starts_with("--") && !compiled.contains(&without_space(code)))
        .collect();
    assert_eq!(missing, Vec::<&String>::new(), "in a table, and not in `tables.rs`");
}

#[test]
fn the_code_in_the_tables_is_valid() {
    for fill in tables::ALL {
        Synthesized::stack(fill).valid();
    }
    let mut app = App::new();
    tables::every_element(&mut app);
    Synthesized::app(app).iter().for_each(Synthesized::valid);
}
