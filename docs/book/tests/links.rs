//! Every link of every page goes somewhere, in the project and in the book; every page is a chapter.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use book::chapters;
use book::link::{Link, anchors, links};
use book::page::{self, Page};
use book::render;
use regex::Regex;

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn pages() -> Vec<Page> {
    page::all(&top()).unwrap()
}

/// What is wrong with a link of a page.
fn wrong(page: &Page, link: &Link, pages: &[Page]) -> Option<String> {
    let at = format!("{}:{}: `{}`", page.path, link.line, link.target);
    let Some((path, anchor)) = link.resolved(page) else {
        return Some(format!("{at} leaves the project"));
    };
    if !top().join(&path).exists() {
        return Some(format!("{at} is not there"));
    }
    let anchor = anchor?;
    match pages.iter().find(|page| page.path == path) {
        Some(page) if anchors(&page.text).contains(&anchor) => None,
        Some(_) => Some(format!("{at}: `{path}` has no such heading")),
        None => Some(format!("{at}: only pages have headings")),
    }
}

#[test]
fn every_link_goes_to_a_file_and_to_one_of_its_headings() {
    let pages = pages();
    let mut all = 0;
    let mut mistakes = Vec::new();
    for page in &pages {
        for link in links(&page.text).iter().filter(|link| !link.is_external()) {
            all += 1;
            mistakes.extend(wrong(page, link, &pages));
        }
    }
    assert!(all > 200, "only {all} links are there");
    assert_eq!(mistakes, Vec::<String>::new());
}

#[test]
fn external_links_are_encrypted() {
    let mut plain = Vec::new();
    for page in pages() {
        let external = links(&page.text).into_iter().filter(Link::is_external);
        plain.extend(
            external
                .filter(|link| !link.target.starts_with("https://"))
                .map(|link| format!("{}:{}: {}", page.path, link.line, link.target)),
        );
    }
    assert_eq!(plain, Vec::<String>::new());
}

#[test]
fn every_page_is_a_chapter() {
    let pages = pages();
    let chapters = chapters::paths(&render::contents(&top(), &pages).unwrap());
    // The table of contents is no chapter of itself, and what `synth init` writes belongs to somebody's project.
    let is_chapter = |path: &String| path != "docs/SUMMARY.md" && !path.starts_with("synth/src/init/");
    let all: BTreeSet<String> = pages.into_iter().map(|page| page.path).filter(is_chapter).collect();
    assert_eq!(chapters, all, "`docs/SUMMARY.md` names the chapters");
}

#[test]
fn the_book_is_built_without_warnings_and_its_links_go_somewhere() {
    let destination = tempfile::tempdir().unwrap();
    render::render(&top(), destination.path()).unwrap();
    let href = Regex::new(r##"(?:href|src)="([^"#]+)(?:#([^"]*))?""##).unwrap();
    let mut mistakes = BTreeSet::new();
    let mut looked_at = 0;
    for page in html(destination.path()) {
        let text = std::fs::read_to_string(&page).unwrap();
        // mdBook writes this one with links from the top of the server.
        if page.ends_with("404.html") {
            continue;
        }
        for found in href.captures_iter(&text).filter(|found| !found[1].contains(':')) {
            looked_at += 1;
            let target = page.parent().unwrap().join(&found[1]);
            let target = if target.is_dir() { target.join("index.html") } else { target };
            let id = found.get(2).map(|id| format!("id=\"{}\"", id.as_str()));
            let text = std::fs::read_to_string(&target).unwrap_or_default();
            if !target.is_file() || id.is_some_and(|id| !text.contains(&id)) {
                mistakes.insert(format!("{}: {}", page.display(), &found[0]));
            }
        }
    }
    assert!(looked_at > 1_000, "only {looked_at} links are in the book");
    assert_eq!(mistakes, BTreeSet::new());
}

/// The HTML files below a folder.
fn html(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(html(&path));
        } else if path.extension().is_some_and(|extension| extension == "html") {
            found.push(path);
        }
    }
    found
}

#[test]
fn anchors_are_those_of_github() {
    let text = "# `policy` in CI\n\n## A, b & c\n\n## A, b & c\n\n## `${x}` — *übrig*\n";
    let expected = ["policy-in-ci", "a-b--c", "a-b--c-1", "x--übrig"];
    assert_eq!(anchors(text), expected.map(str::to_owned).into());
}

#[test]
fn a_link_that_goes_nowhere_is_said_with_its_page_and_line() {
    let pages = pages();
    let said = |target: &str| {
        let page = Page { path: "docs/x.md".to_owned(), text: format!("# X\n\n[x]({target})\n") };
        let [link] = links(&page.text).try_into().unwrap();
        wrong(&page, &link, &pages)
    };
    assert_eq!(said("check.md#modules"), None);
    assert_eq!(
        said("check.md#nothing").unwrap(),
        "docs/x.md:3: `check.md#nothing`: `docs/check.md` has no such heading"
    );
    assert!(said("nothing.md").unwrap().starts_with("docs/x.md:3: `nothing.md` is not there"));
    assert_eq!(said("../../elsewhere.md").unwrap(), "docs/x.md:3: `../../elsewhere.md` leaves the project");
}
