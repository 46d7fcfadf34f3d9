//! Comments that say something to this checker, with what they stand at. The readers of both
//! syntaxes leave comments out, so these are looked for in the text.

use super::configuration::Syntax;
use super::file::{content, syntax};
use crate::node::{Node, Value};
use crate::source::Span;
use crate::text::Text;
use crate::{expression, json};

/// A comment.
#[derive(Clone, Debug)]
pub struct Comment {
    /// What it says, from the marker on.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// What it stands at: in the native syntax what begins on its line or, where it has the line
    /// for itself, on the next one; in JSON the object it is a member of.
    pub at: Span,
}

/// The comments of a file that begin with a marker; none of a file that is not readable.
#[must_use]
pub fn comments(name: &str, text: &Text, marker: &str) -> Vec<Comment> {
    if !text.as_str().contains(marker) {
        return Vec::new();
    }
    let text = &content(text);
    match syntax(name, text) {
        Syntax::Json => {
            json::read(text).map_or_else(|_| Vec::new(), |root| in_json(&root, root.span, marker))
        }
        Syntax::Native => match expression::body(text) {
            Ok(root) => in_lines(text, &root, marker),
            Err(_) => Vec::new(),
        },
        Syntax::Environment => in_lines(text, &Node::new(text.span(), Value::Null), marker),
    }
}

/// The comments in a node; `at` is what one stands at that is a member of the node itself.
fn in_json(node: &Node, at: Span, marker: &str) -> Vec<Comment> {
    let mut found = Vec::new();
    for member in node.members() {
        let inside = each(&member.value);
        for part in inside {
            match part.literal() {
                Some(text) if member.name() == Some("//") && text.trim_start().starts_with(marker) => {
                    found.push(Comment { text: text.to_owned(), span: part.span, at });
                }
                // The label of a block stands before its object.
                _ if inside.len() == 1 => found.extend(in_json(part, member.key.span.to(part.span), marker)),
                _ => found.extend(in_json(part, part.span, marker)),
            }
        }
    }
    if let Value::List(nodes) = &node.value {
        found.extend(nodes.iter().flat_map(|part| in_json(part, part.span, marker)));
    }
    found
}

/// The elements of a list, or what else there is as the only one.
fn each(node: &Node) -> &[Node] {
    match &node.value {
        Value::List(nodes) => nodes,
        _ => std::slice::from_ref(node),
    }
}

fn in_lines(text: &Text, root: &Node, marker: &str) -> Vec<Comment> {
    let written = text.as_str();
    let place = |start: usize, end: usize| text.span_of(start..end);
    let mut found = Vec::new();
    for (at, _) in written.match_indices(marker) {
        let line = Line::around(written, at);
        let Some(code) = line.before_comment(at) else { continue };
        let span = place(at, line.end);
        if is_in_text(root, span) {
            continue;
        }
        let line = if code.trim().is_empty() { line.next_code() } else { line };
        let said = written.get(at..Line::around(written, at).end).unwrap_or_default();
        let said = said.trim_end().trim_end_matches("*/");
        let mut stands_at = place(line.start, line.end);
        for begins in starting_in(root, stands_at) {
            stands_at = stands_at.to(begins);
        }
        found.push(Comment { text: said.to_owned(), span, at: stands_at });
    }
    found
}

/// A line of a text.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Line<'t> {
    fn around(text: &'t str, at: usize) -> Line<'t> {
        let before = text.get(..at).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |newline| newline.saturating_add(1));
        let rest = text.get(at..).unwrap_or_default();
        let end = rest.find('\n').map_or(text.len(), |newline| at.saturating_add(newline));
        Line { text, start, end }
    }

    /// What stands before the comment that begins right before a byte; nothing if none does.
    fn before_comment(&self, at: usize) -> Option<&'t str> {
        let before = self.text.get(self.start..at)?.trim_end();
        ["#", "//", "/*"].iter().find_map(|opening| before.strip_suffix(opening))
    }

    /// The next line that is neither empty nor a comment; this one if there is none.
    fn next_code(self) -> Line<'t> {
        let mut line = self;
        while line.end < self.text.len() {
            line = Line::around(self.text, line.end.saturating_add(1));
            let code = self.text.get(line.start..line.end).unwrap_or_default().trim();
            if !code.is_empty() && !["#", "//", "/*"].iter().any(|opening| code.starts_with(opening)) {
                return line;
            }
        }
        self
    }
}

