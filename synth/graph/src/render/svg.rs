//! A picture as SVG that needs nothing else: light and dark by the reader's setting, with words for who cannot see it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::escape::xml;
use super::sign;
use crate::architecture::{Architecture, Grouping, Meaning, Node};
use crate::layout::text::{self, Weight};
use crate::layout::{self, LINE, Line, NAME, Rectangle, SIGN, SMALL, Scene};

const STYLE: &str = include_str!("style.css");
/// How long an arrow's head is.
const HEAD: f64 = 8.0;
/// The radius of an arrow's bends.
const BEND: f64 = 6.0;
/// With less room than this nothing is said beside a title.
const LEAST_NOTE: f64 = 50.0;
/// No more of what is undecided is listed below the picture.
const LISTED: usize = 6;

/// Writes the picture.
#[must_use]
pub fn svg(drawn: &Architecture, scene: &Scene, title: &str) -> String {
    let foot = foot(drawn, scene);
    let width = scene.width.max(foot.width).ceil();
    let height = foot.height.ceil();
    let mut out = String::new();
    let (name, words) = (xml(title), xml(&describe(drawn)));
    // Writing to a string cannot fail.
    let _infallible = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"picture\" role=\"img\" aria-labelledby=\"picture-title picture-words\" \
         viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n\
         <title id=\"picture-title\">{name}</title>\n<desc id=\"picture-words\">{words}</desc>\n<style>\n{STYLE}</style>\n\
         <rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>\n"
    );
    let mut frames: Vec<&str> = drawn.groups.keys().map(String::as_str).collect();
    frames.sort_by_key(|id| drawn.around(id).len());
    for id in frames {
        if let (Some(group), Some(place)) = (drawn.groups.get(id), scene.places.get(id)) {
            frame(&mut out, id, group.kind, place);
        }
    }
    for line in &scene.lines {
        arrow(&mut out, drawn, line);
    }
    for (id, group) in &drawn.groups {
        if let Some(place) = scene.places.get(id) {
            heading(&mut out, layout::title(group), group.kind, place);
        }
    }
    for line in &scene.lines {
        label(&mut out, line);
    }
    for (id, node) in &drawn.nodes {
        if let Some(place) = scene.places.get(id) {
            self::node(&mut out, id, node, place);
        }
    }
    out.push_str(&foot.text);
    out.push_str("</svg>\n");
    out
}

/// The picture in words.
fn describe(drawn: &Architecture) -> String {
    let mut words: Vec<String> = Vec::new();
    for ((from, to, meaning), arrow) in &drawn.arrows {
        let name = |id: &str| {
            let node = drawn.nodes.get(id).map(|node| node.name.clone());
            node.or_else(|| drawn.groups.get(id).map(|group| group.title.clone())).unwrap_or_default()
        };
        let labels: Vec<&str> = arrow.labels.iter().map(String::as_str).collect();
        let verb = match meaning {
            Meaning::Reaches => "can reach",
            Meaning::May => "may act on",
            Meaning::Trusted => "may act as",
            Meaning::Uses => "refers to",
        };
        let said = if labels.is_empty() { String::new() } else { format!(" ({})", labels.join(", ")) };
        words.push(format!("{} {verb} {}{said}.", name(from), name(to)));
    }
    format!("{} boxes. {}", drawn.nodes.len(), words.join(" "))
}

fn frame(out: &mut String, id: &str, kind: Grouping, place: &Rectangle) {
    let Rectangle { x, y, width, height } = *place;
    let _infallible = writeln!(
        out,
        "<g class=\"group {}\" data-id=\"{}\"><rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"8\"/></g>",
        kind.name(),
        xml(id),
    );
}

