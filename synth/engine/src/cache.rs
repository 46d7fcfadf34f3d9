//! Where downloaded providers are kept for all stacks, where the user says nothing about it.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::Product;

/// The variable by which terraform is told ("Provider Plugin Cache").
pub const VARIABLE: &str = "TF_PLUGIN_CACHE_DIR";

/// What the user's environment says about it.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// [`VARIABLE`].
    pub folder: Option<OsString>,
    /// `TF_CLI_CONFIG_FILE`.
    pub configuration: Option<PathBuf>,
    /// The user's home folder.
    pub home: Option<PathBuf>,
    /// Where programs keep what they can get again.
    pub caches: PathBuf,
}

impl Wishes {
    /// The folder that terraform is to be told of; none if the user has told it of one.
    #[must_use]
    pub fn folder_to_set(&self, product: Product) -> Option<PathBuf> {
        let is_set = self.folder.as_ref().is_some_and(|folder| !folder.is_empty());
        if is_set || self.configurations(product).iter().any(|file| names_a_cache(file)) {
            return None;
        }
        // Terraform and OpenTofu check what they find against different registries' checksums.
        Some(self.caches.join("synth/providers").join(product.registry()))
    }

    /// The files that may hold the user's settings ("CLI Configuration File", "Locations"; of OpenTofu the same page).
    fn configurations(&self, product: Product) -> Vec<PathBuf> {
        if let Some(file) = self.configuration.as_ref().filter(|file| !file.as_os_str().is_empty()) {
            return vec![file.clone()];
        }
        let Some(home) = &self.home else { return Vec::new() };
        let mut files = match product {
            Product::Terraform => vec![home.join(".terraformrc")],
            Product::OpenTofu => {
                vec![home.join(".tofurc"), home.join(".terraformrc"), home.join(".config/opentofu/tofurc")]
            }
        };
        let more = fs::read_dir(home.join(".terraform.d")).into_iter().flatten().flatten();
        files.extend(more.map(|entry| entry.path()).filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.ends_with(".tfrc") || name.ends_with(".tfrc.json")
        }));
        files
    }
}

/// The turn to install into a cache, until it is dropped: terraform's own cache is not for two at once ("Provider Plugin
/// Cache": its behavior is undefined then). A process that is killed loses its turn, since the system lets go of the lock.
#[derive(Debug)]
pub struct Turn {
    _lock: File,
}

impl Turn {
    /// Takes the turn of a cache, which is made if it is not there; none while another process has it.
    ///
    /// # Errors
    /// If the cache cannot be written.
    pub fn take(cache: &Path) -> io::Result<Option<Turn>> {
        fs::create_dir_all(cache)?;
        // Not below: terraform reads what is in the folder.
        let lock = File::create(cache.with_added_extension("lock"))?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Turn { _lock: lock })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

/// Whether a file of settings has the argument `plugin_cache_dir`, in HCL or JSON.
fn names_a_cache(file: &Path) -> bool {
    // A file that is not there says nothing; one that cannot be read terraform complains about.
    let text = fs::read_to_string(file).unwrap_or_default();
    text.lines().any(|line| {
        line.trim_start_matches(['{', ' ', '\t', '"'])
            .strip_prefix("plugin_cache_dir")
            .is_some_and(|rest| rest.trim_start_matches(['"', ' ', '\t']).starts_with(['=', ':']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wishes(home: &Path) -> Wishes {
        Wishes { home: Some(home.to_owned()), caches: PathBuf::from("/caches"), ..Wishes::default() }
    }

    #[test]
    fn a_cache_has_one_turn_at_a_time() {
        let home = tempfile::tempdir().unwrap();
        let (cache, other) =
            (home.path().join("registry.terraform.io"), home.path().join("registry.opentofu.org"));
        let turn = Turn::take(&cache).unwrap();
        assert!(turn.is_some() && Turn::take(&cache).unwrap().is_none());
        assert!(Turn::take(&other).unwrap().is_some(), "another cache");
        drop(turn);
        assert!(Turn::take(&cache).unwrap().is_some());
        assert_eq!(fs::read_dir(&cache).unwrap().count(), 0);
    }

    #[test]
    fn a_cache_that_cannot_be_written_has_no_turns() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("file");
        fs::write(&file, "").unwrap();
        assert!(Turn::take(&file).is_err());
    }

    #[test]
    fn without_a_word_of_the_user_each_product_has_a_folder_among_the_caches() {
        let home = tempfile::tempdir().unwrap();
        let folder = wishes(home.path()).folder_to_set(Product::OpenTofu);
        assert_eq!(folder.unwrap(), Path::new("/caches/synth/providers/registry.opentofu.org"));
    }

    #[test]
    fn a_folder_that_the_user_has_set_stays() {
        let home = tempfile::tempdir().unwrap();
        let set = Wishes { folder: Some("/mine".into()), ..wishes(home.path()) };
        assert_eq!(set.folder_to_set(Product::Terraform), None);
        let empty = Wishes { folder: Some(OsString::new()), ..wishes(home.path()) };
        assert!(empty.folder_to_set(Product::Terraform).is_some());
    }

    #[test]
    fn a_folder_in_the_users_settings_stays() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join(".terraformrc");
        for (text, is_named) in [
            ("plugin_cache_dir = \"$HOME/plugins\"\n", true),
            ("  plugin_cache_dir=\"/plugins\"", true),
            ("{\"plugin_cache_dir\": \"/plugins\"}", true),
            ("# plugin_cache_dir = \"/plugins\"", false),
            ("plugin_cache_dir_of_others = 1", false),
            ("", false),
        ] {
            fs::write(&file, text).unwrap();
            assert_eq!(wishes(home.path()).folder_to_set(Product::Terraform).is_none(), is_named, "{text}");
        }
    }

    #[test]
    fn the_file_that_the_user_names_counts_alone() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join(".terraformrc"), "plugin_cache_dir = \"/plugins\"").unwrap();
        let other = home.path().join("other.rc");
        let named = Wishes { configuration: Some(other), ..wishes(home.path()) };
        assert!(named.folder_to_set(Product::Terraform).is_some());
    }
}
