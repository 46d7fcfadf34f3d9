//! Path patterns: which requests a behavior is for.

/// The longest pattern (Amazon CloudFront Developer Guide, "Cache behavior settings": Path pattern).
const LONGEST: usize = 255;

/// What is wrong with a pattern; nothing where it can be used (the same page).
pub(super) fn fault(pattern: &str) -> Option<String> {
    let legal = |c: char| c.is_ascii_alphanumeric() || "_-.*$/~\"'@:+&?".contains(c);
    if pattern.is_empty() || pattern.len() > LONGEST {
        return Some(format!("write 1 to {LONGEST} characters, such as `/files/*`"));
    }
    if let Some(other) = pattern.chars().find(|c| !legal(*c)) {
        return Some(format!("`{}` is no character of a path pattern", other.escape_debug()));
    }
    (plain(pattern) == "*")
        .then(|| "that is every request: make it the distribution's own behavior".to_owned())
}

/// The pattern without the `/` at its beginning, which means nothing (Amazon CloudFront API Reference,
/// "CacheBehavior": PathPattern).
fn plain(pattern: &str) -> &str {
    pattern.strip_prefix('/').unwrap_or(pattern)
}

/// The beginning of the path, without `/`, that every request of a pattern has.
pub(super) fn prefix(pattern: &str) -> &str {
    let pattern = plain(pattern);
    pattern.find(['*', '?']).and_then(|wildcard| pattern.get(..wildcard)).unwrap_or(pattern)
}

/// Whether every request of the later pattern is one of the first, which is asked before it: `*` is any number of
/// characters, `?` is one.
pub(super) fn covers(first: &str, later: &str) -> bool {
    let later: Vec<char> = plain(later).chars().collect();
    // For each end of the later pattern: whether it is covered by what of the first one was not looked at yet.
    let mut covered: Vec<bool> = (0..=later.len()).map(|at| at == later.len()).collect();
    for wanted in plain(first).chars().rev() {
        let mut longer = vec![false; covered.len()];
        for at in (0..covered.len()).rev() {
            let next = later.get(at).copied();
            let rest = |of: &[bool], at: usize| of.get(at).copied().unwrap_or(false);
            let now = match (wanted, next) {
                ('*', Some(_)) => rest(&covered, at) || rest(&longer, at + 1),
                ('*', None) => rest(&covered, at),
                (_, None | Some('*')) => false,
                ('?', Some(_)) => rest(&covered, at + 1),
                (wanted, Some(next)) => wanted == next && rest(&covered, at + 1),
            };
            if let Some(cell) = longer.get_mut(at) {
                *cell = now;
            }
        }
        covered = longer;
    }
    covered.first().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    /// The slow model: a pattern as a regular expression.
    fn matches(pattern: &str, path: &str) -> bool {
        let regex = plain(pattern).chars().map(|c| match c {
            '*' => ".*".to_owned(),
            '?' => ".".to_owned(),
            other => regex::escape(&other.to_string()),
        });
        Regex::new(&format!("^{}$", regex.collect::<String>())).unwrap().is_match(path)
    }

    proptest! {
        #[test]
        fn a_covered_pattern_has_no_request_of_its_own(
            first in "/?[ab*?]{0,5}", later in "/?[ab*?]{0,5}", path in "[abc]{0,6}"
        ) {
            if covers(&first, &later) && matches(&later, &path) {
                prop_assert!(matches(&first, &path), "{} {} {}", first, later, path);
            }
        }

        #[test]
        fn a_pattern_without_wildcards_is_covered_by_whatever_matches_it(
            first in "/?[ab*?]{0,6}", path in "[ab]{0,6}"
        ) {
            prop_assert_eq!(covers(&first, &path), matches(&first, &path));
        }

        #[test]
        fn every_request_begins_with_the_prefix(pattern in "/?[ab/]{0,4}[*?]?[ab*?]{0,3}", path in "[ab/]{0,6}") {
            if matches(&pattern, &path) {
                prop_assert!(path.starts_with(prefix(&pattern)), "{} {}", pattern, path);
            }
        }
    }
}
