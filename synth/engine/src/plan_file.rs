//! A plan between the step that makes it and the one that applies it.

use std::fs::{self, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::process::Reaper;

/// A file for a plan, which holds secrets in plain text: nobody else may read it, and it is removed when this is dropped, or
/// by a reaper should this process be killed.
#[derive(Debug)]
pub struct PlanFile {
    folder: TempDir,
    reaper: Option<Reaper>,
}

impl PlanFile {
    /// An empty file in a new folder of its own below `parent`, which is made if it is not there.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn within(parent: &Path) -> io::Result<PlanFile> {
        fs::create_dir_all(parent)?;
        let private = Permissions::from_mode(0o700);
        let folder =
            tempfile::Builder::new().prefix("synth-plan-").permissions(private).tempdir_in(parent)?;
        let reaper = Some(Reaper::of_all(folder.path())?);
        let file = PlanFile { folder, reaper };
        // Terraform writes into a file that is there, and leaves its mode alone.
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(file.path())?;
        Ok(file)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("plan")
    }
}

impl Drop for PlanFile {
    fn drop(&mut self) {
        // Nobody is left to tell; the reaper still waits behind us.
        if fs::remove_dir_all(self.folder.path()).is_ok()
            && let Some(reaper) = self.reaper.take()
        {
            reaper.dismiss();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_else_may_read_it_or_look_where_it_is() {
        let parent = tempfile::tempdir().unwrap();
        let file = PlanFile::within(&parent.path().join("data")).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&file.path()), mode(file.path().parent().unwrap())), (0o600, 0o700));
    }

    #[test]
    fn it_is_gone_afterwards() {
        let parent = tempfile::tempdir().unwrap();
        let file = PlanFile::within(parent.path()).unwrap();
        fs::write(file.path(), "secret").unwrap();
        drop(file);
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 0);
    }
}
