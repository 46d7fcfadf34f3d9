//! Why terraform did not tell a provider's schema.

use std::io;

use thiserror::Error;

/// Why there is no schema.
#[derive(Debug, Error)]
pub enum TerraformError {
    /// Not how providers are named.
    #[error(
        "`{0}` is not a provider's source address: write it as in `required_providers`, `hashicorp/random@3.6.0`"
    )]
    Source(String),
    /// The program cannot be started.
    #[error("`{program}` could not be started: {source}")]
    Start {
        /// The program.
        program: String,
        /// The reason.
        source: io::Error,
    },
    /// It said no.
    #[error("`{program} {step}` failed\n{said}")]
    Failed {
        /// The program.
        program: String,
        /// What it was asked.
        step: String,
        /// What it said.
        said: String,
    },
    /// Its answer is no text.
    #[error("`{program} {step}` printed no text")]
    NoText {
        /// The program.
        program: String,
        /// What it was asked.
        step: String,
    },
    /// No place to work.
    #[error("no temporary folder could be used: {0}")]
    Folder(io::Error),
}
