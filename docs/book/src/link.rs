//! The links of a page, and the anchors that links can go to.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::page::Page;

/// A link, or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The line it is on, from 1.
    pub line: usize,
    /// Where it goes, as it is written.
    pub target: String,
}

impl Link {
    /// Whether it leaves the project.
    pub fn is_external(&self) -> bool {
        self.target.contains("://") || self.target.starts_with("mailto:")
    }

    /// The path from the top of the project and the anchor that it goes to, from a page; no path if it would be
    /// outside of the project.
    pub fn resolved(&self, from: &Page) -> Option<(String, Option<String>)> {
        let (path, anchor) = match self.target.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor.to_owned())),
            None => (self.target.as_str(), None),
        };
        if path.is_empty() {
            return Some((from.path.clone(), anchor));
        }
        let mut parts: Vec<&str> = from.folder().split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
            if part == ".." {
                parts.pop()?;
            } else {
                parts.push(part);
            }
        }
        Some((parts.join("/"), anchor))
    }
}

fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES)
}

/// The links of a text, from first to last.
pub fn links(text: &str) -> Vec<Link> {
    let targets = parser(text).into_offset_iter().filter_map(|(event, range)| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some((dest_url, range)),
        _ => None,
    });
    let line = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
    targets.map(|(target, range)| Link { line: line(range.start), target: target.into_string() }).collect()
}

/// The anchors of a text's headings. GitHub and mdBook make the same: letters, digits, `-` and `_` in lower case, a
/// `-` for each space, and a number after the second of a kind (mdbook-html, `utils::id_from_content`).
pub fn anchors(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    let mut heading: Option<String> = None;
    for event in parser(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(part) | Event::Code(part) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&part);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let anchor = anchor(&heading.take().unwrap_or_default());
                let numbered = (1..).map(|number| format!("{anchor}-{number}"));
                let mut names = std::iter::once(anchor.clone()).chain(numbered);
                if let Some(free) = names.find(|name| !anchors.contains(name)) {
                    anchors.insert(free);
                }
            }
            _ => {}
        }
    }
    anchors
}

fn anchor(heading: &str) -> String {
    let written = heading.trim().to_lowercase();
    let kept =
        written.chars().filter(|one| one.is_alphanumeric() || "-_".contains(*one) || one.is_whitespace());
    kept.map(|one| if one.is_whitespace() { '-' } else { one }).collect()
}
