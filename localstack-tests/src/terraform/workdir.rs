//! The folder of one deployment: the stack unchanged, what points it at the emulator, the state, the logs.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::configured::{self, Configured};
use super::{OverrideError, hcl, overrides, region};
use crate::account::Account;
use crate::disk;
use crate::settings::variable;
use crate::stack::{self, Local, Source, StackError};

/// A folder of its own for one deployment.
#[derive(Debug)]
pub struct WorkDir {
    stack: String,
    /// What is removed in the end.
    top: PathBuf,
    /// Where terraform works: the same, or a folder in it.
    path: PathBuf,
    uses_aws: bool,
    regions: BTreeSet<String>,
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
    /// A file of the stack is not what its name says.
    #[error("cannot read `{}`: {why}", .path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The stack cannot be read.
    #[error(transparent)]
    Stack(#[from] StackError),
    /// There is no room: terraform would lose the state of what it makes.
    #[error(
        "only {free} MB are free in `{}`, and a deployment needs {}: make room, or name another folder in {}",
        .path.display(), disk::NEEDED, variable::WORK
    )]
    Full {
        /// The folder.
        path: PathBuf,
        /// What is free.
        free: u64,
    },
}

impl WorkDir {
    /// Lays `stack` and what it needs into a new folder `NAME-ACCOUNT` below `root`.
    pub fn create(root: &Path, name: &str, account: &Account, stack: &[u8]) -> Result<WorkDir, WorkDirError> {
        WorkDir::of(root, name, account, &Source::Document(stack.to_vec()))
    }

    /// As [`WorkDir::create`], from wherever the stack is.
    pub(crate) fn of(
        root: &Path,
        name: &str,
        account: &Account,
        source: &Source,
    ) -> Result<WorkDir, WorkDirError> {
        let top = root.join(overrides::folder(name, account));
        let path = match source {
            Source::Document(_) => top.clone(),
            Source::Folder { module, .. } => top.join(module),
        };
        // Nothing is written of a stack that cannot be read.
        let configured = of_source(source)?;
        let (uses_aws, regions) = (configured.uses_aws(), configured.regions.clone());
        let folder = WorkDir { stack: name.to_owned(), top, path, uses_aws, regions };
        fs::create_dir_all(root).map_err(|source| WorkDirError::Write { path: root.to_owned(), source })?;
        if let Some(free) = disk::free(root).filter(|free| *free < disk::NEEDED) {
            return Err(WorkDirError::Full { path: root.to_owned(), free });
        }
        fs::create_dir_all(folder.logs())
            .map_err(|source| WorkDirError::Write { path: folder.logs(), source })?;
        folder.write(overrides::CONFIGURATION, b"")?;
        folder.lay(source, configured, account)?;
        folder.configure("")?;
        Ok(folder)
    }

    /// Leads every call of the AWS provider to `endpoint` (AWS SDKs and Tools Reference Guide, "Service-specific
    /// endpoints": `endpoint_url`).
    pub fn lead_to(&self, endpoint: &str) -> Result<(), WorkDirError> {
        self.write(overrides::CONFIGURATION, format!("[default]\nendpoint_url = {endpoint}\n").as_bytes())
    }

    /// Puts another stack in the place of the one that is there; the state and the logs stay.
    pub(crate) fn replace(&mut self, source: &Source, account: &Account) -> Result<(), WorkDirError> {
        let configured = of_source(source)?;
        // What an earlier stack made may still be there.
        self.uses_aws |= configured.uses_aws();
        self.regions.extend(configured.regions.clone());
        for file in stack::files(&self.path)? {
            fs::remove_file(&file).map_err(|source| WorkDirError::Write { path: file, source })?;
        }
        self.lay(source, configured, account)
    }

    fn lay(
        &self,
        source: &Source,
        mut configured: Configured,
        account: &Account,
    ) -> Result<(), WorkDirError> {
        match source {
            Source::Document(bytes) => self.write("main.tf.json", bytes)?,
            Source::Folder { root, .. } => stack::copy(root, &self.top)?,
        }
        // Other states are where the stack says.
        configured.states.retain(|stack| self.top.with_file_name(overrides::folder(stack, account)).is_dir());
        for (name, text) in overrides::files(configured, account) {
            self.write(name, text.as_bytes())?;
        }
        Ok(())
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

    /// Whether anything can have come into the account.
    pub(crate) fn uses_aws(&self) -> bool {
        self.uses_aws
    }

    /// The regions that the stack's text names.
    pub(crate) fn regions(&self) -> &BTreeSet<String> {
        &self.regions
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
        self.top.file_name().unwrap_or_default().to_string_lossy().into_owned()
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
        self.write_configuration(configuration)
    }

    /// Writes terraform's own settings, and leaves what it has installed.
    pub(super) fn write_configuration(&self, configuration: &str) -> Result<(), WorkDirError> {
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
        fs::remove_dir_all(&self.top)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), WorkDirError> {
        let path = self.path.join(name);
        fs::write(&path, bytes).map_err(|source| WorkDirError::Write { path, source })
    }
}

/// What the files of a stack say about the AWS provider; a module that would not be copied is refused.
fn of_source(source: &Source) -> Result<Configured, WorkDirError> {
    match source {
        Source::Document(bytes) => {
            let regions = region::in_text(&String::from_utf8_lossy(bytes));
            Ok(Configured { regions, ..configured::in_json(bytes)? })
        }
        Source::Folder { root, module } => of_module(root, module, &mut BTreeSet::new()),
    }
}

/// As [`of_source`], of the module at a path below `root`, with what the modules need that it calls.
fn of_module(root: &Path, module: &Path, seen: &mut BTreeSet<PathBuf>) -> Result<Configured, WorkDirError> {
    let mut all = Configured::default();
    if !seen.insert(module.to_owned()) {
        return Ok(all);
    }
    for path in stack::files(&root.join(module))? {
        let text = fs::read(&path).map_err(|source| StackError::Folder { path: path.clone(), source })?;
        let text = String::from_utf8_lossy(&text);
        let native = path.extension().is_some_and(|extension| extension == "tf");
        let read = if native {
            hcl::configured(&text)
        } else {
            configured::in_json(text.as_bytes()).map_err(|error| error.to_string())
        };
        let mut found = read.map_err(|why| WorkDirError::Syntax { path: path.clone(), why })?;
        found.regions = region::in_text(&text);
        for source in std::mem::take(&mut found.modules) {
            match stack::local(module, &source) {
                Local::At(called) => {
                    let called = of_module(root, &called, seen)?;
                    found.needed |= called.uses_aws();
                    found.regions.extend(called.regions);
                }
                Local::Outside => return Err(StackError::Outside { file: path, module: source }.into()),
                Local::Elsewhere => found.modules.push(source),
            }
        }
        all = all.and(found);
    }
    Ok(all)
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    needle.is_empty() || haystack.windows(needle.len()).any(|window| window == needle)
}
