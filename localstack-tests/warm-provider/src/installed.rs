//! The provider that `terraform init` has installed in a working folder.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hcl_edit::expr::Expression;
use hcl_edit::structure::{Block, Body};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::cache::Cache;
use crate::shape::hex;
use crate::usage::Folder;

/// The providers that are kept warm, at both registries. What is assumed of them is in `shape` and `pool`; others run
/// as terraform runs them.
const KNOWN: [&str; 2] = ["registry.terraform.io/hashicorp/aws", "registry.opentofu.org/hashicorp/aws"];

/// A provider package, unpacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// As the lock file spells it, `registry.terraform.io/hashicorp/aws`.
    pub address: String,
    /// The version that was chosen.
    pub version: String,
    /// The program.
    pub binary: PathBuf,
    /// Changes with every change of the package's files.
    pub(crate) identity: String,
    /// The checksums of the package that the lock file allows.
    hashes: Vec<String>,
}

/// Why it cannot be told what is installed.
#[derive(Debug, Error)]
pub enum InstalledError {
    /// The file system refused.
    #[error("cannot read `{}`: {source}", .path.display())]
    Read {
        /// What was read.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// Not a lock file.
    #[error("`{}` is not a lock file of terraform: {why}", .path.display())]
    LockFile {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
}

impl Installed {
    /// The known provider of a working folder, if it has one and init has installed it.
    pub fn find(folder: &Folder) -> Result<Option<Installed>, InstalledError> {
        let path = folder.path.join(".terraform.lock.hcl");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(InstalledError::Read { path, source }),
        };
        let wrong = |why: String| InstalledError::LockFile { path: path.clone(), why };
        let locked: Body = text.parse().map_err(|error: hcl_edit::parser::Error| wrong(error.to_string()))?;
        let Some((address, block)) = locked.get_blocks("provider").find_map(known) else { return Ok(None) };
        let version =
            text_of(block, "version").ok_or_else(|| wrong(format!("`{address}` has no version")))?;
        let package = folder.data.join("providers").join(address).join(version).join(platform());
        if !package.is_dir() {
            return Ok(None);
        }
        let read = |source| InstalledError::Read { path: package.clone(), source };
        let files = files(&package).map_err(read)?;
        let binary = files.iter().find(|file| {
            file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("terraform-provider-"))
        });
        let Some(binary) = binary else { return Ok(None) };
        Ok(Some(Installed {
            address: address.to_owned(),
            version: version.to_owned(),
            binary: binary.clone(),
            identity: identity(&files).map_err(read)?,
            hashes: texts_of(block, "hashes"),
        }))
    }

    /// The provider's own name, by which its types begin.
    pub(crate) fn kind(&self) -> &str {
        self.address.rsplit('/').next().unwrap_or(&self.address)
    }

    /// Namespace and name, for a folder's name.
    pub(crate) fn name(&self) -> String {
        let mut parts = self.address.rsplit('/');
        let (kind, namespace) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        format!("{namespace}-{kind}")
    }

    /// Whether the package is what the lock file says. Terraform asks the same before it starts a provider.
    pub fn is_as_locked(&self, cache: &Path) -> bool {
        self.checksum(cache).is_some_and(|computed| self.hashes.contains(&computed))
    }

    /// The package's checksum in terraform's scheme `h1`, if it can be read. It is computed once, and again when one of
    /// the package's files changes; what is known is kept below `cache`.
    pub fn checksum(&self, cache: &Path) -> Option<String> {
        Cache::of(cache, self).checksum(|| checksum(self.binary.parent()?).ok())
    }
}

fn known(block: &Block) -> Option<(&str, &Block)> {
    let [label] = block.labels.as_slice() else { return None };
    KNOWN.contains(&label.as_str()).then(|| (label.as_str(), block))
}

fn text_of<'a>(block: &'a Block, argument: &str) -> Option<&'a str> {
    block.body.get_attribute(argument)?.value.as_str()
}

fn texts_of(block: &Block, argument: &str) -> Vec<String> {
    let list = block.body.get_attribute(argument).and_then(|argument| argument.value.as_array());
    let texts = list.into_iter().flat_map(|list| list.iter().filter_map(Expression::as_str));
    texts.map(str::to_owned).collect()
}

/// As terraform spells this machine ("Provider Registry Protocol": operating system and architecture as Go does).
fn platform() -> String {
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        other => other,
    };
    let architecture = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "x86" => "386",
        other => other,
    };
    format!("{system}_{architecture}")
}

