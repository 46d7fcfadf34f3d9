//! What repositories may be called.

use synth_core::{Scope, Value, functions};

use crate::limit::{Limit, Preconditions, Texts};

/// Words with single separators between them (Amazon ECR API Reference, "CreateRepository": repositoryName). How long
/// a name may be is beside it: a regular expression cannot say both.
const PATTERN: &str = "^([a-z0-9]+([._-][a-z0-9]+)*/)*[a-z0-9]+([._-][a-z0-9]+)*$";
/// Characters (the same page).
const SHORTEST: usize = 2;
const LONGEST: usize = 256;

pub(super) fn check(name: &Value<String>, scope: &mut Scope<'_>) -> Preconditions {
    let limit = Limit {
        property: "/name",
        what: "a repository's name",
        source: "Amazon ECR API Reference, \"CreateRepository\": repositoryName",
    };
    let length = functions::length(name);
    let condition =
        functions::matches(PATTERN, name).and(length.clone().at_least(SHORTEST)).and(length.at_most(LONGEST));
    let in_words = format!(
        "{SHORTEST} to {LONGEST} lower-case letters and digits, with single `.`, `_`, `-` or `/` between them"
    );
    limit.text(scope, name, Texts { fit: fits, condition, in_words })
}

fn fits(name: &str) -> bool {
    let word = |part: &str| {
        let ends = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-');
        let separators =
            |pair: (char, char)| !pair.0.is_ascii_alphanumeric() && !pair.1.is_ascii_alphanumeric();
        let pairs = part.chars().zip(part.chars().skip(1));
        ends(part.chars().next())
            && ends(part.chars().last())
            && part.chars().all(legal)
            && !pairs.into_iter().any(separators)
    };
    (SHORTEST..=LONGEST).contains(&name.len()) && name.split('/').all(word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    proptest! {
        #[test]
        fn what_synth_accepts_is_what_terraforms_pattern_accepts(name in "[a-cA0-1._/-]{0,8}|[a-z]{254,258}") {
            let length = (SHORTEST..=LONGEST).contains(&name.len());
            let pattern = Regex::new(PATTERN).unwrap();
            prop_assert_eq!(fits(&name), length && pattern.is_match(&name), "{}", name);
        }
    }
}
