//! Programs on this package: its examples, and files that are compiled against it as a user's program would be.

#![allow(dead_code, reason = "each test file uses a part")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use serde_json::Value as Json;

/// What cargo has built of this package. Nothing is built twice: cargo knows what is current.
struct Built {
    examples: BTreeMap<String, PathBuf>,
    library: PathBuf,
}

static BUILT: LazyLock<Built> = LazyLock::new(|| {
    let build = ["build", "--locked", "--offline", "--package", "synth", "--lib", "--examples"];
    let output = Command::new(env!("CARGO")).args(build).arg("--message-format=json").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let messages: Vec<Json> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let rendered = messages.iter().filter_map(|message| message.pointer("/message/rendered")?.as_str());
    assert!(output.status.success(), "the examples do not build:\n{}", rendered.collect::<String>());
    let examples = messages.iter().filter_map(|message| {
        let program = message.get("executable")?.as_str()?;
        Some((message.pointer("/target/name")?.as_str()?.to_owned(), PathBuf::from(program)))
    });
    let library = messages.iter().find_map(|message| {
        let files = message.get("filenames")?.as_array()?.iter().filter_map(Json::as_str);
        let ours = message.pointer("/target/name")? == "synth" && message.get("executable")?.is_null();
        files.map(PathBuf::from).find(|file| ours && file.extension().is_some_and(|kind| kind == "rlib"))
    });
    Built { examples: examples.collect(), library: library.unwrap() }
});

/// Runs an example.
pub(crate) fn run(name: &str, arguments: &[&str]) -> Output {
    let program = BUILT.examples.get(name);
    assert!(program.is_some(), "synth/Cargo.toml has no example `{name}`");
    Command::new(program.unwrap()).args(arguments).output().unwrap()
}

/// Compiles a file as a program, or says what the compiler has against it: its errors, each with its place.
pub(crate) fn compile(file: &Path, program: &Path) -> Result<(), String> {
    let dependencies = BUILT.library.parent().unwrap().join("deps");
    let output = Command::new(Path::new(env!("CARGO")).with_file_name("rustc"))
        .current_dir(file.parent().unwrap())
        .arg(file.file_name().unwrap())
        .args(["--edition=2024", "--crate-name=program", "--error-format=json", "-Cdebuginfo=0", "-o"])
        .arg(program)
        .arg(format!("--extern=synth={}", BUILT.library.display()))
        .arg(format!("-Ldependency={}", dependencies.display()))
        .output()
        .unwrap();
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8(output.stderr).unwrap();
    let diagnostics = said.lines().map(|line| serde_json::from_str(line).unwrap());
    Err(diagnostics.filter_map(|diagnostic: Json| error(&diagnostic)).collect())
}

/// An error in three lines: how the compiler draws it differs between its versions.
fn error(diagnostic: &Json) -> Option<String> {
    let text = |value: &Json, member: &str| value.get(member).and_then(Json::as_str).unwrap_or("").to_owned();
    let span = diagnostic
        .get("spans")?
        .as_array()?
        .iter()
        .find(|span| span.get("is_primary") == Some(&true.into()))?;
    let code = text(diagnostic.get("code")?, "code");
    let [line, column] = ["line_start", "column_start"].map(|member| span.get(member).and_then(Json::as_u64));
    let mut said = format!("error[{code}]: {}\n", text(diagnostic, "message"));
    said += &format!("  --> {}:{}:{}\n", text(span, "file_name"), line?, column?);
    let label = text(span, "label");
    if !label.is_empty() {
        said += &format!("  = here: {label}\n");
    }
    let children = diagnostic.get("children").and_then(Json::as_array).into_iter().flatten();
    let plain =
        children.filter(|child| child.get("spans").and_then(Json::as_array).is_some_and(Vec::is_empty));
    for note in plain.filter(|child| child.get("level") == Some(&"note".into())) {
        said += &format!("  = note: {}\n", text(note, "message"));
    }
    (text(diagnostic, "level") == "error").then_some(said)
}
