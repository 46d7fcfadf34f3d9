//! Strings: their escapes, and the way back from a decoded byte to its place in the document.

use std::borrow::Cow;

use super::{Malformed, reader::offset};

/// Reads the string whose opening quote is at `at`; returns it with the byte after its closing quote.
pub(super) fn read(text: &str, at: usize) -> Result<(Cow<'_, str>, usize), Malformed> {
    let start = at + 1;
    let bytes = text.as_bytes().get(start..).unwrap_or_default();
    let first = plain(bytes);
    let mut end = start + first;
    match bytes.get(first) {
        Some(b'"') => return Ok((Cow::Borrowed(text.get(start..end).unwrap_or_default()), end + 1)),
        Some(b'\\') => {}
        _ => return Err(Malformed { at: offset(end), expected: "`\"` at the end of the string" }),
    }
    let mut decoded = String::with_capacity(length(bytes));
    decoded.push_str(text.get(start..end).unwrap_or_default());
    loop {
        let rest = text.get(end..).unwrap_or_default();
        let plain = plain(rest.as_bytes());
        decoded.push_str(rest.get(..plain).unwrap_or_default());
        end += plain;
        match next(text, end)? {
            None => return Ok((Cow::Owned(decoded), end + 1)),
            Some((character, after)) => {
                decoded.push(character);
                end = after;
            }
        }
    }
}

/// How many bytes at the start need no look: neither a quote, nor an escape, nor a control character.
fn plain(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    let whole = words.iter().take_while(|word| is_plain(u64::from_le_bytes(**word))).count();
    let special = |byte: &u8| matches!(byte, b'"' | b'\\' | ..0x20);
    let after = words.get(whole).map_or(rest, <[u8; 8]>::as_slice);
    8 * whole + after.iter().position(special).unwrap_or(after.len())
}

/// The same of eight bytes at once ("Determine if a word has a byte less than n", Sean Anderson, Bit Twiddling Hacks).
fn is_plain(word: u64) -> bool {
    const ONES: u64 = u64::MAX / 255;
    let below = |word: u64, bound: u64| word.wrapping_sub(ONES * bound) & !word;
    let is = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    (below(word, 0x20) | is(b'"') | is(b'\\')) & (ONES << 7) == 0
}

/// The bytes up to the closing quote, escapes as they are written.
fn length(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += plain(bytes.get(at..).unwrap_or_default());
        match bytes.get(at) {
            Some(b'\\') => at += 2,
            _ => return at,
        }
    }
}

/// The place in the document of byte `index` of the string whose opening quote is at `at`.
pub(crate) fn position(document: &str, at: u32, index: usize) -> u32 {
    let (mut place, mut decoded) = (at as usize + 1, 0);
    while decoded < index {
        let Ok(Some((character, after))) = next(document, place) else { break };
        decoded += character.len_utf8();
        place = after;
    }
    offset(place)
}

/// The character at `at` and the place after it; nothing at the closing quote.
fn next(text: &str, at: usize) -> Result<Option<(char, usize)>, Malformed> {
    let expected = |expected| Malformed { at: offset(at), expected };
    let rest = text.get(at..).unwrap_or_default();
    let mut characters = rest.chars();
    match characters.next() {
        Some('"') => Ok(None),
        Some('\\') => {
            let plain = match characters.next() {
                Some('"') => '"',
                Some('\\') => '\\',
                Some('/') => '/',
                Some('b') => '\u{8}',
                Some('f') => '\u{c}',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some('u') => return unicode(rest, at).map(Some),
                _ => return Err(expected("one of the escapes of JSON")),
            };
            Ok(Some((plain, at + 2)))
        }
        Some(character @ ' '..) => Ok(Some((character, at + character.len_utf8()))),
        _ => Err(expected("`\"` at the end of the string")),
    }
}

fn unicode(rest: &str, at: usize) -> Result<(char, usize), Malformed> {
    let expected = Malformed { at: offset(at), expected: "four hexadecimal digits of a character" };
    let unit = |from: usize| -> Option<u32> {
        let digits = rest.get(from..from + 6)?.strip_prefix("\\u")?;
        let all = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        all.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
    };
    let first = unit(0).ok_or(expected.clone())?;
    if let Some(character) = char::from_u32(first) {
        return Ok((character, at + 6));
    }
    // A character beyond the basic plane takes two escapes (RFC 8259, section 7).
    let second = unit(6).filter(|second| (0xdc00..0xe000).contains(second) && first < 0xdc00);
    let joined =
        second.and_then(|second| char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)));
    joined.map(|character| (character, at + 12)).ok_or(expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decoded_byte_is_found_behind_escapes() {
        let document = r#""a\nbé\u00e9\ud83d\ude00z""#;
        let (decoded, _) = read(document, 0).unwrap();
        let index = decoded.find('z').unwrap();
        assert_eq!(position(document, 0, index) as usize, document.find('z').unwrap());
    }

    #[test]
    fn every_byte_is_plain_or_looked_at_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            let special = byte < 0x20 || matches!(byte, b'"' | b'\\');
            for place in 0..20 {
                let mut bytes = [b'a'; 20];
                bytes[place] = byte;
                assert_eq!(plain(&bytes), if special { place } else { 20 }, "{byte} at {place}");
            }
        }
    }

    #[test]
    fn half_a_surrogate_pair_is_refused() {
        assert!(read(r#""\ud83d""#, 0).is_err());
        assert!(read(r#""\ude00\ud83d""#, 0).is_err());
    }
}
