//! The project's Markdown files.

use std::fs;
use std::io;
use std::path::Path;

/// One Markdown file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its path from the top of the project, with `/`: `docs/check.md`.
    pub path: String,
    /// What it says.
    pub text: String,
}

impl Page {
    /// The folder that it is in, without a `/` at the end; empty at the top.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Its first heading, or its path where it has none.
    pub fn title(&self) -> &str {
        self.text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or(&self.path)
    }
}

/// Every page of the project, by path. Hidden folders but GitHub's, and what is built, hold none of ours.
pub fn all(top: &Path) -> io::Result<Vec<Page>> {
    let mut pages = Vec::new();
    collect(top, "", &mut pages)?;
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(pages)
}

fn collect(folder: &Path, prefix: &str, pages: &mut Vec<Page>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type()?;
        if kind.is_dir() && (name == ".github" || !name.starts_with('.')) && name != "target" {
            collect(&entry.path(), &format!("{prefix}{name}/"), pages)?;
        } else if kind.is_file() && name.ends_with(".md") {
            pages.push(Page { path: format!("{prefix}{name}"), text: fs::read_to_string(entry.path())? });
        }
    }
    Ok(())
}
