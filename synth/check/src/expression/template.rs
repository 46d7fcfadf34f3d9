//! Templates: literal text, holes, and the directives `if` and `for`.

use std::borrow::Cow;

use super::scan::Parser;
use super::{Expression, Malformed, Part};

/// Where a template ends.
#[derive(Clone, Copy, Debug)]
pub(super) enum End<'e> {
    /// With the text.
    Text,
    /// At a quote.
    Quote,
    /// Before a line that holds this marker alone.
    Marker(&'e str),
}

impl<'e> Parser<'e> {
    /// The template up to its end, or to a directive that ends or divides a block.
    pub(super) fn text_to(&mut self, end: End<'e>) -> Result<Expression<'e>, Malformed> {
        let text = self.literal(end)?;
        if !matches!(self.rest().as_bytes(), [b'$' | b'%', b'{', ..]) {
            return Ok(Expression::Text(text.unwrap_or_default()));
        }
        // Nearly every template is one hole.
        let mut parts = Vec::with_capacity(1);
        parts.extend(text.map(|_| Part::Text));
        self.parts(&mut parts, end)?;
        Ok(Expression::Template(parts))
    }

    /// Text between `<<MARKER` and a line that holds the marker alone ("Template Expressions" in HCL's
    /// specification).
    pub(super) fn heredoc(&mut self) -> Result<Expression<'e>, Malformed> {
        self.takes("-");
        let marker = self.name()?;
        self.takes("\r");
        self.needs_here("\n", "a new line after the heredoc's marker")?;
        let text = self.text_to(End::Marker(marker))?;
        match self.marker_line(marker) {
            // The line's end is left: it may divide what the heredoc is an item of.
            Some(line) => self.at += line.trim_end().len(),
            None => return Err(self.expected("the heredoc's marker on a line of its own")),
        }
        Ok(text)
    }

    /// The line that starts here, if it holds the marker alone.
    fn marker_line(&self, marker: &str) -> Option<&'e str> {
        let starts = self.text.get(..self.at).is_some_and(|before| before.ends_with('\n'));
        let (line, _) = self.rest().split_once('\n').filter(|_| starts)?;
        (line.trim() == marker).then_some(line)
    }

    fn parts(&mut self, parts: &mut Vec<Part<'e>>, end: End<'e>) -> Result<(), Malformed> {
        loop {
            let start = self.at;
            if self.takes("${") {
                self.takes("~");
                let inner = self.hole()?;
                parts.push(Part::Hole(start, inner));
            } else if self.takes("%{") {
                self.takes("~");
                if self.takes_word("if") {
                    parts.push(self.directive_if(end)?);
                } else if self.takes_word("for") {
                    let names = self.for_names()?;
                    let collection = self.hole()?;
                    let body = self.block(end)?;
                    self.directive("endfor", "`%{ endfor }`")?;
                    parts.push(Part::For(names, collection, body));
                } else {
                    self.at = start;
                    return Ok(());
                }
            } else {
                return Ok(());
            }
            parts.extend(self.literal(end)?.map(|_| Part::Text));
        }
    }

    /// What stands between two directives.
    fn block(&mut self, end: End<'e>) -> Result<Vec<Part<'e>>, Malformed> {
        self.enter()?;
        let mut parts: Vec<Part<'e>> = self.literal(end)?.map(|_| Part::Text).into_iter().collect();
        self.parts(&mut parts, end)?;
        self.leave();
        Ok(parts)
    }

    fn hole(&mut self) -> Result<Expression<'e>, Malformed> {
        let inner = self.lines_off(Parser::expression)?;
        self.space();
        self.takes("~");
        self.needs("}", "`}` at the end of the expression")?;
        Ok(inner)
    }

    fn directive_if(&mut self, end: End<'e>) -> Result<Part<'e>, Malformed> {
        let condition = self.hole()?;
        let yes = self.block(end)?;
        let start = self.at;
        let mut no = Vec::new();
        if self.directive("else", "`%{ else }`").is_ok() {
            no = self.block(end)?;
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

    /// Text up to the next hole, directive, or the template's end; nothing if there is none.
    fn literal(&mut self, end: End<'e>) -> Result<Option<Cow<'e, str>>, Malformed> {
        let start = self.at;
        let quoted = matches!(end, End::Quote);
        let mut decoded: Option<String> = None;
        let mut taken = start;
        loop {
            if let End::Marker(marker) = end
                && self.marker_line(marker).is_some()
            {
                break;
            }
            let rest = self.rest();
            let stop = |byte: &u8| matches!(byte, b'$' | b'%' | b'"' | b'\\' | b'\n');
            self.at += rest.as_bytes().iter().position(stop).unwrap_or(rest.len());
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
