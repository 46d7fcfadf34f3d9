//! What is made of the command line itself and of the forms that it reads and writes.

use std::io::{self, Write};

use clap::{Command, ValueEnum};
use clap_complete::Shell;

use crate::report;
use crate::settings::Settings;

/// What has a JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Described {
    /// What `policy check --format json` writes.
    Report,
    /// `.policy.toml`.
    Settings,
}

pub(super) fn schema(of: Described, out: &mut impl Write) -> io::Result<()> {
    let schema = match of {
        Described::Report => report::json::schema(),
        Described::Settings => Settings::schema(),
    };
    serde_json::to_writer_pretty(&mut *out, &schema)?;
    writeln!(out)
}

pub(super) fn completions(shell: Shell, mut command: Command, out: &mut impl Write) -> io::Result<()> {
    // Its writer panics where the reader of a pipe has left.
    let mut written = Vec::new();
    clap_complete::generate(shell, &mut command, "policy", &mut written);
    out.write_all(&written)
}

pub(super) fn man(command: Command, out: &mut impl Write) -> io::Result<()> {
    clap_mangen::Man::new(command).render(out)
}