/// The title of a frame, above the arrows that cross it. What is said beside it stands there as far as there is room.
fn heading(out: &mut String, (title, note): (String, String), kind: Grouping, place: &Rectangle) {
    let (x, y) = (place.x + 12.0, place.y + 20.0);
    let beside = x + text::width(&title, SMALL, Weight::Bold) + 10.0;
    let room = place.x + place.width - beside - 6.0;
    let note = text::fitted(&note, SMALL, Weight::Plain, room.max(0.0));
    let note = if room < LEAST_NOTE { "" } else { &note };
    let _infallible = writeln!(
        out,
        "<g class=\"heading {}\"><text class=\"title\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>\
         <text class=\"soft\" x=\"{beside:.1}\" y=\"{y:.1}\">{}</text></g>",
        kind.name(),
        xml(&title),
        xml(note),
    );
}

fn node(out: &mut String, id: &str, node: &Node, place: &Rectangle) {
    let Rectangle { x, y, width, height } = *place;
    let found = if node.is_found { " found" } else { "" };
    let _infallible = write!(
        out,
        "<g class=\"node {}{found}\" data-id=\"{}\" tabindex=\"0\"><rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" \
         height=\"{height:.1}\" rx=\"6\"/><rect class=\"bar\" x=\"{x:.1}\" y=\"{:.1}\" width=\"4\" height=\"{:.1}\" rx=\"2\"/>\
         <path class=\"sign\" transform=\"translate({:.1} {:.1})\" d=\"{}\"/>",
        node.category.name(),
        xml(id),
        y + 5.0,
        height - 10.0,
        x + 11.0,
        y + (height - 20.0) / 2.0,
        sign::path(node.category),
    );
    let mut at = y + 20.0;
    for (number, line) in layout::lines(node).iter().enumerate() {
        let class = if number == 0 { "name" } else { "soft" };
        let _infallible = write!(
            out,
            "<text class=\"{class}\" x=\"{:.1}\" y=\"{at:.1}\">{}</text>",
            x + SIGN + 4.0,
            xml(line)
        );
        at += if number == 0 { NAME + 4.0 } else { LINE };
    }
    out.push_str("</g>\n");
}

fn arrow(out: &mut String, drawn: &Architecture, line: &Line) {
    let (Some(head), path) = (head(&line.points), path(&line.points)) else { return };
    let key = (line.from.clone(), line.to.clone(), line.meaning);
    let details = drawn.arrows.get(&key).map(|arrow| &arrow.details).into_iter().flatten();
    let details: Vec<&str> = details.map(String::as_str).collect();
    let _infallible = writeln!(
        out,
        "<g class=\"arrow {}\" data-from=\"{}\" data-to=\"{}\"><title>{}</title><path d=\"{path}\"/><path class=\"head\" d=\"{head}\"/></g>",
        line.meaning.name(),
        xml(&line.from),
        xml(&line.to),
        xml(&details.join("; ")),
    );
}

fn label(out: &mut String, line: &Line) {
    let Some((Rectangle { x, y, width, height }, lines)) = &line.label else { return };
    let _infallible = write!(
        out,
        "<g class=\"arrow {}\" data-from=\"{}\" data-to=\"{}\"><rect class=\"label\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" \
         height=\"{height:.1}\" rx=\"4\"/>",
        line.meaning.name(),
        xml(&line.from),
        xml(&line.to),
    );
    let mut at = y + 13.0;
    for text in lines {
        let _infallible = write!(out, "<text x=\"{:.1}\" y=\"{at:.1}\">{}</text>", x + 5.0, xml(text));
        at += LINE;
    }
    out.push_str("</g>\n");
}

/// The way of an arrow up to its head, with round bends.
fn path(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    let shortened = points.len().saturating_sub(1);
    for (number, point) in points.iter().enumerate() {
        let before = number.checked_sub(1).and_then(|before| points.get(before));
        let after = points.get(number.saturating_add(1));
        let _infallible = match (before, after) {
            (None, _) => write!(path, "M{:.1} {:.1}", point.0, point.1),
            (Some(before), None) if number == shortened => {
                let end = towards(*point, *before, HEAD - 1.0);
                write!(path, "L{:.1} {:.1}", end.0, end.1)
            }
            (Some(before), Some(after)) => {
                let (start, end) = (towards(*point, *before, BEND), towards(*point, *after, BEND));
                write!(
                    path,
                    "L{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}",
                    start.0, start.1, point.0, point.1, end.0, end.1
                )
            }
            (Some(_), None) => Ok(()),
        };
    }
    path
}

