//! Takes the Rust out of the pages: each block becomes a module of `tests/examples`, where the compiler sees it.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

#[expect(unreachable_pub, reason = "it is a module of the library too")]
#[path = "src/block.rs"]
mod block;
#[expect(dead_code, unreachable_pub, reason = "it is a module of the library too")]
#[path = "src/page.rs"]
mod page;

use block::Block;

/// What examples fill, by the function that they have: a stack or an app.
const FILLED: [(&str, &str); 2] =
    [("fn shop(stack: &mut Scope<'_>)", "Stack"), ("fn build(app: &mut App)", "App")];

fn main() -> Result<(), Box<dyn Error>> {
    let book = env::var("CARGO_MANIFEST_DIR")?;
    let book = Path::new(&book);
    let top = book.join("../..");
    // Where new pages and examples appear.
    for folder in ["docs", "fixtures"] {
        println!("cargo::rerun-if-changed={}", top.join(folder).display());
    }
    let (mut modules, mut list) = (String::new(), String::new());
    for page in page::all(&top)? {
        println!("cargo::rerun-if-changed={}", top.join(&page.path).display());
        for block in block::blocks(&page.text).iter().filter(|block| block.language == "rust") {
            let name = format!("{}_line_{}", identifier(&page.path), block.line);
            let mut code = code(block);
            for (signature, kind) in FILLED {
                if block.text.contains(signature) {
                    code = code.replace(signature, &format!("pub(super) {signature}"));
                    let function = signature.trim_start_matches("fn ").split('(').next().unwrap_or_default();
                    writeln!(list, "    (\"{name}\", Example::{kind}({name}::{function})),")?;
                }
            }
            write!(modules, "\nmod {name} {{\n{code}}}\n")?;
        }
    }
    let examples = format!(
        "use super::{{Example, before}};\n{modules}\npub(super) const ALL: &[(&str, Example)] = &[\n{list}];\n"
    );
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("examples.rs"), examples)?;
    fs::write(Path::new(&out).join("constructs.rs"), constructs(&book.join("constructs"))?)?;
    Ok(())
}

/// The examples of constructs as modules, and the list of them.
fn constructs(folder: &Path) -> Result<String, Box<dyn Error>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    names.sort();
    let (mut modules, mut list) = (String::new(), String::new());
    for name in names {
        let code = fs::read_to_string(folder.join(format!("{name}.rs")))?;
        write!(modules, "\nmod {name} {{\n{}}}\n", code.replace("fn shop(", "pub(super) fn shop("))?;
        writeln!(list, "    (\"{name}\", {name}::shop),")?;
    }
    Ok(format!("use super::Fill;\n{modules}\npub(super) const ALL: &[(&str, Fill)] = &[\n{list}];\n"))
}

fn identifier(path: &str) -> String {
    let path = path.trim_end_matches(".md").to_lowercase();
    path.chars().map(|one| if one.is_alphanumeric() { one } else { '_' }).collect()
}

/// A block as the inside of a module. Statements stand in a function; its tests run, but those of the harness: their stacks
/// are what the page tells of.
fn code(block: &Block) -> String {
    let before = match block.word("after") {
        Some(name) => format!("use super::before::{name}::*;\n"),
        None => String::new(),
    };
    let is_of_harness = block.text.contains("use localstack_tests::");
    let text = if is_of_harness { block.text.replace("#[test]\n", "") } else { block.text.clone() };
    if block.words.iter().any(|word| word == "statements") {
        format!("{before}fn statements() -> Result<(), Box<dyn std::error::Error>> {{\n{text}Ok(())\n}}\n")
    } else {
        before + &text
    }
}
