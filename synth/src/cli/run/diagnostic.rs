//! What terraform complains about, as people read it.

use std::fmt::Write as _;

use synth_engine::event::Diagnostic;

use super::Stack;
use super::place::Author;

/// Of longer lines the beginning is shown: a document may be a single one.
const LONGEST: usize = 200;

/// The complaint without its label: what is wrong, where it stands, and what terraform says about it.
pub(super) fn text(diagnostic: &Diagnostic, stack: &Stack) -> String {
    let mut text = diagnostic.summary.clone();
    let place = diagnostic.range.as_ref().map(|range| {
        let file = stack.folder.join(&range.filename);
        format!("{}:{}:{}", file.display(), range.start.line, range.start.column)
    });
    let address = diagnostic.address.as_ref().map(|address| match construct(address, stack) {
        Some(construct) => format!("{address}, construct {construct}"),
        None => address.clone(),
    });
    // Writing to a String cannot fail, here and below.
    let _ = match (place, address) {
        (Some(place), Some(address)) => write!(text, "\n  --> {place} ({address})"),
        (Some(place), None) => write!(text, "\n  --> {place}"),
        (None, Some(address)) => write!(text, "\n  --> {address}"),
        (None, None) => Ok(()),
    };
    if let Some(snippet) = &diagnostic.snippet {
        for (line, code) in (snippet.start_line..).zip(snippet.code.lines()) {
            let code: String = code.chars().take(LONGEST).collect();
            let _ = write!(text, "\n{line:>5} | {code}");
        }
        for value in &snippet.values {
            let _ = write!(text, "\n  = {} {}", value.traversal, value.statement);
        }
    }
    for line in diagnostic.detail.lines() {
        let _ = write!(text, "\n  {line}");
    }
    text
}

/// The path of the construct that an element belongs to, read from its name: ids are joined by `__` (`synth_core`'s
/// names). An element directly in its stack is one itself.
fn construct(address: &str, stack: &Stack) -> Option<String> {
    if stack.author != Author::Synth || address.starts_with("module.") {
        return None;
    }
    let name = address.strip_prefix("data.").unwrap_or(address).split('.').nth(1)?;
    let name = name.split('[').next()?;
    // `___HEX_` is a character that Terraform's names cannot have.
    (name.contains("__") && !name.contains("___")).then(|| name.replace("__", "/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stack(author: Author) -> Stack {
        Stack { name: "shop".to_owned(), folder: "out/shop".into(), needs: Vec::new(), author }
    }

    fn diagnostic(json: &str) -> Diagnostic {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_complaint_names_file_line_resource_and_construct() {
        let diagnostic = diagnostic(
            r#"{"severity":"error","summary":"No","detail":"Why not?\nHence.","address":"aws_sqs_queue.service__jobs[\"a.b\"]",
                "range":{"filename":"main.tf.json","start":{"line":9,"column":5}},
                "snippet":{"code":"  \"a\": 1","start_line":9,"values":[{"traversal":"var.a","statement":"is 7"}]}}"#,
        );
        assert_eq!(
            text(&diagnostic, &stack(Author::Synth)),
            "No\n  --> out/shop/main.tf.json:9:5 (aws_sqs_queue.service__jobs[\"a.b\"], construct service/jobs)\n    9 |   \
             \"a\": 1\n  = var.a is 7\n  Why not?\n  Hence."
        );
    }

    #[test]
    fn a_complaint_about_nothing_in_particular_is_just_said() {
        let diagnostic = diagnostic(r#"{"severity":"error","summary":"No"}"#);
        assert_eq!(text(&diagnostic, &stack(Author::Synth)), "No");
    }

    #[test]
    fn names_that_others_gave_or_that_were_escaped_lead_to_no_construct() {
        let of = |address: &str, author| construct(address, &stack(author));
        assert_eq!(of("data.aws_vpc.net__main", Author::Synth).as_deref(), Some("net/main"));
        assert_eq!(of("aws_vpc.net__main", Author::Anybody), None);
        for address in ["aws_vpc.main", "aws_vpc.a___2e_b__c", "module.a__b.aws_vpc.c__d", "odd", ""] {
            assert_eq!(of(address, Author::Synth), None, "{address}");
        }
    }
}