/// A point so far from one on the way to another, and no farther than halfway.
fn towards(from: (f64, f64), to: (f64, f64), distance: f64) -> (f64, f64) {
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    let length = x.hypot(y);
    if length < 0.1 {
        return from;
    }
    let part = (distance / length).min(0.5);
    (from.0 + x * part, from.1 + y * part)
}

fn head(points: &[(f64, f64)]) -> Option<String> {
    let [.., before, tip] = points else { return None };
    let (x, y) = (tip.0 - before.0, tip.1 - before.1);
    let length = x.hypot(y).max(0.1);
    let (x, y) = (x / length, y / length);
    let back = (tip.0 - x * HEAD, tip.1 - y * HEAD);
    let side = HEAD * 0.5;
    Some(format!(
        "M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}Z",
        tip.0,
        tip.1,
        back.0 - y * side,
        back.1 + x * side,
        back.0 + y * side,
        back.1 - x * side
    ))
}

struct Foot {
    text: String,
    width: f64,
    height: f64,
}

/// The legend, what is not drawn, and what is undecided.
fn foot(drawn: &Architecture, scene: &Scene) -> Foot {
    let (mut text, mut x) = (String::new(), 20.0);
    let mut y = scene.height + 24.0;
    let used: BTreeSet<Meaning> = drawn.arrows.keys().map(|(_, _, meaning)| *meaning).collect();
    text.push_str("<g class=\"legend\">");
    for meaning in Meaning::ALL.into_iter().filter(|meaning| used.contains(meaning)) {
        let points = [(x, y - 4.0), (x + 34.0, y - 4.0)];
        let head = head(&points).unwrap_or_default();
        let _infallible = write!(
            text,
            "<g class=\"arrow {}\"><path d=\"{}\"/><path class=\"head\" d=\"{head}\"/></g><text x=\"{:.1}\" y=\"{y:.1}\">{}</text>",
            meaning.name(),
            path(&points),
            x + 42.0,
            meaning.legend(),
        );
        x += 42.0 + text::width(meaning.legend(), SMALL, Weight::Plain) + 26.0;
    }
    if drawn.nodes.values().any(|node| node.is_found) {
        let words = "is there already";
        let _infallible = write!(
            text,
            "<g class=\"node found\"><rect x=\"{x:.1}\" y=\"{:.1}\" width=\"26\" height=\"14\" rx=\"3\"/></g><text x=\"{:.1}\" y=\"{y:.1}\">{words}</text>",
            y - 11.0,
            x + 34.0,
        );
        x += 34.0 + text::width(words, SMALL, Weight::Plain) + 26.0;
    }
    let mut widest = x;
    let more = drawn.undecided.len().saturating_sub(LISTED);
    let rest = (more > 0).then(|| format!("{more} more that could not be decided"));
    let undecided = drawn.undecided.iter().take(LISTED).cloned().chain(rest);
    let undecided = undecided.map(|line| format!("undecided: {line}"));
    let left_out = match scene.left_out {
        0 => None,
        1 => Some("1 arrow is too long to be drawn; the page has it".to_owned()),
        number => Some(format!("{number} arrows are too long to be drawn; the page has them")),
    };
    for (number, line) in left_out.into_iter().chain(undecided).enumerate() {
        y += LINE + if number == 0 { 6.0 } else { 0.0 };
        let line = text::fitted(&line, SMALL, Weight::Plain, 900.0);
        widest = widest.max(40.0 + text::width(&line, SMALL, Weight::Plain));
        let _infallible = write!(text, "<text class=\"soft\" x=\"20\" y=\"{y:.1}\">{}</text>", xml(&line));
    }
    text.push_str("</g>\n");
    Foot { text, width: widest, height: y + 16.0 }
}
