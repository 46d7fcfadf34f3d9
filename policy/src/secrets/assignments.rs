//! Secrets set in scripts: `PASSWORD=…`, `--token …`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{is_quiet, is_secret};
use crate::text::Text;

/// `NAME=value`, `NAME: value` and `--name value`, the value quoted or a word.
static ASSIGNMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?:^|[\s;&|"'])(?:(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*(?:=|:\s)\s*|--([A-Za-z][A-Za-z0-9-]*)[\s=]+)(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"';&|]+))"#).ok()
});

/// How a value is assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `name=value` or `--name value`, as no prose has it.
    Command,
    /// `name: value`, as prose may have it.
    Colon,
}

/// A literal secret that a script assigns.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The name it is assigned to.
    pub name: String,
    /// How.
    pub form: Form,
    /// Where its value stands in the script.
    pub range: Range<usize>,
}

/// The literal secrets that a script assigns.
#[must_use]
pub fn assignments(script: &Text) -> Vec<Assignment> {
    let Some(pattern) = &*ASSIGNMENT else {
        return Vec::new(); // a test compiles the pattern
    };
    pattern
        .captures_iter(script.as_str())
        .filter_map(|captures| {
            let name = captures.get(1).or_else(|| captures.get(2))?;
            let value = captures.get(3).or_else(|| captures.get(4)).or_else(|| captures.get(5))?;
            let computed = value.as_str().starts_with(['$', '`', '(']) || script.has_hole(value.range());
            let between = script.as_str().get(name.end()..value.start())?;
            let is_colon = captures.get(1).is_some() && !between.contains('=');
            let form = if is_colon { Form::Colon } else { Form::Command };
            let assignment = Assignment { name: name.as_str().to_owned(), form, range: value.range() };
            (is_secret(name.as_str()) && !computed && !is_quiet(value.as_str())).then_some(assignment)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn found(script: &str) -> Vec<String> {
        let mut sources = Sources::default();
        let id = sources.add("t", script);
        let text = Text::new(script, sources.whole(id));
        assignments(&text).into_iter().map(|found| script[found.range].to_owned()).collect()
    }

    #[test]
    fn literals_are_found_in_every_quoting() {
        assert_eq!(
            found("export DB_PASSWORD=\"hunter2\"\nAPI_TOKEN='a b'; run --token s3cr3t"),
            ["hunter2", "a b", "s3cr3t"]
        );
    }

    #[test]
    fn computed_values_are_not() {
        assert!(
            found("DB_PASSWORD=$(aws secretsmanager get-secret-value) TOKEN=$TOKEN SECRET_ARN=abc")
                .is_empty()
        );
    }
}
