//! JSON strings: escapes decoded, each byte with its origin.

use super::Error;
use crate::source::Span;
use crate::text::Text;

/// Reads the string whose opening quote is at `start`; gives its text and the byte after it.
pub(super) fn read(text: &Text, start: usize) -> Result<(Text, usize), Error> {
    let all = text.as_str();
    let content = start.saturating_add(1);
    let rest = all.get(content..).unwrap_or_default();
    let error = |at: usize, expected| Error { span: text.span_of(at..at.saturating_add(1)), expected };

    // Most strings have no escape: they are a slice of what they were written in.
    let plain = rest.find(|c: char| c == '"' || c == '\\' || c < ' ');
    let Some(plain) = plain else {
        return Err(error(all.len(), "the closing quote of a string"));
    };
    let mut at = content.saturating_add(plain);
    let mut read = text.slice(content..at);
    loop {
        match all.as_bytes().get(at) {
            None => return Err(error(at, "the closing quote of a string")),
            Some(b'"') => break,
            Some(b'\\') => {
                let (character, end) = escape(all, at).ok_or_else(|| {
                    error(at, "an escape of JSON: \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX")
                })?;
                read.push(character.encode_utf8(&mut [0; 4]), text.span_of(at..end));
                at = end;
            }
            Some(0..=0x1f) => return Err(error(at, "an escape instead of a control character")),
            Some(_) => {
                let rest = all.get(at..).unwrap_or_default();
                let len = rest.find(|c: char| c == '"' || c == '\\' || c < ' ').unwrap_or(rest.len());
                let end = at.saturating_add(len);
                read.append(&text.slice(at..end));
                at = end;
            }
        }
    }
    let span =
        Span { start: text.span_of(start..content).start, ..text.span_of(start..at.saturating_add(1)) };
    Ok((read.at(span), at.saturating_add(1)))
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
