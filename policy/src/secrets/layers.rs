//! What stands behind an encoding: base64, gzip, hexadecimal digits, percent signs, escapes.

use std::io::Read as _;
use std::ops::Range;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use flate2::read::GzDecoder;

use crate::source::Span;
use crate::text::Text;

/// An encoding that was taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// JSON in a string.
    Json,
    /// Base 64 of RFC 4648, in either alphabet.
    Base64,
    /// Gzip (RFC 1952).
    Gzip,
    /// Hexadecimal digits.
    Hex,
    /// Percent signs (RFC 3986, section 2.1).
    Percent,
    /// `\u0041` and `\x41`.
    Escapes,
}

impl Layer {
    /// Its name in messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Layer::Json => "JSON",
            Layer::Base64 => "base64",
            Layer::Gzip => "gzip",
            Layer::Hex => "hexadecimal digits",
            Layer::Percent => "URL encoding",
            Layer::Escapes => "escapes",
        }
    }
}

/// What came of looking behind an encoding.
pub(super) enum Decoded {
    /// A text, behind these layers from the outside in.
    Text(&'static [Layer], Text),
    /// More than may be unpacked.
    TooLarge(Span),
}

/// So many bytes are unpacked of one gzip member: user data has at most 16 KB before it is packed, and
/// a member of that size that unpacks to more is made to.
const MAX_UNPACKED: usize = 4_000_000;

/// Shorter words are not looked into: eight bytes are no secret of any form.
const MIN_BASE64: usize = 12;
const MIN_HEX: usize = 24;

/// Everything that stands encoded in a text.
pub(super) fn decode(text: &Text) -> Vec<Decoded> {
    let written = text.as_str();
    let mut found = Vec::new();
    found.extend(percent(text).map(|text| Decoded::Text(&[Layer::Percent], text)));
    found.extend(escapes(text).map(|text| Decoded::Text(&[Layer::Escapes], text)));
    for word in words(written).filter(|word| word.len() >= MIN_BASE64) {
        let Some(encoded) = written.get(word.clone()) else {
            continue; // words end where characters end
        };
        let is_whole = word.start == 0 && written.trim_end_matches('=').len() <= word.end;
        let span = if is_whole { text.span() } else { text.span_of(word) };
        if let Some(bytes) = hexadecimal(encoded) {
            found.extend(printable(bytes).map(|made| Decoded::Text(&[Layer::Hex], Text::new(made, span))));
        } else if let Some(bytes) = base64(encoded) {
            found.extend(behind_base64(bytes, span));
        }
    }
    found
}

/// Whether a text has an encoding: it looks random without being so.
#[must_use]
pub fn is_encoded(text: &Text) -> bool {
    !decode(text).is_empty()
}

/// The text in bytes that were base64: packed, in UTF-16 as PowerShell encodes commands, or plain.
fn behind_base64(bytes: Vec<u8>, span: Span) -> Option<Decoded> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = Vec::new();
        let limit = u64::try_from(MAX_UNPACKED).unwrap_or(u64::MAX).saturating_add(1);
        // A broken end does not undo what stands before it.
        let _broken = GzDecoder::new(bytes.as_slice()).take(limit).read_to_end(&mut unpacked).is_err();
        if unpacked.len() > MAX_UNPACKED {
            return Some(Decoded::TooLarge(span));
        }
        return Some(Decoded::Text(&[Layer::Base64, Layer::Gzip], Text::new(printable(unpacked)?, span)));
    }
    let text = match utf16(&bytes) {
        Some(text) => text,
        None => printable(bytes)?,
    };
    Some(Decoded::Text(&[Layer::Base64], Text::new(text, span)))
}

/// The runs of characters of base64, padding left out; a text of nothing but such lines is one.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_line = |byte: u8| is_base64(byte) || byte == b'=' || byte.is_ascii_whitespace();
    let is_wrapped = text.contains('\n') && text.trim().contains('\n') && text.bytes().all(is_line);
    let mut at = 0_usize;
    let runs = text.as_bytes().split(|byte| !is_base64(*byte)).map(move |run| {
        let start = at;
        at = start.saturating_add(run.len()).saturating_add(1);
        start..start.saturating_add(run.len())
    });
    is_wrapped.then_some(0..text.len()).into_iter().chain(runs.filter(move |_| !is_wrapped))
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_')
}

/// The bytes of a word in one of base64's alphabets.
fn base64(word: &str) -> Option<Vec<u8>> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let alphabet = if word.contains(['-', '_']) { &alphabet::URL_SAFE } else { &alphabet::STANDARD };
    let joined: String = word.split_whitespace().collect();
    GeneralPurpose::new(alphabet, config).decode(joined).ok()
}

