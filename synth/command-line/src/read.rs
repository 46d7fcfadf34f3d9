//! What a path on the command line stands for.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

/// The text of a file; `-` is standard input. [`crate::unread`] says why it could not be read.
///
/// # Errors
/// If it cannot be read, or is not text.
pub fn read(path: &Path) -> io::Result<String> {
    if path != Path::new("-") {
        return fs::read_to_string(path);
    }
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text)?;
    Ok(text)
}
