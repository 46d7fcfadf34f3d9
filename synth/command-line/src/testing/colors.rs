//! Who decides about colours.

use std::io;
use std::process::Command;

use super::terminal::at_terminal;

/// The variables that decide, by what each means at a terminal (no-color.org, bixense.com/clicolors; terminfo's `dumb`).
const CASES: [(&str, &str, Colors); 6] = [
    ("TERM", "xterm-256color", Colors::Shown),
    ("TERM", "dumb", Colors::Not),
    ("NO_COLOR", "1", Colors::Not),
    // Only a value that is not empty counts.
    ("NO_COLOR", "", Colors::Shown),
    ("CLICOLOR", "0", Colors::Not),
    ("CLICOLOR_FORCE", "1", Colors::Shown),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Colors {
    Shown,
    Not,
}

impl Colors {
    fn of(said: &[u8]) -> Colors {
        if said.contains(&0x1b) { Colors::Shown } else { Colors::Not }
    }
}

/// Where a command that has something to colour does not do as it is told.
///
/// # Errors
/// If the machine has no terminals to give, or the command does not start.
pub fn colors(command: &dyn Fn() -> Command) -> io::Result<Vec<String>> {
    let plain = || {
        let mut command = command();
        command.env("TERM", "xterm-256color");
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI"] {
            command.env_remove(variable);
        }
        command
    };
    let mut found = Vec::new();
    let mut hold = |place: &str, said: &[u8], expected: Colors| {
        if Colors::of(said) != expected {
            found.push(format!("{place}: not {expected:?}: {}", String::from_utf8_lossy(said)));
        }
    };
    for (variable, value, expected) in CASES {
        let shown = at_terminal(plain().env(variable, value))?;
        hold(&format!("at a terminal with {variable}={value}"), shown.said.as_bytes(), expected);
    }
    let output = plain().output()?;
    hold("in a file", &[output.stdout, output.stderr].concat(), Colors::Not);
    let output = plain().env("CLICOLOR_FORCE", "1").output()?;
    hold("in a file with CLICOLOR_FORCE=1", &[output.stdout, output.stderr].concat(), Colors::Shown);
    Ok(found)
}
