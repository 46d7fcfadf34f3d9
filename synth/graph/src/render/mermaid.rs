//! A picture as a flowchart of Mermaid, which GitHub and GitLab draw themselves.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{colour, escape};
use crate::architecture::{Architecture, Meaning};
use crate::layout;

/// Writes the flowchart.
#[must_use]
pub fn mermaid(drawn: &Architecture) -> String {
    let ids = drawn.numbered();
    let mut out = String::from("flowchart LR\n");
    inside(&mut out, drawn, &ids, None, 1);
    for (number, ((from, to, meaning), arrow)) in drawn.arrows.iter().enumerate() {
        let (Some(from), Some(to)) = (ids.get(from.as_str()), ids.get(to.as_str())) else { continue };
        let labels = layout::label(arrow);
        let lines: Vec<String> = labels.iter().map(|line| escape::mermaid(line)).collect();
        let label = if lines.is_empty() { String::new() } else { format!("|\"{}\"|", lines.join("<br>")) };
        let line = match meaning {
            Meaning::Reaches => "==>",
            Meaning::May | Meaning::Trusted => "-.->",
            Meaning::Uses => "-->",
        };
        // Writing to a string cannot fail.
        let _infallible = writeln!(out, "  {from} {line}{label} {to}");
        let colour = colour(*meaning);
        let _infallible = writeln!(out, "  linkStyle {number} stroke:{colour},color:{colour}");
    }
    for line in &drawn.undecided {
        let _infallible = writeln!(out, "  %% undecided: {}", escape::mermaid(line));
    }
    out
}

fn inside(
    out: &mut String,
    drawn: &Architecture,
    ids: &BTreeMap<&str, String>,
    parent: Option<&str>,
    depth: usize,
) {
    let indent = "  ".repeat(depth);
    for (id, node) in drawn.nodes.iter().filter(|(_, node)| node.group.as_deref() == parent) {
        let Some(place) = ids.get(id.as_str()) else { continue };
        let lines: Vec<String> = layout::lines(node).iter().map(|line| escape::mermaid(line)).collect();
        let _infallible = writeln!(out, "{indent}{place}[\"{}\"]", lines.join("<br>"));
    }
    for (id, group) in drawn.groups.iter().filter(|(_, group)| group.parent.as_deref() == parent) {
        let Some(place) = ids.get(id.as_str()) else { continue };
        let (title, note) = layout::title(group);
        let title = escape::mermaid(format!("{title} {note}").trim());
        let _infallible = writeln!(out, "{indent}subgraph {place}[\"{title}\"]");
        inside(out, drawn, ids, Some(id), depth.saturating_add(1));
        let _infallible = writeln!(out, "{indent}end");
    }
}
