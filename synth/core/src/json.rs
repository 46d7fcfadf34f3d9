//! A streaming writer of JSON with two spaces of indentation, as `serde_json::to_string_pretty` writes it.

use std::fmt::Write as _;

use crate::escape;

/// A document that is being written. The caller gives keys in order.
#[derive(Debug, Default)]
pub(crate) struct Json {
    out: String,
    depth: usize,
    /// Whether the innermost object or list has an entry already.
    filled: bool,
}

impl Json {
    /// A document that is expected to take so many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Json { out: String::with_capacity(bytes), ..Json::default() }
    }

    pub(crate) fn finish(mut self) -> String {
        self.out.push('\n');
        self.out
    }

    pub(crate) fn open(&mut self, bracket: char) {
        self.out.push(bracket);
        self.depth += 1;
        self.filled = false;
    }

    pub(crate) fn close(&mut self, bracket: char) {
        self.depth -= 1;
        if self.filled {
            self.line();
        }
        self.out.push(bracket);
        self.filled = true;
    }

    /// Starts an entry of a list.
    pub(crate) fn entry(&mut self) {
        if self.filled {
            self.out.push(',');
        }
        self.filled = true;
        self.line();
    }

    /// Starts an entry of an object.
    pub(crate) fn key(&mut self, key: &str) {
        self.entry();
        self.text(key);
        self.colon();
    }

    /// Comes between a key and its value.
    pub(crate) fn colon(&mut self) {
        self.out.push_str(": ");
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.quote();
        self.part(text);
        self.quote();
    }

    /// Begins or ends a text that is written in parts.
    pub(crate) fn quote(&mut self) {
        self.out.push('"');
    }

    /// A part of a text.
    pub(crate) fn part(&mut self, text: &str) {
        if escape::is_plain(text) {
            self.bare(text);
        } else {
            self.escape(text);
        }
    }

    /// A number, boolean or null in its own spelling, or a part of a text that has nothing to escape.
    pub(crate) fn bare(&mut self, word: &str) {
        self.out.push_str(word);
    }

    pub(crate) fn integer(&mut self, number: i64) {
        // Writing to a String cannot fail.
        let _ = write!(self.out, "{number}");
    }

    fn line(&mut self) {
        const SPACES: &str = "\n                                                                ";
        let wanted = 1 + 2 * self.depth;
        match SPACES.get(..wanted) {
            Some(line) => self.out.push_str(line),
            None => {
                self.out.push('\n');
                self.out.extend(std::iter::repeat_n(' ', wanted - 1));
            }
        }
    }

    fn escape(&mut self, text: &str) {
        let mut rest = text;
        // All of the special characters are one byte long, so both cuts are between characters.
        while let Some(at) = rest.bytes().position(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
            let Some((plain, special)) = rest.split_at_checked(at) else { break };
            self.out.push_str(plain);
            match special.as_bytes().first() {
                Some(b'"') => self.out.push_str("\\\""),
                Some(b'\\') => self.out.push_str("\\\\"),
                Some(b'\n') => self.out.push_str("\\n"),
                Some(b'\r') => self.out.push_str("\\r"),
                Some(b'\t') => self.out.push_str("\\t"),
                Some(0x08) => self.out.push_str("\\b"),
                Some(0x0c) => self.out.push_str("\\f"),
                Some(control) => {
                    let _ = write!(self.out, "\\u{control:04x}");
                }
                None => {}
            }
            rest = special.get(1..).unwrap_or_default();
        }
        self.out.push_str(rest);
    }
}
