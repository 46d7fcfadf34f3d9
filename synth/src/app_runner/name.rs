//! What things of App Runner may be called.

use std::ops::RangeInclusive;

use synth_core::{Scope, Value, functions};

use crate::limit::{Limit, Preconditions, Texts};

/// Names of App Runner have 4 to some number of characters (AWS App Runner API Reference, "CreateService",
/// "CreateAutoScalingConfiguration", "CreateConnection").
pub(super) fn check(
    scope: &mut Scope<'_>,
    property: &str,
    what: &str,
    name: &Value<String>,
    length: RangeInclusive<usize>,
) -> Preconditions {
    let limit = Limit {
        property,
        what,
        source: "AWS App Runner API Reference, \"CreateService\", \"CreateAutoScalingConfiguration\", \"CreateConnection\"",
    };
    let (least, most) = (*length.start(), *length.end());
    let in_words = format!("{least} to {most} letters, digits, `-` or `_`, beginning with a letter or digit");
    let fit = |name: &str| fits(name, &length);
    let condition = functions::matches(pattern(&length), name);
    limit.text(scope, name, Texts { fit, condition, in_words })
}

fn fits(name: &str, length: &RangeInclusive<usize>) -> bool {
    let legal = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    length.contains(&name.len())
        && name.chars().all(legal)
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// The same rules as a regular expression of Terraform (RE2).
fn pattern(length: &RangeInclusive<usize>) -> String {
    let (least, most) = (length.start().saturating_sub(1), length.end().saturating_sub(1));
    format!("^[A-Za-z0-9][A-Za-z0-9_-]{{{least},{most}}}$")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    proptest! {
        #[test]
        fn what_synth_accepts_is_what_terraforms_pattern_accepts(name in "[A-Za-z0-9_.-]{0,42}", most in 4_usize..41) {
            let length = 4..=most;
            let pattern = Regex::new(&pattern(&length)).unwrap();
            prop_assert_eq!(fits(&name, &length), pattern.is_match(&name), "{}", name);
        }
    }
}
