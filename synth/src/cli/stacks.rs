//! Documents that were written before, read back in the order in which they are applied.

use std::io;
use std::path::Path;

use command_line::{Complaint, unread};

use super::{manifest, mistaken};

/// The names and documents of the stacks at `path`: a document, a folder with one, or one with a manifest.
pub(super) fn read(path: &Path) -> io::Result<Vec<(String, String)>> {
    mistaken::for_document(path)?;
    if !path.is_dir() {
        return Ok(vec![("stack".to_owned(), document(path)?)]);
    }
    if !path.join(manifest::FILE).is_file() {
        if !path.join("main.tf.json").is_file() {
            let why = format!(
                "`{}` holds neither a manifest.json, which `--out` writes, nor a main.tf.json",
                path.display()
            );
            return Err(Complaint::new(why).help("name a document, or the folder of one").into());
        }
        return Ok(vec![("stack".to_owned(), document(&path.join("main.tf.json"))?)]);
    }
    let stacks = manifest::read(path)?.into_iter().map(|listed| {
        let text = document(&path.join(&listed.folder).join("main.tf.json"))?;
        Ok((listed.folder, text))
    });
    stacks.collect()
}

fn document(path: &Path) -> io::Result<String> {
    Ok(command_line::read(path).map_err(|error| unread(path, &error))?)
}
