//! Where downloaded providers are kept for all stacks, where the user says nothing about it.

use std::ffi::OsString;
use std::fs;
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
