//! What a path on the command line stands for.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

/// The name for messages, and the text, of a file; `-` is standard input.
pub(super) fn read(file: &Path) -> io::Result<(String, String)> {
    if file == Path::new("-") {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text)?;
        return Ok(("<standard input>".to_owned(), text));
    }
    Ok((file.display().to_string(), fs::read_to_string(file)?))
}
