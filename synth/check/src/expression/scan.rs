//! Reads an expression's text from left to right: spaces, signs, words, numbers.

use super::Malformed;
use super::identifier::length;

/// Deeper nesting is refused.
const MAX_DEPTH: usize = 200;

pub(super) struct Parser<'e> {
    pub(super) text: &'e str,
    pub(super) at: usize,
    /// Whether a line's end separates, as between the items of an object.
    pub(super) lines: bool,
    depth: usize,
}

impl<'e> Parser<'e> {
    pub(super) fn new(text: &'e str) -> Parser<'e> {
        Parser { text, at: 0, lines: false, depth: 0 }
    }

    pub(super) fn number(&mut self) -> Result<&'e str, Malformed> {
        let start = self.at;
        self.digits();
        let fraction =
            self.rest().strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if fraction {
            self.at += 1;
            self.digits();
        }
        if let Some(rest) = self.rest().strip_prefix(['e', 'E']) {
            let digits = rest.strip_prefix(['+', '-']).unwrap_or(rest);
            if digits.starts_with(|character: char| character.is_ascii_digit()) {
                self.at += 1 + rest.len() - digits.len();
                self.digits();
            }
        }
        if length(self.rest()) > 0 {
            return Err(self.expected("an operator after the number"));
        }
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    pub(super) fn digits(&mut self) -> &'e str {
        let rest = self.rest();
        let end = rest.find(|character: char| !character.is_ascii_digit()).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    pub(super) fn name(&mut self) -> Result<&'e str, Malformed> {
        let length = length(self.rest());
        if length == 0 {
            return Err(self.expected("an expression"));
        }
        let name = self.rest().get(..length).unwrap_or_default();
        self.at += length;
        Ok(name)
    }

    /// Skips spaces, and comments, and line ends where they mean nothing.
    #[inline]
    pub(super) fn space(&mut self) {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
        if self.peek().is_some_and(|byte| byte < b' ' || matches!(byte, b'#' | b'/')) {
            self.blank();
        }
    }

    fn blank(&mut self) {
        loop {
            let rest = self.rest();
            let skipped = match rest.as_bytes() {
                [b' ' | b'\t' | b'\r', ..] => 1,
                [b'\n', ..] if !self.lines => 1,
                [b'#', ..] | [b'/', b'/', ..] => rest.find('\n').unwrap_or(rest.len()),
                [b'/', b'*', ..] => rest.find("*/").map_or(rest.len(), |end| end + 2),
                _ => return,
            };
            self.at += skipped;
        }
    }

    pub(super) fn lines_off<T>(
        &mut self,
        read: impl Fn(&mut Self) -> Result<T, Malformed>,
    ) -> Result<T, Malformed> {
        let lines = std::mem::replace(&mut self.lines, false);
        let read = read(self);
        self.space();
        self.lines = lines;
        read
    }

    pub(super) fn closes(&mut self, sign: &str) -> bool {
        self.space();
        self.takes(sign)
    }

    pub(super) fn takes(&mut self, sign: &str) -> bool {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let found = rest.starts_with(sign.as_bytes());
        self.at += if found { sign.len() } else { 0 };
        found
    }

    /// Skips spaces, then that word, if it stands there whole.
    pub(super) fn takes_word(&mut self, word: &str) -> bool {
        self.space();
        let found = self.rest().get(..length(self.rest())) == Some(word);
        self.at += if found { word.len() } else { 0 };
        found
    }

    pub(super) fn needs(&mut self, sign: &str, expected: &'static str) -> Result<(), Malformed> {
        self.space();
        self.needs_here(sign, expected)
    }

    pub(super) fn needs_here(&mut self, sign: &str, expected: &'static str) -> Result<(), Malformed> {
        if self.takes(sign) { Ok(()) } else { Err(self.expected(expected)) }
    }

    pub(super) fn enter(&mut self) -> Result<(), Malformed> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(self.expected("at most 200 nested expressions")) } else { Ok(()) }
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn rest(&self) -> &'e str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn expected(&self, expected: &'static str) -> Malformed {
        Malformed { at: self.at, expected }
    }
}
