//! Files of environment variables, `NAME=value` a line: `.env`, `.envrc`, `prod.env`.
//!
//! Programs differ in what else they allow (docker's `--env-file`, the dotenv libraries, shells); what
//! all of them take for a literal is one here. Anything else, such as a shell's command, is passed over: nothing is
//! assigned in it.

use crate::node::{Member, Node, Opacity, Value};
use crate::text::Text;

/// Whether a file of this name holds environment variables.
pub(super) fn is_environment(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name == ".envrc" || name == ".env" || name.starts_with(".env.") || name.ends_with(".env")
}

/// Reads the assignments as members of an object.
pub(super) fn read(text: &Text) -> Node {
    let mut members = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.as_str().get(at..).filter(|rest| !rest.is_empty()) {
        let line = rest.split_inclusive('\n').next().unwrap_or(rest);
        let assignment = assignment(rest, line);
        let read = assignment.as_ref().map_or(line.len(), |found| found.end.max(line.len()));
        if let Some(found) = assignment {
            let part =
                |start: usize, end: usize| text.slice(at.saturating_add(start)..at.saturating_add(end));
            let key = Node::text(part(found.name.0, found.name.1));
            let value = part(found.value.0, found.value.1);
            members.push(Member { key, value: node(value, found.quotes) });
        }
        at = at.saturating_add(read);
    }
    Node::new(text.span(), Value::Object(members.into()))
}

/// Where an assignment has its parts.
struct Assignment {
    name: (usize, usize),
    value: (usize, usize),
    quotes: Quotes,
    end: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    None,
    Single,
    Double,
}

/// The assignment that begins on a line; a value in quotes may go on behind it.
fn assignment(rest: &str, line: &str) -> Option<Assignment> {
    let (before, _) = line.split_once('=')?;
    let name = before.trim();
    let name = name.strip_prefix("export ").unwrap_or(name).trim_start();
    let is_name = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && name.chars().all(|character| character.is_ascii_alphanumeric() || "_.-".contains(character))
    };
    if !is_name(name) {
        return None;
    }
    let name_end = before.trim_end().len();
    let name = (name_end.saturating_sub(name.len()), name_end);
    let after = before.len().saturating_add(1);
    let written = rest.get(after..)?;
    let start =
        after.saturating_add(written.len().saturating_sub(written.trim_start_matches([' ', '\t']).len()));
    let value = rest.get(start..)?;
    let quotes = match value.chars().next() {
        Some('"') => Quotes::Double,
        Some('\'') => Quotes::Single,
        _ => Quotes::None,
    };
    if let Some(length) = closing(value, quotes) {
        let inside = start.saturating_add(1);
        let end = inside.saturating_add(length);
        let behind = rest
            .get(end..)?
            .find('\n')
            .map_or(rest.len(), |newline| end.saturating_add(newline).saturating_add(1));
        return Some(Assignment { name, value: (inside, end), quotes, end: behind });
    }
    let whole = line.get(start.min(line.len())..)?;
    // A `#` behind a space begins a comment.
    let whole = whole.find(" #").and_then(|at| whole.get(..at)).unwrap_or(whole).trim_end();
    let value = (start, start.saturating_add(whole.len()));
    Some(Assignment { name, value, quotes: Quotes::None, end: line.len() })
}

/// How many bytes stand between the quotes; nothing if there are none or they are not closed.
fn closing(value: &str, quotes: Quotes) -> Option<usize> {
    let quote = match quotes {
        Quotes::None => return None,
        Quotes::Single => '\'',
        Quotes::Double => '"',
    };
    let inside = value.get(1..)?;
    let mut escaped = false;
    for (at, character) in inside.char_indices() {
        if character == quote && !escaped {
            return Some(at);
        }
        escaped = character == '\\' && !escaped && quotes == Quotes::Double;
    }
    None
}

/// The value: a literal, unless a shell or a library would put something else in its place.
fn node(value: Text, quotes: Quotes) -> Node {
    let is_computed =
        quotes != Quotes::Single && (value.as_str().contains("$(") || value.as_str().contains('`'));
    let is_reference = quotes != Quotes::Single && value.as_str().starts_with('$');
    if is_computed || is_reference {
        let span = value.span();
        return Node::new(span, Value::opaque(Opacity::Uncomputed, Vec::new()));
    }
    Node::text(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn read_text(source: &str) -> Vec<(String, String)> {
        let mut sources = Sources::default();
        let id = sources.add(".env", source);
        let root = read(&Text::new(source, sources.whole(id)));
        let pair = |member: &Member| {
            let value = member.value.literal().unwrap_or("(computed)").to_owned();
            assert!(member.value.literal().is_none_or(|value| sources.written(member.value.span) == value));
            (member.name().unwrap().to_owned(), value)
        };
        root.members().iter().map(pair).collect()
    }

    fn of(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn every_way_to_write_an_assignment_is_read() {
        let text = "# a comment\nA=1\nexport B = two words # why\nC='$x `y`'\r\nD=\"a\\\"b\nc\" # d\nE=\nF=#no\n\
                    G=\"open\nH.x-y=https://a/?b=c#d";
        let expected = [
            ("A", "1"),
            ("B", "two words"),
            ("C", "$x `y`"),
            ("D", "a\\\"b\nc"),
            ("E", ""),
            ("F", "#no"),
            ("G", "\"open"),
            ("H.x-y", "https://a/?b=c#d"),
        ];
        assert_eq!(read_text(text), of(&expected));
    }

    #[test]
    fn what_a_shell_computes_is_no_literal() {
        let text =
            "A=$(pass show a)\nB=\"`date`\"\nC=$OTHER\nsource_up\nif [ -n \"$X\" ]; then\nPATH_add bin\n";
        assert_eq!(read_text(text), of(&[("A", "(computed)"), ("B", "(computed)"), ("C", "(computed)")]));
    }

    #[test]
    fn an_empty_file_assigns_nothing() {
        assert_eq!(read_text(""), []);
    }

    #[test]
    fn names_tell_what_holds_an_environment() {
        for name in [".env", "a/.env.production", ".envrc", "deploy/prod.env", "a\\.env"] {
            assert!(is_environment(name), "{name}");
        }
        for name in ["main.tf", "env", "environment", "a.env.tf", ".environment", ".env/main.tf"] {
            assert!(!is_environment(name), "{name}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(source in "[A-Z=\"'#$ \\\\\nä]{0,60}") {
            read_text(&source);
        }
    }
}
