//! Where a file of the native syntax may be cut: the parser's tree takes some thirty times the bytes that it is of.

use std::ops::Range;

/// So many bytes are read at once, and up to the next place where the file may be cut.
const LEAST: usize = 32_768;

/// What the place of a byte is inside of.
enum Inside {
    /// Brackets, or `${` and `%{`.
    Brackets,
    /// Quotes.
    Quotes,
    /// A heredoc, up to the line that is this word.
    Heredoc(Range<usize>),
}

/// The parts of a file, in order: each ends after a line that is outside of every bracket, string and comment. Where the
/// file is not of the syntax, somewhere; none of the parts before then needs those behind it.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut scan = Scan { bytes: text.as_bytes(), at: 0, inside: Vec::new() };
    std::iter::from_fn(move || {
        let start = scan.at;
        scan.pass(start.saturating_add(LEAST));
        (start < scan.at).then_some(start..scan.at)
    })
}

struct Scan<'t> {
    bytes: &'t [u8],
    at: usize,
    inside: Vec<Inside>,
}

impl Scan<'_> {
    /// Goes to the first place from `least` on where the file may be cut, or to its end.
    fn pass(&mut self, least: usize) {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            match self.inside.last() {
                Some(Inside::Quotes) => self.quoted(byte),
                Some(Inside::Heredoc(word)) => {
                    let word = word.clone();
                    self.heredoc(byte, &word);
                }
                Some(Inside::Brackets) | None => self.code(byte),
            }
            if byte == b'\n' && self.inside.is_empty() && self.at >= least {
                return;
            }
        }
    }

    fn code(&mut self, byte: u8) {
        match byte {
            b'{' | b'[' | b'(' => self.enter(Inside::Brackets, 1),
            b'"' => self.enter(Inside::Quotes, 1),
            b'}' | b']' | b')' => self.leave(),
            b'#' => self.skip_to(b"\n"),
            b'/' if self.begins(b"//") => self.skip_to(b"\n"),
            b'/' if self.begins(b"/*") => self.skip_to(b"*/"),
            b'<' if self.begins(b"<<") => self.opening(),
            _ => self.step(1),
        }
    }

    /// `<<WORD` or `<<-WORD` at the end of a line; two signs that mean something else otherwise.
    fn opening(&mut self) {
        let sign = if self.begins(b"<<-") { 3 } else { 2 };
        let start = self.at.saturating_add(sign);
        let rest = self.bytes.get(start..).unwrap_or_default();
        let end = rest.iter().position(|byte| !is_of_word(*byte)).unwrap_or(rest.len());
        self.step(sign.saturating_add(end));
        if end > 0 && (self.begins(b"\n") || self.begins(b"\r\n")) {
            self.enter(Inside::Heredoc(start..start.saturating_add(end)), 0);
        }
    }

    fn quoted(&mut self, byte: u8) {
        match byte {
            b'\\' => self.step(2),
            b'"' => self.leave(),
            _ => self.template(byte),
        }
    }

    fn heredoc(&mut self, byte: u8, word: &Range<usize>) {
        if byte != b'\n' {
            return self.template(byte);
        }
        self.step(1);
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let line = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
        if Some(line.trim_ascii()) == self.bytes.get(word.clone()) {
            self.inside.pop();
            self.step(line.len());
        }
    }

    fn template(&mut self, byte: u8) {
        if matches!(byte, b'$' | b'%') {
            let sign = [byte];
            if self.begins(&[byte, byte, b'{']) {
                return self.step(3);
            }
            if self.begins(&[sign.as_slice(), b"{"].concat()) {
                return self.enter(Inside::Brackets, 2);
            }
        }
        self.step(1);
    }

    fn enter(&mut self, inside: Inside, length: usize) {
        self.inside.push(inside);
        self.step(length);
    }

    fn leave(&mut self) {
        self.inside.pop();
        self.step(1);
    }

    fn begins(&self, with: &[u8]) -> bool {
        self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(with))
    }

    /// Goes to a line break, or behind what ends a comment.
    fn skip_to(&mut self, end: &[u8]) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let found = rest.windows(end.len()).position(|window| window == end);
        let kept = if end == b"\n" { 0 } else { end.len() };
        self.step(found.map_or(rest.len(), |found| found.saturating_add(kept)));
    }

    fn step(&mut self, length: usize) {
        self.at = self.at.saturating_add(length).min(self.bytes.len());
    }
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::expression::{body, lower::Lowering};
    use crate::node::Node;
    use crate::source::Sources;
    use crate::text::Text;

    /// What reading a file in one piece gives, each part with its place.
    fn model(text: &Text) -> Result<String, (usize, String)> {
        match hcl_edit::parser::parse_body(text.as_str()) {
            Ok(parsed) => Ok(shown(&Lowering::of(text).body(&parsed, text.span()))),
            Err(error) => Err((error.location().offset(), error.message().to_owned())),
        }
    }

    fn shown(node: &Node) -> String {
        let text = node.as_text().map(|text| text.as_str()).unwrap_or_default();
        let below: Vec<String> = node.children().map(shown).collect();
        format!("{:?}{text:?}({})", node.span, below.join(","))
    }

    /// `@` is a number that no other part has.
    const PARTS: &[&str] = &[
        "a@ = 1\n",
        "b@ = \"x ${c.d} $${ \\\" %{ if e }f%{ endif }\"\n",
        "resource \"aws_x\" \"y\" {\n  n = { k = [1, (2)] }\n}\n",
        "# } \" {\n",
        "// <<EOT\n",
        "/* { \n */\n",
        "c@ = <<EOT\n  } ${\n  f(\"}\")\n} \"\nEOT\n",
        "d@ = <<-EOT\r\n    # x\r\n  EOT\r\n",
        "e@ = 1 < 2 ? a : b\n",
        "{\n",
        "}\n",
        "\"\n",
        "x@ = \n",
        "EOT\n",
        "/* \n",
        "f@ = \"é\" /* { */\n",
        "g {}\n",
    ];

    fn agree(text: String) -> Result<(), TestCaseError> {
        let mut sources = Sources::default();
        let id = sources.add("main.tf", text);
        let text = sources.text(id);
        let read = body(&text).map(|node| shown(&node)).map_err(|error| (error.span.start(), error.expected));
        prop_assert_eq!(read, model(&text));
        Ok(())
    }

    /// A block that is longer than what is read at once.
    fn filling() -> String {
        format!("h {{}} # {}\n", "-".repeat(LEAST))
    }

    #[test]
    fn an_attribute_is_redefined_in_whichever_piece() {
        agree(format!("a = 1\n{}b = 2\na = 3\n", filling())).unwrap();
    }

    proptest! {
        #[test]
        fn a_file_in_pieces_is_the_file(
            parts in prop::collection::vec((prop::sample::select(PARTS), any::<bool>()), 0..12),
        ) {
            let parts = parts.into_iter().enumerate().map(|(index, (part, is_filled))| {
                part.replace('@', &index.to_string()) + &if is_filled { filling() } else { String::new() }
            });
            agree(parts.collect())?;
        }

        #[test]
        fn the_pieces_are_all_of_the_text(text in "[a{}\"$%<\\\\/*#é\n-]{0,60}") {
            let mut end = 0;
            for piece in pieces(&text) {
                prop_assert_eq!(piece.start, end);
                prop_assert!(text.is_char_boundary(piece.end));
                end = piece.end;
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
