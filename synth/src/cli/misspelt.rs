//! A word that is neither a subcommand nor a stack file.

use std::ffi::OsStr;
use std::path::Path;

use clap::Command;
use command_line::{Complaint, nearest};

/// Refuses the first word where it can be neither: clap takes it for a stack file, and complains of what follows it.
pub(super) fn first_word(mut command: Command, word: &OsStr) -> Result<(), Complaint> {
    // With `help`, which clap adds.
    command.build();
    let is_bare =
        word.to_str().is_some_and(|word| !word.starts_with('-') && !word.contains(['.', '/', '\\']));
    if !is_bare || command.find_subcommand(word).is_some() || Path::new(word).exists() {
        return Ok(());
    }
    let word = word.to_string_lossy();
    let complaint = Complaint::new(format!("there is no command `{word}`, and no such file"));
    let names: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
    Err(complaint.help(match nearest(&word, names.iter().copied()) {
        Some(meant) => format!("did you mean `synth {meant}`?"),
        None => format!("the commands are: {}", names.join(", ")),
    }))
}
