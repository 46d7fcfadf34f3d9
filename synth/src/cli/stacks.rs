//! Documents that were written before, read back in the order in which they are applied.

use std::fs;
use std::io;
use std::path::Path;

use serde::Deserialize;

use super::input;

/// What `--out` writes beside the documents.
#[derive(Deserialize)]
struct Manifest {
    stacks: Vec<Stack>,
}

#[derive(Deserialize)]
struct Stack {
    folder: String,
}

/// The names and documents of the stacks at `path`: a document, a folder with one, or one with a manifest.
pub(super) fn read(path: &Path) -> io::Result<Vec<(String, String)>> {
    if !path.is_dir() {
        return Ok(vec![("stack".to_owned(), document(path)?)]);
    }
    let manifest = path.join("manifest.json");
    if !manifest.is_file() {
        return Ok(vec![("stack".to_owned(), document(&path.join("main.tf.json"))?)]);
    }
    let wrong = |error| {
        io::Error::new(
            io::ErrorKind::InvalidData,
            format!("`{}` is no manifest: {error}", manifest.display()),
        )
    };
    let read: Manifest = serde_json::from_str(&fs::read_to_string(&manifest)?).map_err(wrong)?;
    let stacks = read.stacks.into_iter().map(|stack| {
        let text = document(&path.join(&stack.folder).join("main.tf.json"))?;
        Ok((stack.folder, text))
    });
    stacks.collect()
}

fn document(path: &Path) -> io::Result<String> {
    let unread = |error: io::Error| {
        io::Error::new(error.kind(), format!("`{}` could not be read: {error}", path.display()))
    };
    input::read(path).map(|(_, text)| text).map_err(unread)
}
