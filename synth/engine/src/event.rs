//! Terraform's machine-readable output: one JSON object a line ("Machine-Readable UI", version 1.2).

use std::fmt;

use serde::Deserialize;

/// One line. Kinds and fields that are not named here are skipped: the format's own promise is that new ones
/// may appear in any minor version.
#[derive(Debug, Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "@message")]
    message: Option<String>,
    hook: Option<Hook>,
    diagnostic: Option<Diagnostic>,
}

#[derive(Debug, Deserialize)]
struct Hook {
    resource: Option<Resource>,
}

#[derive(Debug, Deserialize)]
struct Resource {
    addr: String,
}

/// What terraform complains about.
#[derive(Clone, Debug, Deserialize)]
pub struct Diagnostic {
    /// `error` or `warning`.
    pub severity: String,
    /// What is wrong, in a few words.
    pub summary: String,
    /// Why, and what to do about it; empty, or some lines.
    #[serde(default)]
    pub detail: String,
    /// The resource that it is about.
    pub address: Option<String>,
    /// Where the configuration says so.
    pub range: Option<Range>,
    /// What the configuration says there.
    pub snippet: Option<Snippet>,
}

/// A place in a file of the configuration.
#[derive(Clone, Debug, Deserialize)]
pub struct Range {
    /// As terraform sees it from its working directory.
    pub filename: String,
    /// Its first character.
    pub start: Position,
}

/// A character of a file; both are counted from one.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Lines of the configuration.
#[derive(Clone, Debug, Deserialize)]
pub struct Snippet {
    /// The lines.
    pub code: String,
    /// The number of the first one.
    pub start_line: usize,
    /// The values that play a part; terraform writes no sensitive ones.
    #[serde(default)]
    pub values: Vec<Value>,
}

/// What a part of an expression was.
#[derive(Clone, Debug, Deserialize)]
pub struct Value {
    /// The part, `var.size`.
    pub traversal: String,
    /// What is said of it, `is 7`.
    pub statement: String,
}

/// What is done with a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// It is made, changed or removed.
    Change,
    /// It is read.
    Read,
}

/// What a line tells.
#[derive(Debug)]
pub enum News {
    /// Work on a resource begins.
    Begun(Work, About),
    /// Work on a resource takes its time.
    Waiting(About),
    /// Work on a resource says something: its provisioners do.
    Saying(About),
    /// Work on a resource is over.
    Over(Work, About),
    /// A complaint.
    Complaint(Diagnostic),
    /// Something else, in words.
    Words(String),
}

/// A resource, and what terraform says of it.
#[derive(Debug, PartialEq, Eq)]
pub struct About {
    /// The resource.
    pub address: String,
    /// Terraform's own words, which show no sensitive value; empty where it has none.
    pub words: String,
}

/// Reads a line; text that is not an event is no news.
pub fn read(line: &str) -> Option<News> {
    let event: Event = serde_json::from_str(line).ok()?;
    if let Some(diagnostic) = event.diagnostic {
        return Some(News::Complaint(diagnostic));
    }
    let words = event.message.unwrap_or_default();
    let resource = event.hook.and_then(|hook| hook.resource);
    let about = resource.map(|Resource { addr: address }| About { address, words: words.clone() });
    match (event.kind.as_str(), about) {
        ("apply_start", Some(about)) => Some(News::Begun(Work::Change, about)),
        ("refresh_start" | "ephemeral_op_start", Some(about)) => Some(News::Begun(Work::Read, about)),
        ("apply_progress", Some(about)) => Some(News::Waiting(about)),
        ("provision_start" | "provision_progress" | "provision_errored", Some(about)) => {
            Some(News::Saying(about))
        }
        ("apply_complete" | "apply_errored", Some(about)) => Some(News::Over(Work::Change, about)),
        ("refresh_complete" | "ephemeral_op_complete" | "ephemeral_op_errored", Some(about)) => {
            Some(News::Over(Work::Read, about))
        }
        // The first line of every step says nothing about it.
        ("version", _) => None,
        _ => (!words.is_empty()).then_some(News::Words(words)),
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.summary)?;
        if let Some(address) = &self.address {
            write!(f, " ({address})")?;
        }
        for line in self.detail.lines() {
            write!(f, "\n    {line}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_begins_and_ends() {
        let line =
            |kind| format!(r#"{{"type":"{kind}","hook":{{"resource":{{"addr":"aws_sqs_queue.jobs"}}}}}}"#);
        let jobs = |about: &About| about.address == "aws_sqs_queue.jobs";
        assert!(matches!(read(&line("apply_start")), Some(News::Begun(Work::Change, at)) if jobs(&at)));
        assert!(matches!(read(&line("refresh_start")), Some(News::Begun(Work::Read, at)) if jobs(&at)));
        assert!(matches!(read(&line("apply_progress")), Some(News::Waiting(at)) if jobs(&at)));
        assert!(matches!(read(&line("apply_errored")), Some(News::Over(Work::Change, at)) if jobs(&at)));
    }

    #[test]
    fn a_diagnostic_is_shown_with_its_resource_and_detail() {
        let line = r#"{"type":"diagnostic","diagnostic":{"severity":"error","summary":"No","detail":"a\nb","address":"aws_sqs_queue.jobs"}}"#;
        let Some(News::Complaint(complaint)) = read(line) else { panic!("no complaint") };
        assert_eq!(complaint.to_string(), "No (aws_sqs_queue.jobs)\n    a\n    b");
    }

    #[test]
    fn a_diagnostic_has_the_place_and_the_lines_that_it_is_about() {
        let line = r#"{"type":"diagnostic","diagnostic":{"severity":"error","summary":"No","detail":"",
            "range":{"filename":"main.tf.json","start":{"line":3,"column":7,"byte":40},"end":{"line":3,"column":9,"byte":42}},
            "snippet":{"context":null,"code":"  x","start_line":3,"highlight_start_offset":2,"highlight_end_offset":3,
                       "values":[{"traversal":"var.a","statement":"is 7"}]}}}"#;
        let Some(News::Complaint(complaint)) = read(line) else { panic!("no complaint") };
        let (range, snippet) = (complaint.range.unwrap(), complaint.snippet.unwrap());
        assert_eq!((range.filename.as_str(), range.start.line, range.start.column), ("main.tf.json", 3, 7));
        assert_eq!((snippet.code.as_str(), snippet.values.len()), ("  x", 1));
    }

    #[test]
    fn other_events_are_passed_on_in_their_words() {
        let line = r#"{"@message":"Plan: 2 to add","type":"change_summary","changes":{"add":2}}"#;
        assert!(matches!(read(line), Some(News::Words(words)) if words == "Plan: 2 to add"));
    }

    #[test]
    fn plain_text_is_no_news() {
        for line in [
            "",
            "Killed",
            "{",
            "[]",
            "null",
            r#"{"@message":"Terraform 1.11.4","type":"version"}"#,
            r#"{"type":7}"#,
        ] {
            assert!(read(line).is_none(), "{line}");
        }
    }
}
