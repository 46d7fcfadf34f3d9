//! The files of a project.

use std::collections::BTreeMap;

use clap::ValueEnum;
use serde_json::json;
use synth::stack_file;
use thiserror::Error;

use super::{Name, Origin};

/// What a stack is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// YAML, `stack.yaml`: needs `synth` and nothing else
    StackFile,
    /// Rust, `src/lib.rs`: the compiler is the first to check it
    Program,
}

/// Why there is no project.
#[derive(Debug, Error)]
pub(crate) enum ProjectError {
    /// A program is built with the crates of synth.
    #[error(
        "a program is built with the crates of synth, and nothing says where those are: write `--synth DIR` with \
         a clone of its repository, or `--synth ADDRESS` with its address (`synth` of crates.io is another crate)"
    )]
    NoOrigin,
    /// The stack cannot be synthesized.
    #[error("the stack of a new project is wrong:\n{0}")]
    Document(#[from] stack_file::Mistakes),
}

/// The text of each file, by its path in the project.
pub(crate) type Files = BTreeMap<&'static str, String>;

const STACK: &str = include_str!("stack_file/stack.yaml");

const STACK_FILE: &[(&str, &str)] = &[
    (".github/workflows/stack.yaml", include_str!("stack_file/workflow.yaml")),
    (".gitignore", include_str!("gitignore")),
    (".pre-commit-config.yaml", include_str!("stack_file/pre-commit.yaml")),
    ("README.md", include_str!("stack_file/README.md")),
    ("stack.expected.toml", include_str!("stack_file/expected.toml")),
    ("stack.yaml", STACK),
];

const PROGRAM: &[(&str, &str)] = &[
    (".github/workflows/stack.yaml", include_str!("program/workflow.yaml")),
    (".gitignore", concat!(include_str!("gitignore"), "\n# What cargo builds.\n/target/\n")),
    (".pre-commit-config.yaml", include_str!("program/pre-commit.yaml")),
    ("Cargo.toml", include_str!("program/manifest.toml")),
    ("README.md", include_str!("program/README.md")),
    ("src/lib.rs", include_str!("program/lib.rs")),
    ("src/main.rs", include_str!("program/main.rs")),
    ("tests/document.rs", include_str!("program/document.rs")),
    ("tests/localstack.rs", include_str!("program/localstack.rs")),
];

/// Writes the files of a project. Both kinds make the same `main.tf.json`.
///
/// # Errors
/// If it is a program, and nothing says where the crates of synth are.
pub(crate) fn files(kind: Kind, name: &Name, origin: &Origin) -> Result<Files, ProjectError> {
    let mut blanks = vec![
        ("@NAME@", name.to_string()),
        ("@REPOSITORY@", repository(origin).to_owned()),
        ("@CI@", in_ci(kind, origin)),
    ];
    let templates = match kind {
        Kind::StackFile => STACK_FILE,
        Kind::Program => {
            blanks.push(("@SYNTH@", dependency(origin, "synth")?));
            blanks.push(("@LOCALSTACK_TESTS@", dependency(origin, "localstack-tests")?));
            PROGRAM
        }
    };
    let filled =
        |text: &str| blanks.iter().fold(text.to_owned(), |text, (blank, value)| text.replace(blank, value));
    let mut files: Files = templates.iter().map(|(path, text)| (*path, filled(text))).collect();
    for document in stack_file::resolve("stack.yaml", &filled(STACK))? {
        files.insert("main.tf.json", document.json);
    }
    if kind == Kind::StackFile {
        files.insert("stack.schema.json", format!("{:#}\n", stack_file::schema()));
    }
    Ok(files)
}

/// Where cargo finds a crate, as a manifest says it. Every JSON text is a basic string of TOML.
fn dependency(origin: &Origin, crate_folder: &str) -> Result<String, ProjectError> {
    match origin {
        Origin::Unsaid => Err(ProjectError::NoOrigin),
        Origin::Clone(folder) => Ok(format!("path = {}", json!(format!("{folder}/{crate_folder}")))),
        Origin::Repository(address) => Ok(format!("git = {}", json!(address))),
    }
}

/// The address for GitHub's workflows. A folder of this machine says nothing to another one.
fn repository(origin: &Origin) -> &str {
    match origin {
        Origin::Repository(address) => address,
        Origin::Unsaid | Origin::Clone(_) => "${{ vars.SYNTH_REPOSITORY }}",
    }
}

fn in_ci(kind: Kind, origin: &Origin) -> String {
    let variable = "The workflow builds the programs of synth from its repository: set the variable `SYNTH_REPOSITORY` \
                    of this repository on GitHub to the address.";
    match (origin, kind) {
        (Origin::Repository(address), _) => {
            format!("The workflow builds the programs of synth from {address}.")
        }
        (_, Kind::StackFile) => variable.to_owned(),
        (_, Kind::Program) => format!(
            "{variable} `Cargo.toml` takes the crates of synth from a folder of the machine on which this was made: for \
             other machines write `git = \"ADDRESS\"` in place of each `path`."
        ),
    }
}
