//! `policy schema`.

use std::io::{self, Write};

use clap::ValueEnum;

use crate::report;
use crate::settings::Settings;

/// Shown below the options.
pub(super) const HELP: &str = "Examples:
  policy schema settings > settings.schema.json
  policy schema report | jq .properties

Exit codes:
  0  the schema was printed
  2  wrong usage, or standard output could not be written";

/// What has a JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Described {
    /// What `policy check --format json` writes.
    Report,
    /// `.policy.toml`.
    Settings,
}

pub(super) fn write(of: Described, out: &mut impl Write) -> io::Result<()> {
    let schema = match of {
        Described::Report => report::json::schema(),
        Described::Settings => Settings::schema(),
    };
    serde_json::to_writer_pretty(&mut *out, &schema)?;
    writeln!(out)
}
