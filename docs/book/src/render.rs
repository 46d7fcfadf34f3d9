//! Builds the book with mdBook. The pages keep the places that they have in the project, so that a link which works on
//! GitHub works in the book; only what links go to is laid beside them.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_summary::Summary;

use crate::chapters::{chapters, paths};
use crate::link::links;
use crate::page::{self, Page};
use crate::warnings;

/// Why there is no book.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be read or written.
    #[error("`{path}` cannot be read or written")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// mdBook could not go on.
    #[error("mdBook: {0}")]
    Book(String),
    /// mdBook went on, and said what is not well.
    #[error("mdBook warns:\n{}", .0.join("\n"))]
    Warnings(Vec<String>),
}

fn file(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::File { path, source }
}

/// The chapters of the project at `top`.
pub fn contents(top: &Path, pages: &[Page]) -> Result<Summary, Error> {
    let path = top.join("docs/SUMMARY.md");
    let text = fs::read_to_string(&path).map_err(file(&path))?;
    let summary = mdbook_summary::parse_summary(&text).map_err(|error| Error::Book(format!("{error:#}")))?;
    Ok(chapters(summary, pages))
}

/// Builds the book of the project at `top` into a folder, which is emptied before.
pub fn render(top: &Path, destination: &Path) -> Result<(), Error> {
    let pages = page::all(top).map_err(file(top))?;
    let summary = contents(top, &pages)?;
    let stage = tempfile::tempdir().map_err(file(destination))?;
    lay_out(top, stage.path(), &pages, &paths(&summary))?;

    let settings = top.join("docs/book.toml");
    let text = fs::read_to_string(&settings).map_err(file(&settings))?;
    let mut config = Config::from_str(&text).map_err(|error| Error::Book(format!("{error:#}")))?;
    config.book.src = PathBuf::from(".");
    config.build.build_dir = std::path::absolute(destination).map_err(file(destination))?;

    let (built, warnings) = warnings::during(|| {
        MDBook::load_with_config_and_summary(stage.path(), config, summary).and_then(|book| book.build())
    });
    built.map_err(|error| Error::Book(format!("{error:#}")))?;
    if warnings.is_empty() { Ok(()) } else { Err(Error::Warnings(warnings)) }
}

/// Copies the chapters, and the files that their links go to.
fn lay_out(top: &Path, stage: &Path, pages: &[Page], chapters: &BTreeSet<String>) -> Result<(), Error> {
    let in_book = || pages.iter().filter(|page| chapters.contains(&page.path));
    let mut files: BTreeSet<String> = in_book().map(|page| page.path.clone()).collect();
    for page in in_book() {
        let inside = links(&page.text).into_iter().filter(|link| !link.is_external());
        files.extend(inside.filter_map(|link| link.resolved(page)).map(|(path, _)| path));
    }
    for path in files {
        let (from, to) = (top.join(&path), stage.join(&path));
        // A link that goes nowhere is the business of the test of links, which says where it stands.
        if from.is_file() {
            fs::create_dir_all(to.parent().unwrap_or(stage)).map_err(file(&to))?;
            fs::copy(&from, &to).map_err(file(&from))?;
        } else if from.is_dir() {
            list(&from, &to).map_err(file(&from))?;
        }
    }
    Ok(())
}

/// Copies the files of a folder that a link goes to, and writes the page that GitHub would show of it.
fn list(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
            names.insert(entry.file_name().to_string_lossy().into_owned());
        }
    }
    let lines: String =
        names.iter().map(|name| format!("<li><a href=\"{name}\">{name}</a></li>\n")).collect();
    fs::write(
        to.join("index.html"),
        format!("<!doctype html>\n<meta charset=\"utf-8\">\n<ul>\n{lines}</ul>\n"),
    )
}
