//! The command line: what is asked, and the exit code that answers.

use std::io::{self, IsTerminal as _, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::output::{self, Inputs};
use crate::report::{self, Report};
use crate::rules::{self, Rule};
use crate::source::Sources;

/// Nothing was found.
const CLEAN: u8 = 0;
/// Something was found.
const FOUND: u8 = 1;
/// Something could not be judged.
const FAILED: u8 = 2;

/// Checks Terraform's configurations, plans and states for least-privilege IAM and plaintext secrets.
///
/// Exit code: 0 nothing found, 1 findings, 2 something could not be judged.
#[derive(Debug, Parser)]
#[command(name = "policy", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Judge configurations.
    Check {
        /// Configurations (files, or folders with their `*.tf` and `*.tf.json`), plans, states, or
        /// `-` for standard input.
        #[arg(default_value = ".")]
        paths: Vec<PathBuf>,
        /// How the report is written.
        #[arg(long, value_enum, default_value = "human")]
        format: Format,
        /// Fail on what is otherwise only reported.
        #[arg(long, value_enum)]
        deny: Vec<Deny>,
    },
    /// List every rule.
    Rules,
    /// Print all about a rule.
    Explain {
        /// Its id, such as IAM001.
        id: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a reader.
    Human,
    /// For a program.
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Input that was not understood, and values known only later.
    Undecided,
}

/// Runs the command of this process.
#[must_use]
pub fn run() -> ExitCode {
    let out = &mut io::stdout().lock();
    let code = match Arguments::parse().command {
        Command::Check { paths, format, deny } => check(&paths, format, &deny, out),
        Command::Rules => list(out).map(|()| CLEAN),
        Command::Explain { id } => match rules::find(&id) {
            Some(rule) => explain(rule, out).map(|()| CLEAN),
            None => Err(io::Error::other(format!("no rule `{id}`; `policy rules` lists them"))),
        },
    };
    match code {
        Ok(code) => ExitCode::from(code),
        // The reader of a pipe has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(FAILED),
        Err(error) => {
            output::complain(&error.to_string());
            ExitCode::from(FAILED)
        }
    }
}

fn check(paths: &[PathBuf], format: Format, deny: &[Deny], out: &mut impl Write) -> io::Result<u8> {
    if paths.iter().any(|path| path.as_os_str() == "-") && io::stdin().is_terminal() {
        output::complain("reading from standard input");
    }
    let Inputs { sources, configurations, problems } = output::read(paths);
    let mut report = Report::default();
    for configuration in configurations {
        report.append(crate::judge(configuration));
    }
    match format {
        Format::Human => report::human::write(&report, &sources, out)?,
        Format::Json => report::json::write(&report, &sources, out)?,
    }
    problems.iter().for_each(|problem| output::complain(problem));
    complain(&report, &sources);
    let failed = !problems.is_empty() || !report.failures.is_empty();
    let denied = deny.contains(&Deny::Undecided) && !report.undecided.is_empty();
    let found = denied || !report.findings.is_empty();
    Ok(match (failed, found) {
        (true, _) => FAILED,
        (false, true) => FOUND,
        (false, false) => CLEAN,
    })
}

fn complain(report: &Report, sources: &Sources) {
    for failure in &report.failures {
        let place = report::human::place(sources, failure.span);
        output::complain(&format!("{place}: {}", failure.message));
    }
}

fn list(out: &mut impl Write) -> io::Result<()> {
    rules::RULES.iter().try_for_each(|rule| writeln!(out, "{}  {:<30} {}", rule.id, rule.name, rule.summary))
}

fn explain(rule: &Rule, out: &mut impl Write) -> io::Result<()> {
    let severity = rule.severity.name();
    writeln!(out, "{} {} ({severity})\n\n{}\n", rule.id, rule.name, rule.summary)?;
    writeln!(out, "Why: {}\n\nInstead: {}\n", rule.rationale, rule.remedy)?;
    for source in rule.sources {
        writeln!(out, "Source: {source}")?;
    }
    for bad in rule.bad {
        writeln!(out, "\nReported:\n  {}", bad.document)?;
        bad.at.iter().try_for_each(|at| writeln!(out, "  at {at}"))?;
    }
    rule.good.iter().try_for_each(|good| writeln!(out, "\nAccepted:\n  {good}"))
}
