//! JSON values as YAML, with comments.

use serde_json::Value;

use super::Comments;

/// The text of an object, a member a line.
pub(super) fn text(value: &Value, comments: &Comments) -> String {
    let mut yaml = Yaml { comments, out: String::new() };
    yaml.members(value, "", 0);
    yaml.out
}

struct Yaml<'c> {
    comments: &'c Comments,
    out: String,
}

impl Yaml<'_> {
    fn members(&mut self, value: &Value, pointer: &str, depth: usize) {
        for (name, value) in value.as_object().into_iter().flatten() {
            let inner = format!("{pointer}/{name}");
            self.comments(&inner, depth);
            self.indent(depth);
            self.out.push_str(&scalar(name));
            self.out.push(':');
            self.value(value, &inner, depth + 1);
        }
    }

    /// What stands behind a name or a dash.
    fn value(&mut self, value: &Value, pointer: &str, depth: usize) {
        match value {
            Value::Object(members) if !members.is_empty() => {
                self.out.push('\n');
                self.members(value, pointer, depth);
            }
            Value::Array(items) if !items.is_empty() => {
                self.out.push('\n');
                for (index, item) in items.iter().enumerate() {
                    let inner = format!("{pointer}/{index}");
                    self.comments(&inner, depth);
                    self.indent(depth);
                    self.out.push('-');
                    self.value(item, &inner, depth + 1);
                }
            }
            Value::String(text) => match block(text) {
                Some(mark) => {
                    self.out.push_str(&format!(" {mark}\n"));
                    for line in text.lines() {
                        if !line.is_empty() {
                            self.indent(depth);
                        }
                        self.out.push_str(&format!("{line}\n"));
                    }
                }
                None => self.out.push_str(&format!(" {}\n", scalar(text))),
            },
            plain => self.out.push_str(&format!(" {plain}\n")),
        }
    }

    fn comments(&mut self, pointer: &str, depth: usize) {
        for line in self.comments.get(pointer).into_iter().flatten() {
            self.indent(depth);
            self.out.push_str(format!("# {line}").trim_end());
            self.out.push('\n');
        }
    }

    fn indent(&mut self, depth: usize) {
        self.out.extend(std::iter::repeat_n("  ", depth));
    }
}

/// The mark of a block scalar, where a text of several lines can be one (YAML 1.2.2, "Literal Style").
fn block(text: &str) -> Option<&'static str> {
    let is_plain = !text.starts_with([' ', '\t', '\n']) && !text.chars().any(|c| c.is_control() && c != '\n');
    let mark = if text.ends_with('\n') { "|" } else { "|-" };
    (is_plain && text.trim_end().contains('\n') && !text.ends_with("\n\n") && !text.contains('\u{feff}'))
        .then_some(mark)
}

/// A text on one line: as it is where YAML takes it for a text, else in quotes.
fn scalar(text: &str) -> String {
    const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let is_letter = |c: char| c.is_ascii_alphabetic() || c == '_';
    let is_plain = text.starts_with(is_letter)
        && text.chars().all(|c| is_letter(c) || c.is_ascii_digit() || matches!(c, '-' | '.' | '/'))
        && !WORDS.contains(&text.to_lowercase().as_str());
    if is_plain { text.to_owned() } else { Value::from(text).to_string() }
}
