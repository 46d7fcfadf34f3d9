//! Patterns of paths, and the order in which a listener tries them.

use std::collections::BTreeMap;

use synth_core::{Problem, Scope};

/// Where AWS says what a pattern may hold.
const PAGE: &str = "Elastic Load Balancing User Guide for Application Load Balancers, \"Condition types for listener rules\"";
/// The priorities of rules (Elastic Load Balancing API Reference, "CreateRule": Priority).
const PRIORITIES: std::ops::RangeInclusive<u16> = 1..=50_000;

/// Refuses what a listener would, and rules that it would never come to.
pub(super) fn check<T>(rules: &BTreeMap<u16, (String, T)>, scope: &mut Scope<'_>) {
    for (priority, (pattern, _)) in rules {
        if !PRIORITIES.contains(priority) {
            scope.refuse(
                Problem::new(format!("a rule cannot have the priority {priority}"))
                    .at(format!("/routes/{priority}"))
                    .help(format!("write {} to {}", PRIORITIES.start(), PRIORITIES.end()))
                    .source("Elastic Load Balancing API Reference, \"CreateRule\": Priority"),
            );
        }
        if !is_pattern(pattern) {
            scope.refuse(
                Problem::new(format!("`{pattern}` is no pattern of paths"))
                    .at(format!("/routes/{priority}"))
                    .help("begin with `/`; write up to 128 letters, digits or `_-.$/~\"'@:+&*?`, where `*` is any text and `?` any character")
                    .source(PAGE),
            );
        }
        let earlier = rules.range(..priority).find(|(_, (earlier, _))| covers(earlier, pattern));
        if let Some((before, (earlier, _))) = earlier {
            scope.refuse(
                Problem::new(format!("no request gets to `{pattern}`: `{earlier}` takes all of them"))
                    .at(format!("/routes/{priority}"))
                    .help(format!("give it a priority below {before}, or take it out")),
            );
        }
    }
}

fn is_pattern(pattern: &str) -> bool {
    let legal = |c: char| c.is_ascii_alphanumeric() || "_-.$/~\"'@:+&*?".contains(c);
    (1..=128).contains(&pattern.len()) && pattern.starts_with('/') && pattern.chars().all(legal)
}

/// Whether a pattern matches whatever another one matches. It may miss that, as of `?*` and `*?`, but never claims it
/// wrongly.
fn covers(pattern: &str, other: &str) -> bool {
    let other: Vec<char> = other.chars().collect();
    // Which tails of the other pattern the rest of the pattern covers; at first the pattern's empty rest.
    let mut covered: Vec<bool> = (0..=other.len()).map(|from| from == other.len()).collect();
    for letter in pattern.chars().rev() {
        let mut with_letter = vec![false; other.len() + 1];
        // From the end on: `*` covers a tail where it covers that tail's own tail.
        let mut behind = false;
        for from in (0..=other.len()).rev() {
            let rest_covers = |from: usize| covered.get(from).copied().unwrap_or_default();
            let next = other.get(from).copied();
            let matches = match (letter, next) {
                ('*', next) => rest_covers(from) || (next.is_some() && behind),
                ('?', Some(next)) => next != '*' && rest_covers(from + 1),
                (letter, Some(next)) => letter == next && rest_covers(from + 1),
                (_, None) => false,
            };
            behind = matches;
            if let Some(slot) = with_letter.get_mut(from) {
                *slot = matches;
            }
        }
        covered = with_letter;
    }
    covered.first().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A listener's own matching, in its plainest form.
    fn matches(pattern: &[char], path: &[char]) -> bool {
        match (pattern, path) {
            ([], path) => path.is_empty(),
            (['*', rest @ ..], path) => (0..=path.len()).any(|from| matches(rest, &path[from..])),
            (['?', rest @ ..], [_, path @ ..]) => matches(rest, path),
            ([letter, rest @ ..], [first, path @ ..]) => letter == first && matches(rest, path),
            (_, []) => false,
        }
    }

    fn letters(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn a_pattern_covers_what_is_narrower() {
        for (pattern, other) in
            [("/*", "/api/*"), ("/api/*", "/api/v1"), ("/a?c", "/abc"), ("/health", "/health"), ("*", "*")]
        {
            assert!(covers(pattern, other), "{pattern} {other}");
        }
        for (pattern, other) in
            [("/api/*", "/*"), ("/api/*", "/api"), ("/a?c", "/a*c"), ("/health", "/healthy"), ("", "*")]
        {
            assert!(!covers(pattern, other), "{pattern} {other}");
        }
    }

    proptest! {
        #[test]
        fn what_is_covered_matches_nothing_else(
            pattern in "[ab*?]{0,6}",
            other in "[ab*?]{0,6}",
            paths in prop::collection::vec("[ab]{0,8}", 32),
        ) {
            if covers(&pattern, &other) {
                for path in paths.iter().map(|path| letters(path)).filter(|path| matches(&letters(&other), path)) {
                    prop_assert!(matches(&letters(&pattern), &path), "{:?}", path);
                }
            }
        }

        #[test]
        fn a_pattern_covers_every_path_that_it_matches(pattern in "[ab*?]{0,8}", path in "[ab]{0,8}") {
            prop_assert_eq!(covers(&pattern, &path), matches(&letters(&pattern), &letters(&path)));
        }
    }
}
