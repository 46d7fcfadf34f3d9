//! Finds provider packages on this machine, so that init need not download hundreds of megabytes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::Engine;
use crate::settings::{Settings, variable};

/// A folder laid out as terraform's `filesystem_mirror` wants it (CLI configuration, "Provider Installation").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mirror {
    /// The folder that holds the registry's folder.
    pub folder: PathBuf,
    /// The providers in it for this platform, `registry.terraform.io/hashicorp/aws`.
    pub providers: BTreeSet<String>,
}

/// Why a mirror cannot be used.
#[derive(Debug, Error)]
#[error(
    "{} names `{}`, which holds no provider: expected `{expected}` in it", variable::MIRROR, .folder.display()
)]
pub struct MirrorError {
    folder: PathBuf,
    expected: String,
}

/// Bounds of the search through the system's software folders.
const DEEPEST: usize = 3;
const MOST_FOLDERS: usize = 4000;

/// Every mirror for `engine`, the best first; none means that the registry has to serve.
pub fn find(settings: &Settings, engine: &Engine) -> Result<Vec<Mirror>, MirrorError> {
    if let Some(folder) = &settings.mirror {
        return match inspect(folder, engine) {
            Some(mirror) => Ok(vec![mirror]),
            None => Err(MirrorError {
                folder: folder.clone(),
                expected: format!("{}/hashicorp/aws/VERSION/{}", engine.product.registry(), engine.platform),
            }),
        };
    }
    let mut known: Vec<Mirror> = implied(settings).filter_map(|folder| inspect(&folder, engine)).collect();
    if known.is_empty() {
        known = search(&settings.software, engine);
    }
    known.extend(downloaded(&settings.downloads(), engine));
    Ok(known)
}

/// What earlier runs have downloaded, one folder a download.
pub(super) fn downloaded(downloads: &Path, engine: &Engine) -> Vec<Mirror> {
    let finished = |folder: &PathBuf| !folder.to_string_lossy().ends_with(UNFINISHED);
    folders(downloads)
        .iter()
        .filter(|folder| finished(folder))
        .filter_map(|folder| inspect(folder, engine))
        .collect()
}

/// The end of the name of a download that has not ended, or never will.
pub(super) const UNFINISHED: &str = ".unfinished";

/// The folders that terraform itself documents ("Implied Local Mirror Directories").
fn implied(settings: &Settings) -> impl Iterator<Item = PathBuf> {
    let home = settings.home.iter();
    home.flat_map(|home| {
        [home.join(".terraform.d/plugins"), home.join("Library/Application Support/io.terraform/plugins")]
    })
    .chain(settings.data.iter().map(|data| data.join("terraform/plugins")))
}

/// The providers that a folder holds for this engine, if any.
fn inspect(folder: &Path, engine: &Engine) -> Option<Mirror> {
    let registry = engine.product.registry();
    let mut providers = BTreeSet::new();
    for namespace in folders(&folder.join(registry)) {
        for provider in folders(&namespace) {
            if holds_package(&provider, &engine.platform) {
                let name = provider.strip_prefix(folder).ok()?;
                providers.insert(name.to_string_lossy().into_owned());
            }
        }
    }
    (!providers.is_empty()).then(|| Mirror { folder: folder.to_owned(), providers })
}

/// Unpacked: `VERSION/PLATFORM/`; packed: `terraform-provider-NAME_VERSION_PLATFORM.zip`.
fn holds_package(provider: &Path, platform: &str) -> bool {
    let packed = format!("_{platform}.zip");
    entries(provider).any(|entry| {
        let is_package = entry.file_name().is_some_and(|name| name.to_string_lossy().ends_with(&packed));
        is_package || entry.join(platform).is_dir()
    })
}

/// Breadth first, so that a shallow mirror is found before the bound is reached.
fn search(roots: &[PathBuf], engine: &Engine) -> Vec<Mirror> {
    let mut level: Vec<PathBuf> = roots.to_vec();
    let mut seen = 0;
    for _ in 0..=DEEPEST {
        let found: Vec<Mirror> = level.iter().filter_map(|folder| inspect(folder, engine)).collect();
        if !found.is_empty() {
            return found;
        }
        let below: Vec<PathBuf> = level.iter().flat_map(|folder| folders(folder)).collect();
        seen += below.len();
        if seen > MOST_FOLDERS {
            return Vec::new();
        }
        level = below;
    }
    Vec::new()
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    // A folder that we may not read holds nothing for us.
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    entries.into_iter()
}

/// Real folders only: following links could turn the search in circles.
fn folders(folder: &Path) -> Vec<PathBuf> {
    entries(folder).filter(|entry| entry.is_dir() && !entry.is_symlink()).collect()
}
