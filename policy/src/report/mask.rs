//! Source lines with every known secret replaced.

use crate::rules::Finding;
use crate::source::{Source, Sources, Span};

/// What stands for a secret.
const MASK: &str = "••••";

/// The spans no output may show.
pub(super) struct Mask {
    hidden: Vec<Span>,
    written: Vec<String>,
}

impl Mask {
    pub(super) fn of(findings: &[Finding], sources: &Sources) -> Mask {
        let secret = findings.iter().filter(|finding| finding.secret.is_some());
        let hidden: Vec<Span> = secret.map(|finding| finding.span).collect();
        let mut written: Vec<String> = hidden
            .iter()
            .map(|span| sources.written(*span).trim_matches(['\\', '"']).to_owned())
            .filter(|written| written.len() > 3)
            .collect();
        // The longest first, so that a part does not break up the whole.
        written.sort_by_key(|written| std::cmp::Reverse(written.len()));
        Mask { hidden, written }
    }

    /// A range of a source with secrets masked: those at known places, and their repetitions.
    pub(super) fn show(&self, source: &Source, range: Span) -> String {
        let mut shown = String::new();
        let mut at = range.start;
        let mut hidden: Vec<&Span> = self.hidden.iter().filter(|span| span.overlaps(range)).collect();
        hidden.sort();
        for span in hidden {
            if span.start > at {
                shown.push_str(&self.text(source.text().get(at..span.start).unwrap_or_default()));
            }
            shown.push_str(MASK);
            at = at.max(span.end);
        }
        if at < range.end {
            shown.push_str(&self.text(source.text().get(at..range.end).unwrap_or_default()));
        }
        shown
    }

    /// A text with the secrets replaced that stand in it.
    pub(super) fn text(&self, text: &str) -> String {
        self.written.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), MASK))
    }
}
