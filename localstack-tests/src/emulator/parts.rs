//! What this crate brings along for LocalStack, which is in the program itself: the plugin, and the locks of what is installed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::EmulatorError;

// `FILES`: each with its path below this crate, and its text.
include!(concat!(env!("OUT_DIR"), "/parts.rs"));

/// Where Python and its installers find what was brought along.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    /// The folder of the Python plugin, for `PYTHONPATH`.
    pub(super) plugin: PathBuf,
    /// The folder of the lock files: the Python packages to install, all versions pinned, with hashes.
    pub(super) locks: PathBuf,
}

impl Parts {
    /// Written into the cache on first use. Two at once write the same, and one of them is kept.
    pub(super) fn unpacked(cache: &Path) -> Result<Parts, EmulatorError> {
        let home = cache.join(format!("parts-{}", digest(FILES)));
        if !home.is_dir() {
            write(cache, &home).map_err(|source| EmulatorError::Unpacked { path: home.clone(), source })?;
        }
        Ok(Parts { plugin: home.join("plugin"), locks: home.join("localstack") })
    }
}

fn write(cache: &Path, home: &Path) -> io::Result<()> {
    fs::create_dir_all(cache)?;
    let unfinished = tempfile::Builder::new().prefix("parts-").tempdir_in(cache)?;
    for (path, text) in FILES {
        let path = unfinished.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(cache))?;
        fs::write(path, text)?;
    }
    // A container may run as somebody else, and a temporary folder is its maker's alone.
    fs::set_permissions(unfinished.path(), fs::metadata(cache)?.permissions())?;
    match fs::rename(unfinished.path(), home) {
        Err(_) if home.is_dir() => Ok(()),
        renamed => renamed,
    }
}

/// Says what a folder holds: another plugin has another folder.
fn digest(files: &[(&str, &str)]) -> String {
    let mut digest = Sha256::new();
    for part in files.iter().flat_map(|(path, text)| [path, text]) {
        digest.update(part.len().to_le_bytes());
        digest.update(part);
    }
    digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_runs_is_brought_along_and_nothing_else() {
        let paths: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
        for needed in [
            "localstack/bootstrap.lock",
            "localstack/localstack.lock",
            "localstack/tests.lock",
            "plugin/synth_localstack-0.1.0.dist-info/entry_points.txt",
            "plugin/synth_localstack/__init__.py",
            "plugin/synth_localstack/apprunner/provider.py",
        ] {
            assert!(paths.contains(&needed), "{needed} is missing in {paths:?}");
        }
        let other = |path: &&&str| path.contains("/tests/") || path.contains("__pycache__");
        assert_eq!(paths.iter().find(other), None);
    }

    #[test]
    fn what_is_unpacked_is_what_was_brought_along_even_by_two_at_once() {
        let cache = tempfile::tempdir().unwrap();
        let cache = cache.path().join("not/there/yet");
        let unpacked = std::thread::scope(|scope| {
            [1, 2].map(|_| scope.spawn(|| Parts::unpacked(&cache))).map(|both| both.join().unwrap().unwrap())
        });
        assert_eq!(unpacked[0].plugin, unpacked[1].plugin);
        let home = unpacked[0].plugin.parent().unwrap();
        for (path, text) in FILES {
            assert_eq!(&fs::read_to_string(home.join(path)).unwrap(), text, "{path}");
        }
        assert_eq!(fs::read_dir(&cache).unwrap().count(), 1, "something unfinished is left");
    }

    #[test]
    fn another_plugin_has_another_folder() {
        let of = |path: &str, text: &str| digest(&[(path, text)]);
        assert_ne!(of("a", "b"), of("a", "c"));
        assert_ne!(of("a", "b"), of("ab", ""));
        assert_eq!(of("a", "b"), of("a", "b"));
    }

    #[test]
    fn a_cache_that_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a-file");
        fs::write(&file, "").unwrap();
        let why = Parts::unpacked(&file).unwrap_err().to_string();
        assert!(why.starts_with(&format!("cannot write `{}/parts-", file.display())), "{why}");
    }
}