/// The files of a package, sorted, whatever links lead there.
fn files(package: &Path) -> io::Result<Vec<PathBuf>> {
    let package = package.canonicalize()?;
    let mut files = Vec::new();
    for entry in fs::read_dir(package)? {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// A fingerprint of where the files are and when they were written: their contents have 700 MB.
fn identity(files: &[PathBuf]) -> io::Result<String> {
    let mut digest = Sha256::new();
    for file in files {
        let about = file.metadata()?;
        digest.update(file.as_os_str().as_encoded_bytes());
        for number in [about.dev(), about.ino(), about.len()] {
            digest.update(number.to_le_bytes());
        }
        for number in [about.mtime(), about.mtime_nsec()] {
            digest.update(number.to_le_bytes());
        }
    }
    Ok(hex(&digest.finalize()).chars().take(16).collect())
}

/// Terraform's `h1` of a package (golang.org/x/mod/sumdb/dirhash, `Hash1`), which must not have folders in it.
fn checksum(package: &Path) -> io::Result<String> {
    let mut summary = Sha256::new();
    let files = files(package)?;
    if fs::read_dir(package)?.count() != files.len() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    for file in files {
        let mut digest = Sha256::new();
        io::copy(&mut fs::File::open(&file)?, &mut Writer(&mut digest))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        summary.update(format!("{}  {name}\n", hex(&digest.finalize())));
    }
    Ok(format!("h1:{}", BASE64_STANDARD.encode(summary.finalize())))
}

/// A digest that files are copied into.
struct Writer<'a>(&'a mut Sha256);

impl io::Write for Writer<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    const ADDRESS: &str = "registry.opentofu.org/hashicorp/aws";

    fn folder(lock: &str, address: &str) -> (TempDir, Folder) {
        let folder = tempfile::tempdir().unwrap();
        let package = folder.path().join(".terraform/providers").join(address).join("5.1.0").join(platform());
        fs::create_dir_all(&package).unwrap();
        fs::write(package.join("LICENSE.txt"), "free").unwrap();
        fs::write(package.join("terraform-provider-aws_v5.1.0"), "a program").unwrap();
        fs::write(folder.path().join(".terraform.lock.hcl"), lock).unwrap();
        let found = Folder::new(folder.path());
        (folder, found)
    }

    fn lock(address: &str, hash: &str) -> String {
        format!(
            "# This file is maintained automatically.\n\nprovider \"registry.terraform.io/hashicorp/random\" {{\n  \
             version = \"3.0.0\"\n}}\n\nprovider \"{address}\" {{\n  version     = \"5.1.0\"\n  constraints = \"~> 5.0\"\n  \
             hashes = [\n    \"{hash}\",\n    \"zh:00\",\n  ]\n}}\n"
        )
    }

    #[test]
    fn the_provider_is_the_one_in_the_lock_file() {
        for address in KNOWN {
            let (_kept, folder) = folder(&lock(address, "h1:x"), address);
            let found = Installed::find(&folder).unwrap().unwrap();
            assert_eq!((found.address.as_str(), found.version.as_str()), (address, "5.1.0"));
            assert!(found.binary.ends_with("terraform-provider-aws_v5.1.0"), "{:?}", found.binary);
            assert_eq!((found.kind(), found.name().as_str()), ("aws", "hashicorp-aws"));
        }
    }

    #[test]
    fn what_is_not_installed_or_not_known_is_not_found() {
        let empty = tempfile::tempdir().unwrap();
        assert_eq!(Installed::find(&Folder::new(empty.path())).unwrap(), None);
        let (_kept, other) = folder(&lock("registry.terraform.io/hashicorp/google", "h1:x"), ADDRESS);
        assert_eq!(Installed::find(&other).unwrap(), None);
        let (_kept, elsewhere) = folder(&lock(ADDRESS, "h1:x"), "registry.terraform.io/hashicorp/aws");
        assert_eq!(Installed::find(&elsewhere).unwrap(), None);
    }

    #[test]
    fn a_lock_file_that_is_none_is_an_error_with_its_place() {
        for lock in ["provider \"", &format!("provider \"{ADDRESS}\" {{}}")] {
            let (_kept, folder) = folder(lock, ADDRESS);
            let error = Installed::find(&folder).unwrap_err().to_string();
            assert!(error.contains(".terraform.lock.hcl` is not a lock file of terraform: "), "{error}");
        }
    }

    #[test]
    fn a_package_is_as_locked_by_terraforms_own_checksum() {
        // printf '%s  LICENSE.txt\n%s  terraform-provider-aws_v5.1.0\n' SHA SHA | openssl dgst -sha256 -binary | base64
        for (hash, expected) in [("h1:gjXEZRcnR2iQdAlGQvfSQfUuEs2CXZyXUS9iK1EiGw0=", true), ("h1:x", false)] {
            let (_kept, folder) = folder(&lock(ADDRESS, hash), ADDRESS);
            let found = Installed::find(&folder).unwrap().unwrap();
            let cache = tempfile::tempdir().unwrap();
            assert_eq!(found.is_as_locked(cache.path()), expected, "{hash}");
        }
    }

    #[test]
    fn a_package_with_a_folder_has_no_checksum() {
        let (kept, folder) = folder(&lock(ADDRESS, "h1:x"), ADDRESS);
        let found = Installed::find(&folder).unwrap().unwrap();
        fs::create_dir(found.binary.with_file_name("docs")).unwrap();
        assert_eq!(found.checksum(&kept.path().join("cache")), None);
    }

    #[test]
    fn a_changed_package_is_another_one() {
        let (_kept, folder) = folder(&lock(ADDRESS, "h1:x"), ADDRESS);
        let before = Installed::find(&folder).unwrap().unwrap();
        assert_eq!(before, Installed::find(&folder).unwrap().unwrap());
        fs::write(&before.binary, "another program").unwrap();
        assert_ne!(before.identity, Installed::find(&folder).unwrap().unwrap().identity);
    }
}
