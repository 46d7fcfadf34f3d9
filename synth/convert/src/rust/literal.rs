//! Text as literals of Rust.

/// A literal of a text: in quotes, or raw where that spares escapes or keeps lines apart.
pub(crate) fn text_literal(text: &str) -> String {
    let is_line = |text: &str| !text.contains(['\n', '"', '\\']);
    if is_line(text) || !text.chars().all(is_raw) {
        return quoted(text);
    }
    let longest = text.split('"').skip(1).map(|rest| rest.chars().take_while(|c| *c == '#').count()).max();
    let marks = "#".repeat(longest.map_or(0, |longest| longest + 1));
    format!("r{marks}\"{text}\"{marks}")
}

/// The template of `text!`: literal pieces around places for values.
pub(crate) fn text_template(pieces: &[Option<&str>]) -> String {
    let template: String = pieces
        .iter()
        .map(|piece| match piece {
            Some(text) => text.replace('{', "{{").replace('}', "}}"),
            None => "{}".to_owned(),
        })
        .collect();
    text_literal(&template)
}

/// A line of a comment. Rust refuses characters that turn the direction of writing in comments too.
pub(crate) fn comment(line: &str) -> String {
    let seen: String = line.chars().filter(|c| !(c.is_control() || is_hidden(*c))).collect();
    format!("// {seen}").trim_end().to_owned()
}

/// What a raw literal can hold and an editor shows: Rust refuses a carriage return in one, and warns of characters that
/// turn the direction of writing.
fn is_raw(c: char) -> bool {
    c == '\n' || !(c.is_control() || is_hidden(c))
}

fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn quoted(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\t' => literal.push_str("\\t"),
            '\r' => literal.push_str("\\r"),
            c if c.is_control() || is_hidden(c) => literal.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_stands_in_quotes() {
        assert_eq!(text_literal(""), r#""""#);
        assert_eq!(text_literal("a b"), r#""a b""#);
        assert_eq!(text_literal("a\r\n"), r#""a\r\n""#);
    }

    #[test]
    fn quotes_backslashes_and_lines_make_a_raw_literal() {
        assert_eq!(text_literal("a\\b"), r#"r"a\b""#);
        assert_eq!(text_literal("\"a\""), r##"r#""a""#"##);
        assert_eq!(text_literal("a\"##\n"), "r###\"a\"##\n\"###");
    }

    #[test]
    fn characters_that_cannot_be_seen_are_escaped() {
        assert_eq!(text_literal("a\u{202e}\n"), r#""a\u{202e}\n""#);
        assert_eq!(text_literal("\u{0}"), r#""\u{0}""#);
    }

    #[test]
    fn a_comment_holds_nothing_that_cannot_be_seen() {
        assert_eq!(comment("a\u{202e}b\r"), "// ab");
        assert_eq!(comment(""), "//");
    }

    #[test]
    fn braces_of_a_template_are_doubled() {
        assert_eq!(text_template(&[Some("{a}-"), None]), r#""{{a}}-{}""#);
    }
}
