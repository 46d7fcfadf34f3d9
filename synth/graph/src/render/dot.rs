//! A picture in the language of Graphviz.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::outline::{Part, outline};
use super::{colour, escape};
use crate::architecture::{Architecture, Meaning};
use crate::layout;

/// Writes the graph. An arrow of a frame leads to the first box in it and ends at the frame (Graphviz, `lhead` and `ltail`).
#[must_use]
pub fn dot(drawn: &Architecture) -> String {
    let ids = drawn.numbered();
    let mut out = String::from(
        "digraph architecture {\n  rankdir=LR; compound=true; fontname=\"Verdana\";\n  \
         node [shape=box, style=rounded, fontname=\"Verdana\", fontsize=11];\n  edge [fontname=\"Verdana\", fontsize=9];\n",
    );
    boxes(&mut out, drawn, &ids);
    let members = drawn.inside();
    for ((from, to, meaning), arrow) in &drawn.arrows {
        let end = |id: &str| -> Option<(String, Option<String>)> {
            let own = ids.get(id)?.clone();
            if drawn.nodes.contains_key(id) {
                return Some((own, None));
            }
            match members.get(id).and_then(|members| members.first()) {
                Some(first) => Some((ids.get(first)?.clone(), Some(format!("cluster_{own}")))),
                None => Some((own, None)),
            }
        };
        let (Some((from, tail)), Some((to, head))) = (end(from), end(to)) else { continue };
        let lines: Vec<String> = layout::label(arrow).iter().map(|line| escape::dot(line)).collect();
        let style = match meaning {
            Meaning::Reaches | Meaning::Uses => "solid",
            Meaning::May => "dashed",
            Meaning::Trusted => "dotted",
        };
        let colour = colour(*meaning);
        let tail = tail.map_or_else(String::new, |tail| format!(", ltail=\"{tail}\""));
        let head = head.map_or_else(String::new, |head| format!(", lhead=\"{head}\""));
        let label = lines.join("\\n");
        // Writing to a string cannot fail.
        let _infallible = writeln!(
            out,
            "  {from} -> {to} [label=\"{label}\", color=\"{colour}\", fontcolor=\"{colour}\", style={style}{tail}{head}];"
        );
    }
    for line in &drawn.undecided {
        let _infallible = writeln!(out, "  // undecided: {}", escape::dot(line));
    }
    out.push_str("}\n");
    out
}

fn boxes(out: &mut String, drawn: &Architecture, ids: &BTreeMap<&str, String>) {
    for (depth, part) in outline(drawn, ids) {
        let indent = "  ".repeat(depth.saturating_add(1));
        let _infallible = match part {
            Part::Box(place, node) => {
                let lines: Vec<String> = layout::lines(node).iter().map(|line| escape::dot(line)).collect();
                let dashed = if node.is_found { ", style=\"rounded,dashed\"" } else { "" };
                writeln!(out, "{indent}{place} [label=\"{}\"{dashed}];", lines.join("\\n"))
            }
            Part::Open(place, group) => {
                let (title, note) = layout::title(group);
                let title = escape::dot(format!("{title} {note}").trim());
                writeln!(out, "{indent}subgraph cluster_{place} {{ label=\"{title}\";")
            }
            // Graphviz draws no frame without a box.
            Part::Hollow(place) => writeln!(out, "{indent}{place} [label=\"\", style=invis];"),
            Part::Close => writeln!(out, "{indent}}}"),
        };
    }
}
