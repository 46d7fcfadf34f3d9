//! Why a module's files could not be read.

use thiserror::Error;

/// Why no bindings of a module were made.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ModuleError {
    /// There is nothing that Terraform would read.
    #[error("the folder holds no `.tf` or `.tf.json` file: it is no module")]
    Empty,
    /// A file is not in Terraform's language.
    #[error("`{file}`:{line}:{column}: this is not Terraform's language: {why}")]
    Hcl {
        /// The file.
        file: String,
        /// The line, the first by 1.
        line: usize,
        /// The column, the first by 1.
        column: usize,
        /// What was expected there.
        why: String,
    },
    /// A file is not JSON.
    #[error("`{file}` is not JSON: {why}")]
    Json {
        /// The file.
        file: String,
        /// What is wrong, with its line.
        why: String,
    },
    /// JSON, but not as Terraform reads blocks.
    #[error("`{file}`: `{place}` is not an object, as Terraform's blocks are in JSON")]
    Shape {
        /// The file.
        file: String,
        /// Where in it.
        place: String,
    },
    /// Something has no name, or one that Terraform does not accept.
    #[error(
        "`{file}`: the {block} `{name}` has no legal name: letters, digits, `_` and `-`, not beginning with a digit or `-`"
    )]
    Name {
        /// The file.
        file: String,
        /// `variable` or `output`.
        block: &'static str,
        /// The name.
        name: String,
    },
    /// A variable is named as an argument of the `module` block itself.
    #[error("`{file}`: no variable can be named `{name}`, which is an argument of every `module` block")]
    Reserved {
        /// The file.
        file: String,
        /// The name.
        name: String,
    },
    /// A name is declared twice.
    #[error("`{file}`: there are two of {block} `{name}`; the first one is in `{first}`")]
    Twice {
        /// The file.
        file: String,
        /// The file of the first one.
        first: String,
        /// `variable` or `output`.
        block: &'static str,
        /// The name.
        name: String,
    },
    /// A type constraint is none.
    #[error("`{file}`: the type of the variable `{name}` {why}")]
    Type {
        /// The file.
        file: String,
        /// The variable.
        name: String,
        /// What is wrong with it.
        why: String,
    },
    /// An argument is an expression where Terraform wants a literal.
    #[error("`{file}`: `{argument}` of the {block} `{name}` is not {expected}")]
    NotLiteral {
        /// The file.
        file: String,
        /// `variable` or `output`.
        block: &'static str,
        /// The name.
        name: String,
        /// The argument.
        argument: &'static str,
        /// What it should be.
        expected: &'static str,
    },
}
