//! Documents that were written before, read back in the order in which they are applied.

use std::io;
use std::path::Path;

use super::{input, manifest};

/// The names and documents of the stacks at `path`: a document, a folder with one, or one with a manifest.
pub(super) fn read(path: &Path) -> io::Result<Vec<(String, String)>> {
    if !path.is_dir() {
        return Ok(vec![("stack".to_owned(), document(path)?)]);
    }
    if !path.join(manifest::FILE).is_file() {
        return Ok(vec![("stack".to_owned(), document(&path.join("main.tf.json"))?)]);
    }
    let stacks = manifest::read(path)?.into_iter().map(|listed| {
        let text = document(&path.join(&listed.folder).join("main.tf.json"))?;
        Ok((listed.folder, text))
    });
    stacks.collect()
}

fn document(path: &Path) -> io::Result<String> {
    let unread = |error: io::Error| {
        io::Error::new(error.kind(), format!("`{}` could not be read: {error}", path.display()))
    };
    input::read(path).map(|(_, text)| text).map_err(unread)
}
