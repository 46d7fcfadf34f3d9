//! The order of the chapters: `docs/SUMMARY.md`, and the pages of the folders whose README it names.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use mdbook_summary::{Link, Summary, SummaryItem};

use crate::page::Page;

/// The table of contents, with paths from the top of the project. Beside a README that it names stand the other pages
/// of that folder, beneath it, unless they are named themselves.
pub fn chapters(mut summary: Summary, pages: &[Page]) -> Summary {
    let parts = [&mut summary.prefix_chapters, &mut summary.numbered_chapters, &mut summary.suffix_chapters];
    let mut named = BTreeSet::new();
    let mut items: Vec<&mut SummaryItem> = parts.into_iter().flatten().collect();
    for item in &mut items {
        from_the_top(item, &mut named);
    }
    for item in items {
        beneath_readmes(item, &named, pages);
    }
    summary
}

/// The paths of all chapters.
pub fn paths(summary: &Summary) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for item in
        summary.prefix_chapters.iter().chain(&summary.numbered_chapters).chain(&summary.suffix_chapters)
    {
        collect(item, &mut paths);
    }
    paths
}

fn collect(item: &SummaryItem, paths: &mut BTreeSet<String>) {
    let SummaryItem::Link(link) = item else { return };
    paths.extend(link.location.as_deref().map(slashed));
    link.nested_items.iter().for_each(|item| collect(item, paths));
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// `../README.md` of a file in `docs` is `README.md`.
fn from_the_top(item: &mut SummaryItem, named: &mut BTreeSet<String>) {
    let SummaryItem::Link(link) = item else { return };
    if let Some(location) = &mut link.location {
        let mut path = PathBuf::from("docs");
        for part in location.components() {
            match part {
                Component::ParentDir => {
                    path.pop();
                }
                part => path.push(part),
            }
        }
        named.insert(slashed(&path));
        *location = path;
    }
    link.nested_items.iter_mut().for_each(|item| from_the_top(item, named));
}

fn beneath_readmes(item: &mut SummaryItem, named: &BTreeSet<String>, pages: &[Page]) {
    let SummaryItem::Link(link) = item else { return };
    link.nested_items.iter_mut().for_each(|item| beneath_readmes(item, named, pages));
    let location = link.location.as_deref().map(slashed).unwrap_or_default();
    let Some(folder) = location.strip_suffix("/README.md") else { return };
    let beside = pages.iter().filter(|page| page.folder() == folder && !named.contains(&page.path));
    link.nested_items.extend(beside.map(|page| SummaryItem::Link(Link::new(page.title(), &page.path))));
}
