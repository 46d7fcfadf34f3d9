//! A picture as a flowchart of Mermaid, which GitHub and GitLab draw themselves.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::outline::{Part, outline};
use super::{colour, escape};
use crate::architecture::{Architecture, Meaning};
use crate::layout;

/// Writes the flowchart.
#[must_use]
pub fn mermaid(drawn: &Architecture) -> String {
    let ids = drawn.numbered();
    let mut out = String::from("flowchart LR\n");
    boxes(&mut out, drawn, &ids);
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

fn boxes(out: &mut String, drawn: &Architecture, ids: &BTreeMap<&str, String>) {
    for (depth, part) in outline(drawn, ids) {
        let indent = "  ".repeat(depth.saturating_add(1));
        let _infallible = match part {
            Part::Box(place, node) => {
                let lines: Vec<String> =
                    layout::lines(node).iter().map(|line| escape::mermaid(line)).collect();
                writeln!(out, "{indent}{place}[\"{}\"]", lines.join("<br>"))
            }
            Part::Open(place, group) => {
                let (title, note) = layout::title(group);
                let title = escape::mermaid(format!("{title} {note}").trim());
                writeln!(out, "{indent}subgraph {place}[\"{title}\"]")
            }
            Part::Hollow(_) => Ok(()),
            Part::Close => writeln!(out, "{indent}end"),
        };
    }
}
