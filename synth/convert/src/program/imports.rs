//! The program around the statements: what it imports, and `main`.

use std::collections::BTreeSet;

/// What `synth` has at its root and programs use by its own name.
const OF_SYNTH: &[&str] = &[
    "Any",
    "Backend",
    "Blocks",
    "Body",
    "Check",
    "Ephemeral",
    "Id",
    "Lifecycle",
    "List",
    "Local",
    "Map",
    "MetaArguments",
    "Module",
    "Number",
    "OnFailure",
    "Origin",
    "Output",
    "Provider",
    "Provisioner",
    "Ref",
    "Removal",
    "S3Backend",
    "Scope",
    "Sensitive",
    "Set",
    "THIS",
    "Term",
    "Untyped",
    "Value",
    "Variable",
    "WriteOnly",
    "conditional",
    "functions",
    "null",
    "object",
    "own",
    "path_cwd",
    "path_module",
    "path_root",
    "text",
    "verbatim",
    "workspace",
];

/// The whole file.
pub(super) fn program(stack: &str, statements: &str, statics: &str, features: &BTreeSet<String>) -> String {
    let code = format!("{statics}{statements}");
    let words = words(&code);
    let mut of_synth: Vec<&str> =
        OF_SYNTH.iter().copied().filter(|word| words.paths.contains(word)).collect();
    of_synth.push("Scope");
    if words.methods.iter().any(|method| METHODS.contains(method)) {
        of_synth.push("MetaArguments");
    }
    if words.methods.contains("node") {
        of_synth.push("Handle");
    }
    if words.methods.contains("into_any") {
        of_synth.push("functions::AnyValue as _");
    }
    of_synth.sort_unstable_by_key(|word| (word.starts_with(char::is_lowercase), *word));
    of_synth.dedup();
    let mut of_aws: Vec<&str> = Vec::new();
    of_aws.extend(words.paths.contains("aws").then_some("self"));
    of_aws.extend(features.iter().map(String::as_str).filter(|feature| words.paths.contains(*feature)));
    let aws = match of_aws.as_slice() {
        [] => String::new(),
        ["self"] => "use synth::aws;\n".to_owned(),
        [service] => format!("use synth::aws::{service};\n"),
        several => format!("use synth::aws::{{{}}};\n", several.join(", ")),
    };
    let function = function(stack);
    let name = crate::rust::text_literal(stack);
    format!(
        "//! The stack `{}`.

use std::process::ExitCode;

{aws}use synth::{{{}}};

fn main() -> ExitCode {{
    synth::main(|app| {function}(&mut app.stack({name})))
}}
{statics}
fn {function}(stack: &mut Scope<'_>) {{
{statements}}}
",
        stack.replace(['\n', '\r', '`'], " "),
        of_synth.join(", ")
    )
}

/// Functions of `MetaArguments`.
const METHODS: [&str; 8] = [
    "depends_on",
    "provider",
    "lifecycle",
    "precondition",
    "postcondition",
    "provisioner",
    "argument",
    "draft_mut",
];

fn function(stack: &str) -> String {
    let word = synth_bindings::word(&stack.to_lowercase());
    if matches!(word.as_str(), "main" | "text" | "object" | "synth") { format!("{word}_stack") } else { word }
}

/// The words of a program that are looked at.
#[derive(Default)]
struct Words<'t> {
    /// Words that begin a path or stand alone.
    paths: BTreeSet<&'t str>,
    /// Words behind a point.
    methods: BTreeSet<&'t str>,
}

/// The words outside of literals and comments.
fn words(code: &str) -> Words<'_> {
    let mut words = Words::default();
    let mut rest = code;
    let mut before = ' ';
    let mut is_path = false;
    while let Some(first) = rest.chars().next() {
        if let Some(length) = literal(rest, before) {
            rest = rest.get(length..).unwrap_or_default();
            before = '"';
            continue;
        }
        if first.is_ascii_alphabetic() || first == '_' {
            let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
            let (word, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            if before == '.' {
                words.methods.insert(word);
            } else if !is_path {
                words.paths.insert(word);
            }
            rest = after;
            before = 'a';
            is_path = false;
            continue;
        }
        is_path = first == ':' && before == ':';
        before = first;
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    words
}

/// The length of a text literal or comment that begins here.
fn literal(rest: &str, before: char) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if let Some(body) = rest.strip_prefix('"') {
        let mut is_escaped = false;
        for (at, letter) in body.char_indices() {
            match letter {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '"' => return Some(at + 2),
                _ => {}
            }
        }
        return Some(rest.len());
    }
    let raw = rest.strip_prefix('r').filter(|_| !(before.is_ascii_alphanumeric() || before == '_'))?;
    let marks =
        raw.find(|c| c != '#').filter(|at| raw.get(*at..).is_some_and(|rest| rest.starts_with('"')))?;
    let end = format!("\"{}", "#".repeat(marks));
    let body = raw.get(marks + 1..)?;
    Some(1 + marks + 1 + body.find(&end)? + end.len())
}
