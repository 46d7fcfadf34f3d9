//! Converts Terraform configurations to programs, or stack files, that synthesize an equal document.
//!
//! ```text
//!  *.tf, *.tf.json
//!    │ source ─ blocks, with their lines and comments
//!    │ order ─ what is referred to comes first
//!    │ names ─ a word of Rust for each element
//!    ▼
//!  program ─ one statement an element
//!    │ expression ─ typed where the type can be told, claimed or kept as text where not
//!    │ environment ─ what the elements before are in Rust
//!    ▼
//!  rust ─ the text, in lines
//! ```
//!
//! A stack file needs none of this: `stack_file` says each block as Terraform JSON does.
//!
//! Nothing is dropped in silence: what is kept as text, is untyped or is left out has a [`Note`] with its line.

mod environment;
mod expression;
mod names;
mod notes;
mod order;
mod program;
mod rust;
mod source;
mod stack_file;
mod types;

use std::collections::BTreeMap;
use std::fmt;

use synth_bindings::{Api, SchemaError};

pub use notes::{Fate, Note};

/// What a configuration is converted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A program in Rust, with its manifest.
    Program,
    /// A stack file with Terraform's own blocks.
    StackFile,
}

impl Target {
    /// The file of the output that says the stack.
    pub fn file(self) -> &'static str {
        match self {
            Target::Program => "src/main.rs",
            Target::StackFile => stack_file::FILE,
        }
    }
}

/// The bindings that programs use.
#[derive(Debug)]
pub struct Bindings(Api);

impl Bindings {
    /// Those of `synth-aws`.
    ///
    /// # Errors
    /// If the schemas in this program are damaged.
    pub fn aws() -> Result<Bindings, SchemaError> {
        Api::aws().map(Bindings)
    }
}

/// A converted configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Contents by path.
    pub files: BTreeMap<String, String>,
    /// The cargo features of `synth-aws` that the program needs.
    pub features: Vec<String>,
    /// What is to be looked at, in the order of the files.
    pub notes: Vec<Note>,
}

impl Output {
    /// Whether everything is in the converted stack.
    pub fn is_whole(&self) -> bool {
        self.notes.iter().all(|note| note.fate == Fate::Kept)
    }
}

/// Why nothing was converted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, as it was named.
    pub file: String,
    /// The line, the first by 1.
    pub line: usize,
    /// The column, the first by 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem { file, line, column, message } = self;
        write!(formatter, "error: {message}\n  --> {file}:{line}:{column}")
    }
}

/// Everything that is wrong with the files.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n"))]
pub struct Problems(pub Vec<Problem>);

/// Converts the files of one module, given by name, to a stack of that name.
///
/// # Errors
/// If a file cannot be read as Terraform's language, or declares something twice.
pub fn convert(
    stack: &str,
    files: &BTreeMap<String, String>,
    target: Target,
    bindings: &Bindings,
) -> Result<Output, Problems> {
    let declarations = source::read(files, &bindings.0).map_err(Problems)?;
    Ok(match target {
        Target::Program => program::write(stack, &declarations, &bindings.0),
        Target::StackFile => stack_file::write(stack, &declarations, &bindings.0),
    })
}
