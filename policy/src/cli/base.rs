//! What a change is held against: another folder or file, or the same one at a revision.

use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::{git, input};
use crate::access::Sets;

/// The files that a configuration is made of: those of other folders may be modules.
const FILES: [&str; 4] = ["*.tf", "*.tf.json", "*.tfvars", "*.tfvars.json"];

/// The base of a change.
#[derive(Clone, Debug)]
pub(super) enum Base {
    /// A configuration beside it.
    Path(PathBuf),
    /// The same path at a revision of git.
    Revision(String),
}

impl FromStr for Base {
    type Err = String;

    fn from_str(text: &str) -> Result<Base, String> {
        match text.strip_prefix("git:") {
            Some("") => Err("a revision follows `git:`, such as `git:main`".to_owned()),
            Some(revision) => Ok(Base::Revision(revision.to_owned())),
            None => Ok(Base::Path(PathBuf::from(text))),
        }
    }
}

impl Base {
    /// What a path stands for; one that is no text is no revision.
    pub(super) fn of(path: PathBuf) -> Result<Base, String> {
        path.to_str().map(str::parse).unwrap_or_else(|| Ok(Base::Path(path.clone())))
    }

    /// The policies of the base; `path` is what is held against it.
    pub(super) fn sets(&self, path: &Path) -> io::Result<Sets> {
        match self {
            Base::Path(base) => sets(base),
            Base::Revision(revision) => at(revision, path),
        }
    }
}

fn sets(path: &Path) -> io::Result<Sets> {
    let (blocks, unread) = input::blocks(path)?;
    Ok(Sets::of(&blocks, unread))
}

/// The path at a revision, as git writes it to a folder of its own; of what was not there then, nothing.
fn at(revision: &str, path: &Path) -> io::Result<Sets> {
    let top = git::ask(&["rev-parse", "--show-toplevel"])?;
    let top = PathBuf::from(top.trim_end()).canonicalize()?;
    let whole = path.canonicalize()?;
    let below = whole.strip_prefix(&top).map_err(|_| {
        io::Error::other(format!("`{}` is not in the repository `{}`", path.display(), top.display()))
    })?;
    let folder = tempfile::tempdir()?;
    // An index of its own: that of the repository stays as it is.
    let index = folder.path().join("index");
    let own = [("GIT_INDEX_FILE", index.as_os_str())];
    // A revision that begins with a dash is none of git's options.
    let commit = git::ask(&["rev-parse", "--verify", "--end-of-options", &format!("{revision}^{{commit}}")])?;
    git::tell(&["read-tree", commit.trim_end()], &own, "")?;
    let named = below.to_string_lossy();
    let patterns = FILES.map(|pattern| format!(":(top,glob)**/{pattern}"));
    let file = format!(":(top,literal){named}");
    let mut list = vec!["ls-files", "-z", "--full-name", "--"];
    list.extend(patterns.iter().map(String::as_str));
    if whole.is_file() {
        list.push(&file);
    }
    let files = git::tell(&list, &own, "")?;
    let prefix = format!("--prefix={}/tree/", folder.path().display());
    let top = top.to_string_lossy();
    git::tell(&["-C", &top, "checkout-index", "-z", "--stdin", &prefix], &own, &files)?;
    let then = folder.path().join("tree").join(below);
    if then.exists() { sets(&then) } else { Ok(Sets::default()) }
}
