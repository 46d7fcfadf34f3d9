//! A file on the command line, with the name that messages have for it.

use std::io;
use std::path::Path;

/// The name for messages, and the text, of a file; `-` is standard input.
pub(super) fn read(file: &Path) -> io::Result<(String, String)> {
    let text = command_line::read(file)?;
    let name =
        if file == Path::new("-") { "<standard input>".to_owned() } else { file.display().to_string() };
    Ok((name, text))
}
