//! What is made of a command line itself: completions and manual pages.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Command, Subcommand};
use clap_complete::Shell;

use crate::Complaint;

/// Subcommands that every command with subcommands has.
#[derive(Debug, Subcommand)]
pub enum Generated {
    /// Print what completes this command in a shell
    Completions {
        /// Which shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page, or write one for each subcommand
    Man {
        /// A folder for the pages of all subcommands; it is made if it is not there
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}

/// Shown below the options of both.
const EXIT_CODES: &str = "Exit codes:
  0  it was written
  2  the command could not do its work: wrong usage, or what cannot be written";

/// Examples of [`Generated`] name the command that they are a part of.
pub(crate) fn with_examples(command: Command) -> Command {
    let name = command.get_name().to_owned();
    let has = |subcommand: &str| command.find_subcommand(subcommand).is_some();
    if !has("completions") || !has("man") {
        return command;
    }
    let completions = format!(
        "Examples:\n  {name} completions bash > ~/.local/share/bash-completion/completions/{name}\n  \
         {name} completions fish > ~/.config/fish/completions/{name}.fish\n  \
         {name} completions zsh > ~/.zfunc/_{name}\n\n{EXIT_CODES}"
    );
    let man =
        format!("Examples:\n  {name} man | man -l -\n  {name} man ~/.local/share/man/man1\n\n{EXIT_CODES}");
    command
        .mut_subcommand("completions", |subcommand| subcommand.after_help(completions))
        .mut_subcommand("man", |subcommand| subcommand.after_help(man))
}

impl Generated {
    /// Writes what was asked for, of `command`.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, command: Command, output: &mut impl Write) -> io::Result<()> {
        match self {
            Generated::Completions { shell } => completions(*shell, command, output),
            // `help` has no page of its own: it prints those of the others.
            Generated::Man { folder: None } => {
                clap_mangen::Man::new(command.disable_help_subcommand(true)).render(output)
            }
            Generated::Man { folder: Some(folder) } => pages(command, folder),
        }
    }
}

fn completions(shell: Shell, mut command: Command, output: &mut impl Write) -> io::Result<()> {
    let name = command.get_name().to_owned();
    // Its writer panics where it cannot write.
    let mut written = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut written);
    output.write_all(&written)
}

fn pages(command: Command, folder: &Path) -> io::Result<()> {
    let written = fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder));
    written.map_err(|error| {
        Complaint::new(format!("`{}` could not be written: {error}", folder.display())).into()
    })
}
