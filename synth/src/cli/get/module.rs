//! A typed call of a module, from the module's own files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use synth_bindings::{Call, Dependency};

use super::failed;

pub(super) fn files(
    folder: &Path,
    source: &str,
    version: Option<&str>,
    core: Dependency<'_>,
) -> Result<BTreeMap<String, String>, String> {
    // `.` has no name of its own.
    let named = fs::canonicalize(folder).map_err(|error| failed(folder, "found", &error))?;
    let name = named.file_name().unwrap_or_default().to_string_lossy();
    let files = sources(folder)?;
    let call = Call { name: &name, source, version, files: &files, core };
    synth_bindings::call(&call).map_err(|error| failed(folder, "used", &error))
}

/// The files of the folder that can be Terraform's; modules do not reach into folders below.
fn sources(folder: &Path) -> Result<BTreeMap<String, String>, String> {
    let mut files = BTreeMap::new();
    let entries = fs::read_dir(folder).map_err(|error| failed(folder, "read", &error))?;
    for entry in entries {
        let path = entry.map_err(|error| failed(folder, "read", &error))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if (name.ends_with(".tf") || name.ends_with(".tf.json")) && path.is_file() {
            let text = fs::read_to_string(&path).map_err(|error| failed(&path, "read", &error))?;
            files.insert(name, text);
        }
    }
    Ok(files)
}
