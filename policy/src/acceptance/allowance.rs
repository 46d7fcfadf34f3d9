//! One allowance: which rule, which value, where, why, until when.

use jiff::civil::Date;

use super::MARKER;
use crate::report::Via;
use crate::source::Span;

/// Where an allowance holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Covers {
    /// In a part of a file.
    Part(Span),
    /// At one address of one file, whose path is relative to the working directory.
    Address {
        /// The file.
        file: String,
        /// The address.
        address: String,
    },
}

/// What somebody accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The id of the rule, as it is written.
    pub rule: String,
    /// The exact value.
    pub value: String,
    /// Why; empty if nothing is said.
    pub reason: String,
    /// The last day it holds; without one it always does.
    pub until: Option<Date>,
    /// Where it holds.
    pub covers: Covers,
    /// Where it is written.
    pub span: Span,
    /// What it is written in.
    pub via: Via,
}

/// Why a comment that begins as an allowance is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Nothing follows the marker.
    #[error("it names no rule")]
    NoRule,
    /// The rule is not followed by a value in quotes.
    #[error("after the rule it names no value in double quotes")]
    NoValue,
    /// The quotes are not closed.
    #[error("the quotes of its value are not closed")]
    Open,
    /// What follows the last `until` is no day.
    #[error("after `until` stands no day such as `2027-01-31`")]
    NoDay,
    /// It stands where it would cover a whole file.
    #[error("it stands at the root, where it would cover the whole file")]
    Root,
}

impl Allowance {
    /// Reads `policy:allow RULE "value" reason until 2027-01-31`, the last two words being optional.
    ///
    /// # Errors
    ///
    /// If a part is missing or not readable.
    pub fn parse(comment: &str, covers: Span, span: Span) -> Result<Allowance, Problem> {
        let rest = comment.trim().strip_prefix(MARKER).unwrap_or_default().trim_start();
        let (rule, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        if rule.is_empty() {
            return Err(Problem::NoRule);
        }
        let rest = rest.trim_start().strip_prefix('"').ok_or(Problem::NoValue)?;
        let (value, rest) = quoted(rest).ok_or(Problem::Open)?;
        let (reason, until) = match until(rest) {
            Some((reason, day)) => (reason, Some(day.parse().map_err(|_| Problem::NoDay)?)),
            None => (rest, None),
        };
        Ok(Allowance {
            rule: rule.to_owned(),
            value,
            reason: reason.trim().to_owned(),
            until,
            covers: Covers::Part(covers),
            span,
            via: Via::Comment,
        })
    }
}

/// The value up to the closing quotes, and what follows them. `\"` and `\\` mean themselves.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, text.get(at.saturating_add(1)..)?)),
            '\\' if text
                .get(at..)
                .is_some_and(|rest| rest.starts_with("\\\"") || rest.starts_with("\\\\")) =>
            {
                value.extend(characters.next().map(|(_, escaped)| escaped));
            }
            other => value.push(other),
        }
    }
    None
}

/// The reason and the day, if the last word but one is `until`: the word may stand in a reason too.
fn until(text: &str) -> Option<(&str, &str)> {
    let (reason, day) = text.trim_end().rsplit_once(char::is_whitespace)?;
    let reason = reason.trim_end().strip_suffix("until")?;
    let is_word = reason.is_empty() || reason.ends_with(char::is_whitespace);
    (is_word && day.starts_with(|first: char| first.is_ascii_digit())).then_some((reason, day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn parse(text: &str) -> Result<Allowance, Problem> {
        let mut sources = Sources::default();
        let id = sources.add("t", text);
        Allowance::parse(text, sources.whole(id), sources.whole(id))
    }

    fn parts(text: &str) -> (String, String, String, String) {
        let allowance = parse(text).unwrap();
        let until = allowance.until.map(|day| day.to_string()).unwrap_or_default();
        (allowance.rule, allowance.value, allowance.reason, until)
    }

    #[test]
    fn an_allowance_has_a_rule_a_value_a_reason_and_a_day() {
        let of = |rule: &str, value: &str, reason: &str, until: &str| {
            (rule.to_owned(), value.to_owned(), reason.to_owned(), until.to_owned())
        };
        for (text, expected) in [
            (r#"policy:allow IAM003 "*" it has none"#, of("IAM003", "*", "it has none", "")),
            (r#" policy:allow IAM003 "*" a until 2027-01-31 "#, of("IAM003", "*", "a", "2027-01-31")),
            (r#"policy:allow IAM003 "" not until we moved"#, of("IAM003", "", "not until we moved", "")),
            (r#"policy:allow X "a \"b\" \\ \c" y"#, of("X", r#"a "b" \ \c"#, "y", "")),
            (r#"policy:allow X "a""#, of("X", "a", "", "")),
            (r#"policy:allow X "a" until 2027-01-31"#, of("X", "a", "", "2027-01-31")),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_missing_is_said() {
        for (text, problem) in [
            ("policy:allow", Problem::NoRule),
            ("policy:allow IAM003", Problem::NoValue),
            ("policy:allow IAM003 all of it", Problem::NoValue),
            ("policy:allow IAM003 \"a", Problem::Open),
            ("policy:allow IAM003 \"a\\\"", Problem::Open),
            ("policy:allow IAM003 \"a\" b until 2027-02-30", Problem::NoDay),
        ] {
            assert_eq!(parse(text), Err(problem), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_value_that_is_quoted_is_read_as_it_was(value in "[ -~]{0,20}") {
            let written = value.replace('\\', "\\\\").replace('"', "\\\"");
            let allowance = parse(&format!("policy:allow R \"{written}\" because")).unwrap();
            proptest::prop_assert_eq!((allowance.value, allowance.reason), (value, "because".to_owned()));
        }
    }
}
