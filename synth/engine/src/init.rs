//! Whether init is due: a fingerprint of all that it goes by, kept beside what it installed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

/// The file in the folder of terraform's data that holds the fingerprint.
const FINGERPRINT: &str = "synth-init";

/// How terraform lays out installed providers: host, namespace, type, version, platform.
const LEVELS_OF_PROVIDERS: usize = 5;

/// Whether nothing that init goes by has changed since it ran last: the files of the root module and of those that it
/// calls, the lock file, and `settings`. What it installed may have been a link into a cache that is gone.
pub(crate) fn is_current(folder: &Path, data: &Path, settings: &str) -> bool {
    let known = fs::read_to_string(data.join(FINGERPRINT)).unwrap_or_default();
    // What cannot be read now is init's to complain about.
    fingerprint(folder, data, settings).is_ok_and(|now| now == known)
        && is_whole(&data.join("providers"), LEVELS_OF_PROVIDERS)
}

/// Notes that init has run.
pub(crate) fn remember(folder: &Path, data: &Path, settings: &str) -> io::Result<()> {
    fs::create_dir_all(data)?;
    fs::write(data.join(FINGERPRINT), fingerprint(folder, data, settings)?)
}

/// Forgets that it has.
pub(crate) fn forget(data: &Path) -> io::Result<()> {
    match fs::remove_file(data.join(FINGERPRINT)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn fingerprint(folder: &Path, data: &Path, settings: &str) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut add = |bytes: &[u8]| {
        hash.update(bytes.len().to_le_bytes());
        hash.update(bytes);
    };
    add(settings.as_bytes());
    let mut files = configuration(folder)?;
    let lock = folder.join(".terraform.lock.hcl");
    files.extend(lock.is_file().then_some(lock));
    for module in modules(data) {
        files.extend(configuration(&folder.join(module))?);
    }
    for file in files {
        add(file.as_os_str().as_encoded_bytes());
        add(&fs::read(&file)?);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The files of a module, in the order of their names.
fn configuration(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if is_configuration(&entry.file_name().to_string_lossy()) {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

/// Whether terraform or tofu reads a file of this name as a part of a module ("Files and Configuration Structure").
pub(crate) fn is_configuration(name: &str) -> bool {
    let reads = [".tf", ".tf.json", ".tofu", ".tofu.json"].iter().any(|ending| name.ends_with(ending));
    reads && !name.starts_with('.')
}

/// The folders of the modules that init has installed, the root module left out.
fn modules(data: &Path) -> Vec<PathBuf> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Installed {
        modules: Vec<Module>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Module {
        key: String,
        dir: PathBuf,
    }
    // Without the file no module is installed; one that cannot be read init writes anew.
    let text = fs::read(data.join("modules/modules.json")).unwrap_or_default();
    let installed: Installed = serde_json::from_slice(&text).unwrap_or(Installed { modules: Vec::new() });
    installed.modules.into_iter().filter(|module| !module.key.is_empty()).map(|module| module.dir).collect()
}

/// Whether no link below leads nowhere, so many levels deep.
fn is_whole(folder: &Path, levels: usize) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return true };
    entries.flatten().all(|entry| {
        let path = entry.path();
        path.exists() && (levels <= 1 || is_whole(&path, levels - 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    /// A folder in which init has run.
    fn initialized() -> (TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("main.tf.json"), "{}").unwrap();
        let data = folder.path().join(".terraform");
        assert!(!is_current(folder.path(), &data, "terraform"));
        remember(folder.path(), &data, "terraform").unwrap();
        assert!(is_current(folder.path(), &data, "terraform"));
        (folder, data)
    }

    #[test]
    fn a_changed_file_or_lock_or_setting_makes_it_due() {
        for (file, text) in [("main.tf.json", "{\"a\":{}}"), ("b.tf", ""), (".terraform.lock.hcl", "")] {
            let (folder, data) = initialized();
            fs::write(folder.path().join(file), text).unwrap();
            assert!(!is_current(folder.path(), &data, "terraform"), "{file}");
        }
        let (folder, data) = initialized();
        assert!(!is_current(folder.path(), &data, "tofu"));
    }

    #[test]
    fn what_terraform_does_not_read_makes_nothing_due() {
        let (folder, data) = initialized();
        for file in ["terraform.tfstate", "README.md", "a.tfvars"] {
            fs::write(folder.path().join(file), "changed").unwrap();
        }
        assert!(is_current(folder.path(), &data, "terraform"));
    }

    #[test]
    fn a_changed_module_makes_it_due() {
        let (folder, data) = initialized();
        fs::create_dir_all(folder.path().join("net")).unwrap();
        fs::create_dir_all(data.join("modules")).unwrap();
        let installed =
            r#"{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"net","Source":"./net","Dir":"net"}]}"#;
        fs::write(data.join("modules/modules.json"), installed).unwrap();
        remember(folder.path(), &data, "terraform").unwrap();
        assert!(is_current(folder.path(), &data, "terraform"));
        fs::write(folder.path().join("net/main.tf"), "terraform {}").unwrap();
        assert!(!is_current(folder.path(), &data, "terraform"));
    }

    #[test]
    fn a_provider_that_is_gone_from_its_cache_makes_it_due() {
        let (folder, data) = initialized();
        let version = data.join("providers/registry.terraform.io/hashicorp/aws/5.100.0");
        fs::create_dir_all(&version).unwrap();
        std::os::unix::fs::symlink(folder.path(), version.join("linux_amd64")).unwrap();
        assert!(is_current(folder.path(), &data, "terraform"));
        fs::remove_file(version.join("linux_amd64")).unwrap();
        std::os::unix::fs::symlink("/nowhere/at/all", version.join("linux_amd64")).unwrap();
        assert!(!is_current(folder.path(), &data, "terraform"));
    }

    #[test]
    fn what_was_forgotten_is_due() {
        let (folder, data) = initialized();
        forget(&data).unwrap();
        forget(&data).unwrap();
        assert!(!is_current(folder.path(), &data, "terraform"));
    }
}
