//! Texts of documents inside of other languages: whatever they hold, they mean themselves.

/// Inside of XML and HTML, as content and in an attribute in double quotes. What no XML document may hold (XML 1.0,
/// "Characters") becomes U+FFFD.
pub(super) fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\u{FFFE}' | '\u{FFFF}' => escaped.push('\u{FFFD}'),
            other if other.is_control() => escaped.push('\u{FFFD}'),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Inside of a quoted string of DOT, where only quotes and backslashes mean more ("The DOT Language", ID).
pub(super) fn dot(text: &str) -> String {
    let visible = |character: char| if character.is_control() { '\u{FFFD}' } else { character };
    let text: String = text.chars().map(visible).collect();
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// Inside of a quoted label of Mermaid: entity codes for all that could end it or be markup ("Flowcharts: Entity codes to escape
/// characters").
pub(super) fn mermaid(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' | '#' | '&' | '<' | '>' | '\'' | '\\' | '`' | '{' | '}' | '[' | ']' | '(' | ')' | '|'
            | '*' | '_' | ';' | '%' => escaped.push_str(&format!("#{};", u32::from(character))),
            other if other.is_control() => escaped.push('\u{FFFD}'),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn xml_reads_every_text_back(text in "[^\\p{Cc}\u{FFFE}\u{FFFF}]*") {
            let document = format!("<a b=\"{0}\">{0}</a>", xml(&text));
            let read = roxmltree::Document::parse(&document).unwrap();
            prop_assert_eq!(read.root_element().attribute("b"), Some(text.as_str()));
            prop_assert_eq!(read.root_element().text().unwrap_or_default(), text);
        }

        #[test]
        fn no_text_ends_a_label_of_mermaid(text in ".*") {
            prop_assert!(!mermaid(&text).contains(['"', '<', '>', '\n', '[', ']', '`']));
        }

        #[test]
        fn no_text_ends_a_string_of_dot(text in ".*") {
            let escaped = dot(&text);
            let unescaped = escaped.replace("\\\\", "").replace("\\\"", "");
            prop_assert!(!unescaped.contains('"') && !escaped.contains('\n'));
        }
    }
}
