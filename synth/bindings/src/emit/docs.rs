//! Documentation of generated items.

use std::fmt::Write as _;

/// The schema's own words, if it has any. What they show as code is not Rust: no indentation, and fences say so.
pub(super) fn describe(out: &mut String, indent: &str, description: &str) {
    let mut inside = false;
    for line in description.trim().lines().map(str::trim) {
        let fence = line.starts_with("```");
        let language = if fence && !inside && line == "```" { "text" } else { "" };
        inside ^= fence;
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{indent}/// {}{language}", printable(line));
    }
    if inside {
        let _ = writeln!(out, "{indent}/// ```");
    }
}

/// A line between the schema's words and ours.
pub(super) fn paragraph(out: &mut String, indent: &str, description: &str) {
    if !description.trim().is_empty() {
        let _ = writeln!(out, "{indent}///");
    }
}

/// rustc refuses carriage returns and characters that change the direction of text in comments.
pub(super) fn printable(line: &str) -> String {
    line.chars()
        .map(|c| {
            let hidden = c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            if hidden { ' ' } else { c }
        })
        .collect()
}

/// A name as code; what would end the code or the line is left out.
pub(crate) fn code(name: &str) -> String {
    printable(name).replace('`', "")
}
