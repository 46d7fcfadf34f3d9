//! JSON strings: escapes decoded, each byte with its origin.

use std::ops::Range;

use super::Error;
use crate::text::{Escape, Text};

/// Reads the string whose opening quote is at `start`; gives its text and the byte after it.
pub(super) fn read(text: &Text, start: usize) -> Result<(Text, usize), Error> {
    let all = text.as_str();
    let content = start.saturating_add(1);
    // Most strings have no escape: they are a slice of what they were written in.
    let mut at = plain(all, content);
    let mut escapes = Vec::new();
    let mut decoded = String::new();
    if all.as_bytes().get(at) == Some(&b'\\') {
        let (end, count) = closing(all, at);
        escapes.reserve_exact(count);
        decoded.reserve_exact(end.saturating_sub(content).saturating_sub(count));
    }
    let mut copied = content;
    loop {
        match all.as_bytes().get(at) {
            None => return Err(error(text, at, "the closing quote of a string")),
            Some(b'"') => break,
            Some(b'\\') => {
                let (character, end) = escape(all, at).ok_or_else(|| {
                    error(text, at, "an escape of JSON: \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX")
                })?;
                decoded.push_str(all.get(copied..at).unwrap_or_default());
                escapes.push(Place { decoded: decoded.len(), written: at, end });
                decoded.push(character);
                copied = end;
                at = plain(all, end);
            }
            Some(_) => return Err(error(text, at, "an escape instead of a control character")),
        }
    }
    let end = at.saturating_add(1);
    if escapes.is_empty() {
        return Ok((text.slice_in_quotes(content..at), end));
    }
    decoded.push_str(all.get(copied..at).unwrap_or_default());
    let span = text.span_of(start..content).to(text.span_of(at..end));
    let read = match text.straight(content..at) {
        Some(written) => {
            let from = |place: &Place| Escape::new(place.decoded, place.written.saturating_sub(content));
            Text::escaped(decoded, escapes.iter().map(from).collect(), written, span)
        }
        None => pieces(text, content..at, &decoded, &escapes).at(span),
    };
    Ok((read, end))
}

/// One escape.
struct Place {
    /// Where its character is in what was decoded.
    decoded: usize,
    /// Where it is written, and where what follows it is.
    written: usize,
    end: usize,
}

/// The end of the characters that mean themselves.
fn plain(all: &str, from: usize) -> usize {
    let rest = all.as_bytes().get(from..).unwrap_or_default();
    let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
    rest.iter().position(special).map_or(all.len(), |found| from.saturating_add(found))
}

/// Where the closing quote seems to be, and how many escapes are before it.
fn closing(all: &str, from: usize) -> (usize, usize) {
    let mut rest = all.bytes().enumerate().skip(from);
    let mut escapes = 0_usize;
    while let Some((at, byte)) = rest.next() {
        match byte {
            b'"' => return (at, escapes),
            b'\\' => {
                escapes = escapes.saturating_add(1);
                rest.next();
            }
            _ => {}
        }
    }
    (all.len(), escapes)
}

/// A string in something that was itself put together, an escape at a time.
fn pieces(text: &Text, range: Range<usize>, decoded: &str, escapes: &[Place]) -> Text {
    let mut made = Text::empty(text.span_of(range.clone()));
    let mut at = range.start;
    for escape in escapes {
        made.append(&text.slice(at..escape.written));
        let character =
            decoded.get(escape.decoded..).and_then(|rest| rest.chars().next()).unwrap_or_default();
        made.push(character.encode_utf8(&mut [0; 4]), text.span_of(escape.written..escape.end));
        at = escape.end;
    }
    made.append(&text.slice(at..range.end));
    made
}

fn error(text: &Text, at: usize, expected: &'static str) -> Error {
    Error { span: text.span_of(at..at.saturating_add(1)), expected }
}

/// The character of the escape at `at`, and the byte after it.
fn escape(all: &str, at: usize) -> Option<(char, usize)> {
    let after = at.checked_add(2)?;
    let simple = |character| Some((character, after));
    match all.as_bytes().get(at.checked_add(1)?)? {
        b'"' => simple('"'),
        b'\\' => simple('\\'),
        b'/' => simple('/'),
        b'b' => simple('\u{8}'),
        b'f' => simple('\u{c}'),
        b'n' => simple('\n'),
        b'r' => simple('\r'),
        b't' => simple('\t'),
        b'u' => unicode(all, after),
        _ => None,
    }
}

fn unicode(all: &str, at: usize) -> Option<(char, usize)> {
    let first = hex(all, at)?;
    let end = at.checked_add(4)?;
    if !(0xd800..=0xdfff).contains(&first) {
        return Some((char::from_u32(first)?, end));
    }
    // Go's reader, which Terraform uses, turns a lone surrogate into U+FFFD.
    let lone = Some(('\u{fffd}', end));
    if all.get(end..end.checked_add(2)?) != Some("\\u") {
        return lone;
    }
    match hex(all, end.checked_add(2)?)? {
        low @ 0xdc00..=0xdfff if first < 0xdc00 => {
            let high = first.checked_sub(0xd800)?.checked_mul(0x400)?;
            let code = high.checked_add(low.checked_sub(0xdc00)?)?.checked_add(0x1_0000)?;
            Some((char::from_u32(code)?, end.checked_add(6)?))
        }
        _ => lone,
    }
}

fn hex(all: &str, at: usize) -> Option<u32> {
    let digits = all.get(at..at.checked_add(4)?)?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use crate::json;
    use crate::source::Sources;
    use crate::text::Text;
    use proptest::prelude::*;

    /// Every character of the text, read from the bytes where it says that the character is written.
    fn read_back(text: &Text, sources: &Sources) -> String {
        let characters = text.as_str().char_indices();
        let written = characters.map(|(at, character)| {
            sources.written(text.span_of(at..at.saturating_add(character.len_utf8())))
        });
        written.map(|bytes| serde_json::from_str::<String>(&format!("\"{bytes}\"")).unwrap()).collect()
    }

    fn written(character: char) -> String {
        let quoted = serde_json::to_string(&character).unwrap();
        quoted[1..quoted.len() - 1].to_owned()
    }

    proptest! {
        #[test]
        fn each_character_points_at_its_own_bytes(text in "[a\"\\\\é😀\u{1}\n]{0,12}", ascii in any::<bool>()) {
            let escaped = text.chars().map(|character| match u32::from(character) {
                code @ 0x80..0xffff if ascii => format!("\\u{code:04x}"),
                _ => written(character),
            });
            let mut sources = Sources::default();
            let id = sources.add("t", format!("\"{}\"", escaped.collect::<String>()));
            let node = json::read(&sources.text(id)).unwrap();
            let read = node.as_text().unwrap();
            prop_assert_eq!(read.as_str(), text.as_str());
            prop_assert_eq!(read_back(read, &sources), text.as_str());
            prop_assert_eq!(read.span(), sources.whole(id));
        }
    }
}
