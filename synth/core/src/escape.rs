//! Text as Terraform's templates and quoted strings need it, so that it comes back unchanged.

/// What comes after a piece of text in a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// The end.
    End,
    /// An interpolation, `${…}`.
    Interpolation,
}

/// Appends `text` so that a template evaluates to it: `${` becomes `$${` and `%{` becomes `%%{`
/// (HCL native syntax specification, "Template Expressions").
///
/// What Terraform 1.11 would misread is written as an interpolation of its own, `${"…"}`:
/// - markers right before an escape or an interpolation, which would become part of it;
/// - a carriage return without a line feed, after which interpolations are not seen any more;
/// - a byte order mark, which is dropped at the start.
pub(crate) fn template(out: &mut String, text: &str, next: Next) {
    let mut rest = text;
    while let Some((before, from)) = rest.find(is_fragile).and_then(|at| rest.split_at_checked(at)) {
        let after = from.trim_start_matches(is_fragile);
        let fragile = from.strip_suffix(after).unwrap_or_default();
        if fragile.ends_with('\r') && after.starts_with('\n') {
            // A line ending is safe, but the carriage returns before it are not.
            let apart = fragile.strip_suffix('\r').unwrap_or_default();
            markers(out, before, if apart.is_empty() { Next::End } else { Next::Interpolation }, push);
            lone(out, apart);
            out.push('\r');
        } else {
            markers(out, before, Next::Interpolation, push);
            lone(out, fragile);
        }
        rest = after;
    }
    markers(out, rest, next, push);
}

/// Appends `text` as the inside of a quoted string of an expression ("Quoted Templates"): as [`template`],
/// with `"`, `\` and control characters escaped too.
pub(crate) fn quoted(out: &mut String, text: &str, next: Next) {
    markers(out, text, next, quote);
}

fn is_fragile(character: char) -> bool {
    matches!(character, '\r' | '\u{feff}')
}

fn push(out: &mut String, text: &str) {
    out.push_str(text);
}

fn markers(out: &mut String, text: &str, next: Next, plain: fn(&mut String, &str)) {
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
            out.push_str(last);
            out.push_str(last);
            out.push('{');
            rest = inside;
        } else if after.is_empty() && next == Next::Interpolation {
            lone(out, markers);
            rest = after;
        } else {
            out.push_str(markers);
            rest = after;
        }
    }
    plain(out, rest);
}

/// Text that must not touch what comes before and after.
fn lone(out: &mut String, text: &str) {
    if !text.is_empty() {
        out.push_str("${\"");
        quote(out, text);
        out.push_str("\"}");
    }
}

/// Appends text with the escapes of HCL's quoted strings: `\n`, `\r`, `\t`, `\"`, `\\`, `\uXXXX`.
fn quote(out: &mut String, text: &str) {
    let mut rest = text;
    // Control characters above U+007F take two bytes, the first of which is 0xc2.
    let special = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\' | 0x7f | 0xc2);
    while let Some((plain, from)) = rest.bytes().position(special).and_then(|at| rest.split_at_checked(at)) {
        out.push_str(plain);
        let mut characters = from.chars();
        match characters.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some(control) if control.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            Some(other) => out.push(other),
            None => {}
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str, next: Next) -> String {
        let mut out = String::new();
        template(&mut out, text, next);
        out
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
        let mut out = String::new();
        quoted(&mut out, "a\"b\\c\nd\u{7f}${e}", Next::End);
        assert_eq!(out, "a\\\"b\\\\c\\nd\\u007f$${e}");
    }
}
