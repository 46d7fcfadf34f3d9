//! Templates: literal text, holes, and the directives `if` and `for`.

use std::borrow::Cow;

use super::scan::Parser;
use super::{Malformed, Part};

impl<'e> Parser<'e> {
    /// The parts up to the end of the text, the closing quote, or a directive that ends or divides a block.
    pub(super) fn parts(&mut self, quoted: bool) -> Result<Vec<Part<'e>>, Malformed> {
        let mut parts = Vec::new();
        loop {
            if let Some(text) = self.literal(quoted)? {
                parts.push(Part::Text(text));
            }
            let start = self.at;
            if self.takes("${") {
                self.takes("~");
                let inner = self.hole()?;
                parts.push(Part::Hole(start, inner));
            } else if self.takes("%{") {
                self.takes("~");
                if self.takes_word("if") {
                    parts.push(self.directive_if(quoted)?);
                } else if self.takes_word("for") {
                    let names = self.for_names()?;
                    let collection = self.hole()?;
                    let body = self.parts(quoted)?;
                    self.directive("endfor", "`%{ endfor }`")?;
                    parts.push(Part::For(names, collection, body));
                } else {
                    self.at = start;
                    return Ok(parts);
                }
            } else {
                return Ok(parts);
            }
        }
    }

    fn hole(&mut self) -> Result<super::Expression<'e>, Malformed> {
        let inner = self.lines_off(Parser::expression)?;
        self.space();
        self.takes("~");
        self.needs("}", "`}` at the end of the expression")?;
        Ok(inner)
    }

    fn directive_if(&mut self, quoted: bool) -> Result<Part<'e>, Malformed> {
        let condition = self.hole()?;
        let yes = self.parts(quoted)?;
        let start = self.at;
        let mut no = Vec::new();
        if self.directive("else", "`%{ else }`").is_ok() {
            no = self.parts(quoted)?;
        } else {
            self.at = start;
        }
        self.directive("endif", "`%{ else }` or `%{ endif }`")?;
        Ok(Part::If(condition, yes, no))
    }

    fn directive(&mut self, word: &str, expected: &'static str) -> Result<(), Malformed> {
        self.needs("%{", expected)?;
        self.takes("~");
        if !self.takes_word(word) {
            return Err(self.expected(expected));
        }
        self.space();
        self.takes("~");
        self.needs("}", "`}`")
    }

    /// Text up to the next hole, directive, or closing quote; nothing if there is none.
    fn literal(&mut self, quoted: bool) -> Result<Option<Cow<'e, str>>, Malformed> {
        let start = self.at;
        let mut decoded: Option<String> = None;
        let mut taken = start;
        loop {
            let rest = self.rest();
            let stop = |character: char| matches!(character, '$' | '%' | '"' | '\\' | '\n');
            self.at += rest.find(stop).unwrap_or(rest.len());
            let rest = self.rest();
            let (replacement, length) = match rest.as_bytes() {
                [] | [b'$' | b'%', b'{', ..] => break,
                [b'"', ..] if quoted => break,
                [b'$', b'$', b'{', ..] => ("${", 3),
                [b'%', b'%', b'{', ..] => ("%{", 3),
                [b'\n', ..] if quoted => return Err(self.expected("`\\n` instead of a line's end")),
                [b'\\', ..] if quoted => {
                    let (character, length) =
                        escape(rest).ok_or_else(|| self.expected("one of HCL's escapes"))?;
                    let text = decoded.get_or_insert_default();
                    text.push_str(self.text.get(taken..self.at).unwrap_or_default());
                    text.push(character);
                    self.at += length;
                    taken = self.at;
                    continue;
                }
                _ => {
                    self.at += 1;
                    continue;
                }
            };
            let text = decoded.get_or_insert_default();
            text.push_str(self.text.get(taken..self.at).unwrap_or_default());
            text.push_str(replacement);
            self.at += length;
            taken = self.at;
        }
        let last = self.text.get(taken..self.at).unwrap_or_default();
        Ok(match decoded {
            Some(text) => Some(Cow::Owned(text + last)),
            None => (self.at > start).then_some(Cow::Borrowed(last)),
        })
    }
}

/// The character of an escape and the escape's length ("Template Literals" in HCL's specification).
fn escape(rest: &str) -> Option<(char, usize)> {
    let hexadecimal = |length: usize| -> Option<(char, usize)> {
        let digits = rest.get(2..2 + length)?;
        let code = u32::from_str_radix(digits, 16).ok()?;
        Some((char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 2 + length))
    };
    match rest.as_bytes().get(1)? {
        b'n' => Some(('\n', 2)),
        b'r' => Some(('\r', 2)),
        b't' => Some(('\t', 2)),
        b'"' => Some(('"', 2)),
        b'\\' => Some(('\\', 2)),
        b'u' => hexadecimal(4),
        b'U' => hexadecimal(8),
        _ => None,
    }
}
