//! Where something stands, as other tools want to be told.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::source::{Position, Sources, Span};

/// What a path may hold in a URI as it is (RFC 3986, section 3.3).
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Where a span starts and ends; the end is the first place behind it.
pub(super) struct Place {
    pub(super) path: String,
    pub(super) start: Position,
    pub(super) end: Position,
}

impl Place {
    pub(super) fn of(sources: &Sources, span: Span) -> Place {
        Place {
            path: sources.path(span.source),
            start: sources.position(span),
            end: sources.position(span.starting_at(span.end())),
        }
    }

    /// The last line that it has a character on: the end may be the start of the line behind it.
    pub(super) fn last_line(&self) -> usize {
        let is_behind = self.end.column == 1 && self.end.line > self.start.line;
        if is_behind { self.end.line.saturating_sub(1) } else { self.end.line }
    }
}

/// A path as a reference that a URI may be made of.
pub(super) fn uri(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_has_no_character_that_means_something_else() {
        assert_eq!(uri("a b/ü?#<stdin>.tf"), "a%20b/%C3%BC%3F%23%3Cstdin%3E.tf");
    }
}
