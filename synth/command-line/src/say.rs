//! What is said on standard error. Labels have rustc's colours where the terminal and the user want colours
//! (`NO_COLOR`, `CLICOLOR_FORCE`, `TERM=dumb`: anstream's documentation of `AutoStream`).

use std::fmt::Display;
use std::io::Write as _;

use anstyle::{AnsiColor, Style};

/// Says why the command could not do its work.
pub fn error(message: &dyn Display) {
    say("error", AnsiColor::Red, message);
}

/// Says what is done all the same, but should not be so.
pub fn warning(message: &dyn Display) {
    say("warning", AnsiColor::Yellow, message);
}

/// Says what is good to know: [`crate::Verbosity`] decides whether.
pub(crate) fn note(message: &dyn Display) {
    say("note", AnsiColor::Cyan, message);
}

/// Says what has its labels already.
pub fn labelled(messages: &dyn Display) {
    write(&format!("{messages}\n"));
}

fn say(label: &str, color: AnsiColor, message: &dyn Display) {
    let style = Style::new().bold().fg_color(Some(color.into()));
    write(&format!("{style}{label}{style:#}: {message}\n"));
}

/// Writes at once: other processes may write to the same terminal.
fn write(text: &str) {
    // Nobody is left to tell if standard error cannot be written to.
    let _unheard = anstream::stderr().lock().write_all(text.as_bytes());
}
