//! Copies a folder of Terraform files to where it is applied.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::StackError;

/// How deep folders may be in each other: more is a link that leads to itself.
const DEEPEST: usize = 32;

/// Copies everything but hidden files and states from `from` into the folder `to`, which may exist.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), StackError> {
    copy_level(from, to, 0)
}

fn copy_level(from: &Path, to: &Path, depth: usize) -> Result<(), StackError> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |source| StackError::Folder { path, source }
    };
    if depth > DEEPEST {
        return Err(at(from)(io::Error::other(
            "its folders are too deep in each other; does a link lead back?",
        )));
    }
    fs::create_dir_all(to).map_err(at(to))?;
    for entry in fs::read_dir(from).map_err(at(from))? {
        let entry = entry.map_err(at(from))?;
        let (path, name) = (entry.path(), entry.file_name());
        let text = name.to_string_lossy();
        // `.git`, `.terraform` and the like are no part of a stack; a state is that of another deployment.
        if text.starts_with('.') || text.contains(".tfstate") {
            continue;
        }
        // Follows links: where they lead to may not be beside the copy.
        if fs::metadata(&path).map_err(at(&path))?.is_dir() {
            copy_level(&path, &to.join(name), depth + 1)?;
        } else {
            fs::copy(&path, to.join(name)).map_err(at(&path))?;
        }
    }
    Ok(())
}

/// The Terraform files of a module, sorted.
pub(crate) fn files(module: &Path) -> Result<Vec<PathBuf>, StackError> {
    let read = |source| StackError::Folder { path: module.to_owned(), source };
    let mut files = Vec::new();
    for entry in fs::read_dir(module).map_err(read)? {
        let path = entry.map_err(read)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.starts_with('.') && (name.ends_with(".tf") || name.ends_with(".tf.json")) {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() { Err(StackError::Empty(module.to_owned())) } else { Ok(files) }
}

/// Where a module is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Local {
    /// At this path below the root.
    At(PathBuf),
    /// In a folder that is not below the root.
    Outside,
    /// In a registry or a repository.
    Elsewhere,
}

/// Where the module `source` is, as written in the module at a path below the root.
pub(crate) fn local(caller: &Path, source: &str) -> Local {
    // Only these two beginnings are paths ("Module Sources", "Local Paths").
    if !source.starts_with("./") && !source.starts_with("../") {
        return Local::Elsewhere;
    }
    let mut path: PathBuf = caller.components().filter(|step| matches!(step, Component::Normal(_))).collect();
    for step in source.split('/') {
        match step {
            ".." if !path.pop() => return Local::Outside,
            ".." | "." | "" => {}
            name => path.push(name),
        }
    }
    Local::At(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_everything_but_hidden_files_and_states() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for path in
            ["main.tf", "policies/queue.json", ".git/config", "terraform.tfstate", "a.tfstate.backup", ".x"]
        {
            let path = from.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        copy(from.path(), to.path()).unwrap();
        let mut found: Vec<String> = fs::read_dir(to.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        found.sort();
        assert_eq!(found, ["main.tf", "policies"]);
        assert!(to.path().join("policies/queue.json").is_file());
        assert_eq!(files(to.path()).unwrap(), [to.path().join("main.tf")]);
    }

    #[test]
    fn a_link_that_leads_back_is_refused() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(from.path(), from.path().join("again")).unwrap();
        let why = copy(from.path(), to.path()).unwrap_err().to_string();
        assert!(why.contains("too deep"), "{why}");
    }

    #[test]
    fn a_folder_without_terraform_files_is_no_stack() {
        let folder = tempfile::tempdir().unwrap();
        let why = files(folder.path()).unwrap_err().to_string();
        assert!(why.ends_with("holds no `.tf` and no `.tf.json` files"), "{why}");
        assert!(files(&folder.path().join("nowhere")).unwrap_err().to_string().contains("cannot read"));
    }

    #[test]
    fn a_module_is_found_where_its_path_leads() {
        let at = |path: &str| Local::At(path.into());
        for (caller, source, expected) in [
            ("", "./queue", at("queue")),
            ("stacks/shop", "../../modules/queue", at("modules/queue")),
            ("./shop", "../modules//queue", at("modules/queue")),
            ("", "../modules/queue", Local::Outside),
            ("shop", "../../modules", Local::Outside),
            ("", "./a/../../b", Local::Outside),
            ("", "hashicorp/consul/aws", Local::Elsewhere),
            ("", "git::https://example.com/x.git//../y", Local::Elsewhere),
        ] {
            assert_eq!(local(Path::new(caller), source), expected, "{source} in {caller}");
        }
    }
}
