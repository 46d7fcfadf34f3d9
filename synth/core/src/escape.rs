//! Text as Terraform's templates and quoted strings need it, so that it comes back unchanged.

use crate::json::Json;

/// What comes after a piece of text in a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// The end.
    End,
    /// An interpolation, `${…}`.
    Interpolation,
}

/// Whether a text is the same in JSON, in a template and in a quoted string: nearly every text is, and needs one look.
pub(crate) fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Whole chunks, of which the last ones may overlap, because the compiler looks at all of their bytes at once.
    if let Some(end) = bytes.last_chunk::<16>() {
        bytes.as_chunks::<16>().0.iter().all(are_plain) && are_plain(end)
    } else if let (Some(start), Some(end)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        are_plain(start) && are_plain(end)
    } else if let (Some(start), Some(end)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        are_plain(start) && are_plain(end)
    } else {
        bytes.iter().all(|byte| is_plain_byte(*byte))
    }
}

#[inline]
fn are_plain<const N: usize>(bytes: &[u8; N]) -> bool {
    bytes.iter().fold(true, |plain, byte| plain & is_plain_byte(*byte))
}

/// Without a branch, so that it can be asked of many bytes at once: `"`, `\`, `$`, `%` and what is not printable ASCII
/// mean something.
fn is_plain_byte(byte: u8) -> bool {
    (byte.wrapping_sub(b' ') <= b'~' - b' ')
        & (byte != b'"')
        & (byte != b'\\')
        & (byte != b'$')
        & (byte != b'%')
}

/// Appends `text` so that a template evaluates to it: `${` becomes `$${` and `%{` becomes `%%{`
/// (HCL native syntax specification, "Template Expressions").
///
/// What Terraform 1.11 would misread is written as an interpolation of its own, `${"…"}`:
/// - markers right before an escape or an interpolation, which would become part of it;
/// - a carriage return without a line feed, after which interpolations are not seen any more;
/// - a byte order mark, which is dropped at the start.
pub(crate) fn template(out: &mut Json, text: &str, next: Next) {
    if is_plain(text) {
        return out.bare(text);
    }
    let mut rest = text;
    while let Some((before, from)) = rest.find(is_fragile).and_then(|at| rest.split_at_checked(at)) {
        let after = from.trim_start_matches(is_fragile);
        let fragile = from.strip_suffix(after).unwrap_or_default();
        if fragile.ends_with('\r') && after.starts_with('\n') {
            // A line ending is safe, but the carriage returns before it are not.
            let apart = fragile.strip_suffix('\r').unwrap_or_default();
            markers(out, before, if apart.is_empty() { Next::End } else { Next::Interpolation }, Json::part);
            lone(out, apart);
            out.part("\r");
        } else {
            markers(out, before, Next::Interpolation, Json::part);
            lone(out, fragile);
        }
        rest = after;
    }
    markers(out, rest, next, Json::part);
}

/// Appends `text` as the inside of a quoted string of an expression ("Quoted Templates"): as [`template`],
/// with `"`, `\` and control characters escaped too.
pub(crate) fn quoted(out: &mut Json, text: &str, next: Next) {
    if is_plain(text) {
        return out.bare(text);
    }
    markers(out, text, next, quote);
}

fn is_fragile(character: char) -> bool {
    matches!(character, '\r' | '\u{feff}')
}

fn markers(out: &mut Json, text: &str, next: Next, plain: fn(&mut Json, &str)) {
    if !text.bytes().any(|byte| byte == b'$' || byte == b'%') {
        return plain(out, text);
    }
    let is_marker = |c: char| c == '$' || c == '%';
    let mut rest = text;
    while let Some((before, from)) = rest.find(is_marker).and_then(|at| rest.split_at_checked(at)) {
        plain(out, before);
        let after = from.trim_start_matches(is_marker);
        let markers = from.strip_suffix(after).unwrap_or_default();
        if let Some(inside) = after.strip_prefix('{') {
            let (apart, last) = markers.split_at_checked(markers.len() - 1).unwrap_or_default();
            lone(out, apart);
            out.bare(last);
            out.bare(last);
            out.bare("{");
            rest = inside;
        } else if after.is_empty() && next == Next::Interpolation {
            lone(out, markers);
            rest = after;
        } else {
            out.bare(markers);
            rest = after;
        }
    }
    plain(out, rest);
}

/// Text that must not touch what comes before and after.
fn lone(out: &mut Json, text: &str) {
    if !text.is_empty() {
        out.part("${\"");
        quote(out, text);
        out.part("\"}");
    }
}

/// Appends text with the escapes of HCL's quoted strings: `\n`, `\r`, `\t`, `\"`, `\\`, `\uXXXX`.
fn quote(out: &mut Json, text: &str) {
    let mut rest = text;
    // Control characters above U+007F take two bytes, the first of which is 0xc2.
    let special = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\' | 0x7f | 0xc2);
    while let Some((plain, from)) = rest.bytes().position(special).and_then(|at| rest.split_at_checked(at)) {
        out.part(plain);
        let mut characters = from.chars();
        match characters.next() {
            Some('"') => out.part("\\\""),
            Some('\\') => out.part("\\\\"),
            Some('\n') => out.part("\\n"),
            Some('\r') => out.part("\\r"),
            Some('\t') => out.part("\\t"),
            Some(control) if control.is_control() => out.part(&format!("\\u{:04x}", u32::from(control))),
            Some(other) => out.part(other.encode_utf8(&mut [0; 4])),
            None => {}
        }
        rest = characters.as_str();
    }
    out.part(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read back from the JSON text that `write` wrote.
    fn read(write: impl FnOnce(&mut Json)) -> String {
        let mut json = Json::default();
        json.quote();
        write(&mut json);
        json.quote();
        serde_json::from_str(&json.finish()).unwrap()
    }

    fn escaped(text: &str, next: Next) -> String {
        read(|json| template(json, text, next))
    }

    #[test]
    fn one_byte_that_means_something_is_seen_wherever_it_stands() {
        for length in 0..40 {
            let plain = "~ azAZ09_-.:/{}#!@^&*()[]".repeat(2).chars().take(length).collect::<String>();
            assert!(is_plain(&plain), "{plain}");
            for (at, special) in (0..length)
                .flat_map(|at| ["\"", "\\", "$", "%", "\n", "\u{7f}", "é"].map(|special| (at, special)))
            {
                let text = format!("{}{special}{}", &plain[..at], &plain[at + 1..]);
                assert!(!is_plain(&text), "{text}");
            }
        }
    }

    #[test]
    fn only_what_terraform_would_evaluate_is_escaped() {
        assert_eq!(escaped("${HOST} %{if} 5 % $HOME $$ {}", Next::End), "$${HOST} %%{if} 5 % $HOME $$ {}");
    }

    #[test]
    fn markers_before_an_escape_stand_apart() {
        assert_eq!(escaped("$${x}", Next::End), "${\"$\"}$${x}");
        assert_eq!(escaped("cost: $", Next::Interpolation), "cost: ${\"$\"}");
    }

    #[test]
    fn lone_carriage_returns_stand_apart_and_line_endings_do_not() {
        assert_eq!(escaped("a\r\nb\rc$\r", Next::End), "a\r\nb${\"\\r\"}c${\"$\"}${\"\\r\"}");
    }

    #[test]
    fn quoted_strings_escape_quotes_and_control_characters() {
        let out = read(|json| quoted(json, "a\"b\\c\nd\u{7f}${e}", Next::End));
        assert_eq!(out, "a\\\"b\\\\c\\nd\\u007f$${e}");
    }
}