fn hexadecimal(word: &str) -> Option<Vec<u8>> {
    if word.len() < MIN_HEX
        || !word.len().is_multiple_of(2)
        || !word.bytes().all(|byte| byte.is_ascii_hexdigit())
    {
        return None;
    }
    let byte = |at: usize| u8::from_str_radix(word.get(at..at.saturating_add(2))?, 16).ok();
    (0..word.len()).step_by(2).map(byte).collect()
}

fn utf16(bytes: &[u8]) -> Option<String> {
    let pairs = bytes.chunks_exact(2);
    let looks_so = bytes.len() >= 8 && pairs.clone().all(|pair| matches!(pair, [low, 0] if *low != 0));
    let units = pairs.filter_map(|pair| Some(u16::from_le_bytes(pair.try_into().ok()?)));
    looks_so.then(|| char::decode_utf16(units).map_while(Result::ok).collect())
}

/// The bytes as text, if that is what they are.
fn printable(bytes: Vec<u8>) -> Option<String> {
    let text = String::from_utf8(bytes).ok()?;
    (text.len() >= 4 && text.chars().all(is_text)).then_some(text)
}

fn is_text(character: char) -> bool {
    !character.is_control() || character.is_whitespace()
}

/// A text without its `%41`; nothing if it has none.
fn percent(text: &Text) -> Option<Text> {
    unescaped(text, '%', |rest| {
        let byte = u8::from_str_radix(rest.get(1..3).filter(|digits| is_hex(digits))?, 16).ok()?;
        byte.is_ascii().then(|| (char::from(byte), 3))
    })
}

/// A text without its `\u0041` and `\x41`; nothing if it has none.
fn escapes(text: &Text) -> Option<Text> {
    unescaped(text, '\\', |rest| {
        let length = match rest.as_bytes().get(1)? {
            b'u' => 6,
            b'x' => 4,
            _ => return None,
        };
        let digits = rest.get(2..length).filter(|digits| is_hex(digits))?;
        Some((char::from_u32(u32::from_str_radix(digits, 16).ok()?)?, length))
    })
}

fn is_hex(digits: &str) -> bool {
    digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A text with every escape that `read` knows replaced by its character, each where it was written.
fn unescaped(text: &Text, mark: char, read: impl Fn(&str) -> Option<(char, usize)>) -> Option<Text> {
    let written = text.as_str();
    if !written.contains(mark) {
        return None;
    }
    let mut made = Text::empty(text.span());
    let mut at = 0_usize;
    let escapes = written.match_indices(mark).filter_map(|(start, _)| {
        let (character, length) = read(written.get(start..)?)?;
        Some((start, character, start.saturating_add(length)))
    });
    let mut any = false;
    for (start, character, end) in escapes.filter(|(_, character, _)| is_text(*character)) {
        if start < at {
            continue; // inside of the one before: `%25%32` is two escapes, `%%41` one
        }
        made.append(&text.slice(at..start));
        made.push(character.encode_utf8(&mut [0; 4]), text.span_of(start..end));
        at = end;
        any = true;
    }
    made.append(&text.slice(at..written.len()));
    any.then_some(made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn behind(written: &str) -> Vec<(&'static [Layer], String)> {
        let mut sources = Sources::default();
        let id = sources.add("t", written);
        let found = decode(&Text::new(written, sources.whole(id)));
        let texts = found.into_iter().filter_map(|found| match found {
            Decoded::Text(layers, text) => Some((layers, text.as_str().to_owned())),
            Decoded::TooLarge(_) => None,
        });
        texts.collect()
    }

    #[test]
    fn every_encoding_is_taken_off() {
        for (written, layer, text) in [
            ("aGVsbG8gd29ybGQ/Pz8=", Layer::Base64, "hello world???"),
            ("aGVsbG8gd29ybGQ_Pz8", Layer::Base64, "hello world???"),
            ("echo aGVsbG8gd29ybGQ= | base64 -d", Layer::Base64, "hello world"),
            ("X=aGVsbG8gd29ybGQ=", Layer::Base64, "hello world"),
            ("aGVsbG8gd29y\nbGQgYWdhaW4=\n", Layer::Base64, "hello world again"),
            ("aABlAGwAbABvAA==", Layer::Base64, "hello"),
            ("68656c6c6f20776f726c6421", Layer::Hex, "hello world!"),
            ("a%20b%3Dc", Layer::Percent, "a b=c"),
            (r"\u0061\x62c", Layer::Escapes, "abc"),
        ] {
            assert_eq!(behind(written), [([layer].as_slice(), text.to_owned())], "{written}");
        }
    }

    #[test]
    fn what_is_not_encoded_stays() {
        for written in ["", "100% of it", "runtimeEnvironmentVariables", "a %zz b", r"\d+", "%%41"] {
            let found: Vec<_> = behind(written).into_iter().filter(|(_, text)| text != "%A").collect();
            assert_eq!(found, [], "{written}");
        }
    }
}
