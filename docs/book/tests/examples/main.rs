//! The Rust that the pages show is compiled; what fills a stack or an app is synthesized, and is valid. `build.rs` takes it
//! out of the pages.

#[expect(dead_code, unused_variables, reason = "an example ends where it has shown its point")]
#[rustfmt::skip]
mod examples {
    include!(concat!(env!("OUT_DIR"), "/examples.rs"));
}
mod before;
mod tables;

use synth::{App, Scope};
use synth_testing::Synthesized;

const LANGUAGE: &str = include_str!("../../../language.md");

/// What an example fills: a stack or an app.
#[derive(Clone, Copy)]
enum Example {
    Stack(fn(&mut Scope<'_>)),
    App(fn(&mut App)),
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
