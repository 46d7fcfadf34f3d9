//! A page with the picture that needs nothing else and loads nothing: search, details of what is pointed at, and the findings.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

use super::escape::xml;
use super::svg;
use crate::architecture::{Architecture, Part};
use crate::finding::Finding;
use crate::layout::Scene;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// What the page says of a box or a frame.
#[derive(Serialize)]
struct Details<'d> {
    name: &'d str,
    kind: String,
    notes: Vec<&'d str>,
    parts: Vec<String>,
    findings: Vec<&'d Finding>,
}

/// Writes the page.
#[must_use]
pub fn html(drawn: &Architecture, scene: &Scene, title: &str, findings: &[Finding]) -> String {
    let mut details: BTreeMap<&str, Details<'_>> = BTreeMap::new();
    for (id, node) in &drawn.nodes {
        let notes = node.notes.iter().chain(&node.remarks).map(String::as_str).collect();
        let parts = node.parts.iter().map(part).collect();
        details.insert(
            id,
            Details { name: &node.name, kind: node.kind.clone(), notes, parts, findings: Vec::new() },
        );
    }
    for (id, group) in &drawn.groups {
        let notes = [group.note.as_str()].into_iter().filter(|note| !note.is_empty()).collect();
        let (kind, parts) = (group.kind.name().to_owned(), group.parts.iter().map(part).collect());
        details.insert(id, Details { name: &group.title, kind, notes, parts, findings: Vec::new() });
    }
    let mut elsewhere = Vec::new();
    for finding in findings {
        let places = finding.places(drawn);
        if places.is_empty() {
            elsewhere.push(finding);
        }
        for place in places {
            if let Some(details) = details.get_mut(place) {
                details.findings.push(finding);
            }
        }
    }
    let arrows: Vec<_> = drawn
        .arrows
        .iter()
        .map(|((from, to, meaning), arrow)| {
            json!({ "from": from, "to": to, "meaning": meaning.name(), "labels": arrow.labels, "details": arrow.details })
        })
        .collect();
    let data = json!({
        "details": details, "arrows": arrows, "findings": findings.len(), "elsewhere": elsewhere,
        "undecided": drawn.undecided, "lookups": drawn.lookups,
    });
    // Nothing in a script ends it, or opens a comment, but with `<`.
    let data = data
        .to_string()
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029");
    let parts = [
        ("<!--TITLE-->", xml(title)),
        ("<!--STYLE-->", STYLE.to_owned()),
        ("<!--PICTURE-->", svg(drawn, scene, title)),
        ("<!--DATA-->", data),
        ("<!--SCRIPT-->", SCRIPT.to_owned()),
    ];
    filled(PAGE, &parts)
}

/// The page with each mark replaced, marks in what replaces them left as they are.
fn filled(page: &str, parts: &[(&str, String)]) -> String {
    let Some(((mark, text), rest)) = parts.split_first() else { return page.to_owned() };
    let pieces: Vec<String> = page.split(mark).map(|piece| filled(piece, rest)).collect();
    pieces.join(text)
}

fn part(part: &Part) -> String {
    let stack = if part.stack.is_empty() { String::new() } else { format!("{}: ", part.stack) };
    format!("{stack}{} ({})", part.address, part.kind)
}
