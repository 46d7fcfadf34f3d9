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
    summary: String,
    #[serde(default)]
    detail: String,
    address: Option<String>,
}

/// What a line tells.
#[derive(Debug)]
pub enum News {
    /// Work on a resource begins.
    Begun(String),
    /// Work on a resource is over.
    Over(String),
    /// A complaint.
    Complaint(Diagnostic),
    /// Something else, in words.
    Words(String),
}

/// Reads a line; text that is not an event is no news.
pub fn read(line: &str) -> Option<News> {
    let event: Event = serde_json::from_str(line).ok()?;
    if let Some(diagnostic) = event.diagnostic {
        return Some(News::Complaint(diagnostic));
    }
    let address = event.hook.and_then(|hook| hook.resource).map(|resource| resource.addr);
    match (event.kind.as_str(), address) {
        ("apply_start" | "refresh_start" | "ephemeral_op_start", Some(address)) => Some(News::Begun(address)),
        (
            "apply_complete"
            | "apply_errored"
            | "refresh_complete"
            | "ephemeral_op_complete"
            | "ephemeral_op_errored",
            Some(address),
        ) => Some(News::Over(address)),
        // The first line of every step says nothing about it.
        ("version", _) => None,
        _ => event.message.map(News::Words),
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
        assert!(matches!(read(&line("apply_start")), Some(News::Begun(at)) if at == "aws_sqs_queue.jobs"));
        assert!(matches!(read(&line("apply_errored")), Some(News::Over(at)) if at == "aws_sqs_queue.jobs"));
        assert!(read(&line("apply_progress")).is_none());
    }

    #[test]
    fn a_diagnostic_is_shown_with_its_resource_and_detail() {
        let line = r#"{"type":"diagnostic","diagnostic":{"severity":"error","summary":"No","detail":"a\nb","address":"aws_sqs_queue.jobs"}}"#;
        let Some(News::Complaint(complaint)) = read(line) else { panic!("no complaint") };
        assert_eq!(complaint.to_string(), "No (aws_sqs_queue.jobs)\n    a\n    b");
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