/// Whether a span is a part of a string.
fn is_in_text(node: &Node, span: Span) -> bool {
    let is_around = node.span.start() < span.start() && span.end() <= node.span.end();
    (is_around && matches!(node.value, Value::Text(_) | Value::Template(_)))
        || node.children().any(|child| is_in_text(child, span))
}

/// What begins in a span, below a node.
fn starting_in(node: &Node, span: Span) -> Vec<Span> {
    let begins = |part: Span| span.start() <= part.start() && part.start() < span.end();
    let members = node.members().iter().map(crate::node::Member::span);
    let mut found: Vec<Span> =
        members.chain(node.children().map(|child| child.span)).filter(|part| begins(*part)).collect();
    found.extend(node.children().flat_map(|child| starting_in(child, span)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use proptest::prelude::*;

    /// What comments of a file say, and the text that each stands at.
    fn read(name: &str, source: &str) -> Vec<(String, String)> {
        let mut sources = Sources::default();
        let id = sources.add(name, source);
        let found = comments(name, &sources.text(id), "mark");
        found.into_iter().map(|comment| (comment.text, sources.written(comment.at).to_owned())).collect()
    }

    fn one(says: &str, at: &str) -> Vec<(String, String)> {
        vec![(says.to_owned(), at.to_owned())]
    }

    #[test]
    fn a_comment_stands_at_what_begins_on_its_line_or_the_next() {
        for (source, at) in [
            ("# mark x\na {\n  b = 1\n}\nc {\n}\n", "a {\n  b = 1\n}"),
            ("a {\n  b = [ # mark x\n    1,\n  ]\n  c = 2\n}\n", "  b = [ # mark x\n    1,\n  ]"),
            (
                "a {\n  // mark x\n  # another\n\n  b = <<-E\n    t\n  E\n  c = 2\n}\n",
                "  b = <<-E\n    t\n  E",
            ),
            ("a {\n}\n# mark x\n", "# mark x"),
        ] {
            assert_eq!(read("a.tf", source), one("mark x", at), "{source}");
        }
    }

    #[test]
    fn in_json_it_stands_at_the_block_with_its_label() {
        let source = r#"{"a": {"b": {"//": "mark x", "c": 1}, "d": 2}}"#;
        assert_eq!(read("a.tf.json", source), one("mark x", r#""b": {"//": "mark x", "c": 1}"#));
    }

    #[test]
    fn there_is_none_in_a_string_in_a_broken_file_or_without_the_marker() {
        for (name, source) in [
            ("a.tf", "a = \"# mark x\"\n"),
            ("a.tf", "a = {\n  # mark x\n"),
            ("a.tf", "# no mark\n"),
            ("a.tf.json", r#"{"a": "mark x", "b": {"//": "not the mark"}}"#),
            ("a.tf.json", "{\"//\": \"mark x\""),
            ("a.tf", ""),
        ] {
            assert_eq!(read(name, source), [], "{source}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(name in "a.tf|a.tf.json|.env", source in "(# mark|// mark|/\\* mark|\"|\\{|\\}|a|=|:|,|\n|\r|ä|<<E\n|E\n|\"//\"|\\[|\\]| ){0,30}") {
            for (says, _) in read(&name, &source) {
                prop_assert!(says.trim_start().starts_with("mark"), "{says}");
            }
        }
    }
}
