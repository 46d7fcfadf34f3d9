//! The folder of one deployment: the stack unchanged, what points it at the emulator, the state, the logs.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::{OverrideError, overrides};
use crate::account::Account;

/// A folder of its own for one deployment.
#[derive(Debug)]
pub struct WorkDir {
    stack: String,
    path: PathBuf,
}

/// Why a folder could not be prepared.
#[derive(Debug, Error)]
pub enum WorkDirError {
    /// The file system refused.
    #[error("cannot write `{}`: {source}", .path.display())]
    Write {
        /// What was written.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// The stack cannot be pointed at the emulator.
    #[error(transparent)]
    Override(#[from] OverrideError),
}

impl WorkDir {
    /// Lays `stack` and what it needs into a new folder `NAME-ACCOUNT` below `root`.
    pub fn create(root: &Path, name: &str, account: &Account, stack: &[u8]) -> Result<WorkDir, WorkDirError> {
        let files = overrides::beside(stack, account)?;
        let path = root.join(format!("{name}-{account}"));
        let folder = WorkDir { stack: name.to_owned(), path };
        fs::create_dir_all(folder.logs())
            .map_err(|source| WorkDirError::Write { path: folder.logs(), source })?;
        folder.write("main.tf.json", stack)?;
        for (name, text) in files {
            folder.write(name, text.as_bytes())?;
        }
        folder.write(overrides::CONFIGURATION, b"")?;
        folder.configure("")?;
        Ok(folder)
    }

    /// Leads every call of the AWS provider to `endpoint` (AWS SDKs and Tools Reference Guide, "Service-specific
    /// endpoints": `endpoint_url`).
    pub fn lead_to(&self, endpoint: &str) -> Result<(), WorkDirError> {
        self.write(overrides::CONFIGURATION, format!("[default]\nendpoint_url = {endpoint}\n").as_bytes())
    }

    /// Terraform's own settings, apart from the user's.
    const CONFIGURATION: &str = "terraform.rc";

    /// The name of the stack in it.
    pub fn stack(&self) -> &str {
        &self.stack
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the logs go.
    pub fn logs(&self) -> PathBuf {
        self.path.join("logs")
    }

    pub(super) fn configuration(&self) -> PathBuf {
        self.path.join(WorkDir::CONFIGURATION)
    }

    /// The folder's own name, which no other has.
    pub(super) fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Writes terraform's own settings, and lets it forget what it installed by other ones.
    pub(super) fn configure(&self, configuration: &str) -> Result<(), WorkDirError> {
        for left in [".terraform", ".terraform.lock.hcl"].map(|name| self.path.join(name)) {
            let removed = if left.is_dir() { fs::remove_dir_all(&left) } else { fs::remove_file(&left) };
            match removed {
                Err(source) if source.kind() != io::ErrorKind::NotFound => {
                    return Err(WorkDirError::Write { path: left, source });
                }
                _ => {}
            }
        }
        self.write(WorkDir::CONFIGURATION, configuration.as_bytes())
    }

    /// Every file in the folder that holds `text` as it is (a plan is a compressed archive); links lead to the
    /// providers and are passed over.
    pub fn holding(&self, text: &str) -> io::Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        let mut folders = vec![self.path.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                let kind = entry.file_type()?;
                if kind.is_dir() && entry.file_name() != "providers" {
                    folders.push(entry.path());
                } else if kind.is_file() && contains(&fs::read(entry.path())?, text.as_bytes()) {
                    found.push(entry.path());
                }
            }
        }
        Ok(found)
    }

    /// Removes the folder.
    pub fn remove(&self) -> io::Result<()> {
        fs::remove_dir_all(&self.path)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), WorkDirError> {
        let path = self.path.join(name);
        fs::write(&path, bytes).map_err(|source| WorkDirError::Write { path, source })
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    needle.is_empty() || haystack.windows(needle.len()).any(|window| window == needle)
}
