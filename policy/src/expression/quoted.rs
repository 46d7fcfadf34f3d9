//! Decodes the text of templates and quoted strings once more, this time keeping origins.

use std::ops::Range;

use crate::text::Text;

/// How a literal is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Between double quotes, with `\n` escapes.
    Quoted,
    /// In a template or heredoc, where a backslash is a backslash.
    Bare,
}

/// The literal of a range of `text` with the origin of each byte; hcl-edit has decoded it to
/// `decoded`, which also decides where the two readings differ.
pub(super) fn decode(text: &Text, range: Range<usize>, style: Style, decoded: &str) -> Text {
    let raw = text.as_str().get(range.clone()).unwrap_or_default();
    if raw == decoded {
        return text.slice(range);
    }
    let whole = text.span_of(range.clone());
    let mut made = Text::empty(whole);
    let mut at = range.start;
    while at < range.end {
        let rest = text.as_str().get(at..range.end).unwrap_or_default();
        let (character, len) = first(rest, style);
        let end = at.saturating_add(len.max(1));
        match character {
            Some(character) => made.push(&character, text.span_of(at..end)),
            None => made.append(&text.slice(at..end)),
        }
        at = end;
    }
    if made.as_str() == decoded {
        return made;
    }
    // Where nothing explains the difference: right text, coarse place.
    unindented(&made, decoded).unwrap_or_else(|| Text::new(decoded, whole))
}

/// The literal of a heredoc without the indentation that `<<-` removes, and with the line breaks
/// that hcl-edit makes of CRLF: each line of it is the end of one that is written.
fn unindented(written: &Text, decoded: &str) -> Option<Text> {
    let mut made = Text::empty(written.span());
    let mut lines = written.as_str().split_inclusive('\n');
    let mut at = 0_usize;
    for line in decoded.split_inclusive('\n') {
        let whole = lines.next()?;
        let (content, full) =
            (line.strip_suffix('\n').unwrap_or(line), whole.strip_suffix('\n').unwrap_or(whole));
        let full = if full.ends_with(content) { full } else { full.strip_suffix('\r')? };
        let start = at.checked_add(full.strip_suffix(content)?.len())?;
        made.append(&written.slice(start..start.checked_add(content.len())?));
        at = at.checked_add(whole.len())?;
        if line.ends_with('\n') {
            made.append(&written.slice(at.checked_sub(1)?..at));
        }
    }
    (made.as_str() == decoded).then_some(made)
}

/// What the text begins with: an escape and its meaning, or so many bytes that mean themselves.
fn first(rest: &str, style: Style) -> (Option<String>, usize) {
    if rest.starts_with("$${") || rest.starts_with("%%{") {
        return (rest.get(1..3).map(str::to_owned), 3);
    }
    let mut characters = rest.chars();
    match (characters.next(), style) {
        (Some('\\'), Style::Quoted) => match characters.next() {
            Some('n') => (Some("\n".into()), 2),
            Some('r') => (Some("\r".into()), 2),
            Some('t') => (Some("\t".into()), 2),
            Some('u') => hex(rest, 4),
            Some('U') => hex(rest, 8),
            Some(other) => (Some(other.into()), 1_usize.saturating_add(other.len_utf8())),
            None => (None, 1),
        },
        (Some(character), _) => {
            let rest_len = rest
                .char_indices()
                .skip(1)
                .find(|(_, next)| matches!(next, '\\' | '$' | '%'))
                .map_or(rest.len(), |(at, _)| at);
            (None, rest_len.max(character.len_utf8()))
        }
        (None, _) => (None, 0),
    }
}

fn hex(rest: &str, digits: usize) -> (Option<String>, usize) {
    let end = digits.saturating_add(2);
    let character =
        rest.get(2..end).and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
    (character.map(String::from), end)
}
