//! The page of a construct, and the index of all of them, as Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::arguments::{arguments, value};
use crate::read::{Construct, Function, sources};

/// What a page is made of beside the construct itself.
pub(crate) struct Shown<'a> {
    /// The example as a program.
    pub(crate) rust: &'a str,
    /// What it writes.
    pub(crate) document: Value,
    /// The example as a stack file, where stack files have the construct, with what they call it.
    pub(crate) yaml: Option<(&'a str, &'a str)>,
}

/// The page of a construct.
pub(crate) fn of(construct: &Construct, shown: &Shown<'_>, schema: &Value) -> String {
    let mut page = format!("# {}\n\n`{}`\n\n{}\n", construct.page(), construct.path(), construct.about);
    let _ = write!(page, "\n## Example\n\n```rust\n{}```\n", shown.rust);
    page += &written(&shown.document);
    if let Some((kind, yaml)) = shown.yaml {
        let _ = write!(page, "\nIn a stack file it is `{kind}`:\n\n```yaml\n{yaml}```\n");
    }
    page += "\n## Making one\n\n| in Rust | what it is |\n|---|---|\n";
    for (name, function) in &construct.makers {
        page += &row(name, function);
    }
    for function in &construct.settings {
        page += &row(&format!(".{}", function.name), function);
    }
    if let Some((kind, _)) = shown.yaml {
        page += &in_stack_files(kind, schema);
    }
    let _ = write!(page, "\n## What its handle gives\n\n`add` returns `{}`.\n", construct.handle);
    if !construct.gives.is_empty() {
        page += "\n| in Rust | what it is |\n|---|---|\n";
        for function in &construct.gives {
            page += &row(&format!(".{}", function.name), function);
        }
    }
    page
}

fn row(name: &str, function: &Function) -> String {
    let is_variant = name.rsplit("::").next().is_some_and(|last| last.starts_with(char::is_uppercase));
    let arguments = if is_variant { String::new() } else { format!("({})", function.arguments.join(", ")) };
    format!(
        "| `{}` | {} |\n",
        cell(&format!("{name}{arguments}")),
        cell(&function.about.replace("\n\n", " "))
    )
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn in_stack_files(kind: &str, schema: &Value) -> String {
    let of = &schema["$defs"]["Construct"]["properties"][kind];
    let rows = arguments(schema, of);
    if rows.is_empty() {
        return format!(
            "\n## Arguments in a stack file\n\nIt is one of these words: {}.\n",
            value(schema, of)
        );
    }
    let mut part =
        "\n## Arguments in a stack file\n\n| argument | value | needed | what it is |\n|---|---|---|---|\n"
            .to_owned();
    for row in rows {
        let (value, about) = (cell(&row.value), cell(&row.about));
        let _ = writeln!(part, "| `{}` | {value} | {} | {about} |", row.path, row.needed);
    }
    part
}

/// The addresses in a document, what an example makes, and the document itself for who looks closer.
fn written(document: &Value) -> String {
    let mut part = "\nIt writes\n\n".to_owned();
    for (block, prefix) in [("resource", ""), ("data", "data."), ("ephemeral", "ephemeral.")] {
        for (kind, named) in document[block].as_object().into_iter().flatten() {
            for name in named.as_object().unwrap().keys() {
                let _ = writeln!(part, "- `{prefix}{kind}.{name}`");
            }
        }
    }
    let mut shown = document.clone();
    // The provider's version is the same on every page.
    shown.as_object_mut().unwrap().remove("terraform");
    let text = serde_json::to_string_pretty(&shown).unwrap();
    let _ = write!(
        part,
        "\n<details>\n<summary>as Terraform JSON</summary>\n\n```json\n{text}\n```\n\n</details>\n"
    );
    part
}

/// The index of all pages, by module.
pub(crate) fn index(constructs: &BTreeMap<String, Construct>, source: &Path) -> String {
    let mut page = "# Constructs\n\nEach makes what belongs together in AWS, with AWS's own rules: what is refused is refused \
                    when the program or the stack file is synthesized, with the reason. The examples are compiled and \
                    synthesized, and what they write is held against the provider's schema. What a construct has no \
                    argument for is set on the elements inside of it ([ways around](../architecture.md)).\n"
        .to_owned();
    let mut modules: BTreeMap<&str, Vec<&Construct>> = BTreeMap::new();
    for construct in constructs.values() {
        modules.entry(construct.module.as_deref().unwrap_or_default()).or_default().push(construct);
    }
    for (module, constructs) in modules {
        let title = if module.is_empty() { "synth".to_owned() } else { format!("synth::{module}") };
        let _ = write!(page, "\n## `{title}`\n\n| construct | what it is |\n|---|---|\n");
        for construct in constructs {
            let about = construct.about.split("\n\n").next().unwrap_or_default();
            let name = construct.page();
            let _ = writeln!(page, "| [`{}`]({name}.md) | {} |", construct.name, cell(about));
        }
        if !module.is_empty() {
            let sources = sources(source, module);
            if !sources.is_empty() {
                page += "\nIts rules are those of\n\n";
            }
            for source in sources {
                let _ = writeln!(page, "- {source}");
            }
        }
    }
    page
}
