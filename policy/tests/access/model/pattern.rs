//! Patterns: one way or another for every star.

use super::Request;

/// A character of a pattern: a wildcard, or one that means itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Mark {
    Star,
    Question,
    Own(char),
}

pub(super) fn chars(text: &str) -> Vec<char> {
    text.chars().collect()
}

pub(super) fn pattern_text(pattern: &[Mark]) -> String {
    pattern.iter().map(|mark| if let Mark::Own(own) = mark { *own } else { '\u{0}' }).collect()
}

/// The pattern with its variables replaced; nothing if one has no value.
pub(super) fn substitute(pattern: &str, request: &Request, with_variables: bool) -> Option<Vec<Mark>> {
    let mut marks = Vec::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        if with_variables && rest.starts_with("${") && rest.contains('}') {
            let (inner, behind) = rest[2..].split_once('}').unwrap();
            rest = behind;
            let value = match inner {
                "*" | "?" | "$" => inner.to_owned(),
                _ => {
                    let (key, default) = match inner.split_once(", ") {
                        Some((key, default)) => (key, Some(default.trim_matches('\'').to_owned())),
                        None => (inner, None),
                    };
                    let given = request.context.get(&key.to_lowercase()).map(|values| values[0].clone());
                    given.or(default)?
                }
            };
            marks.extend(value.chars().map(Mark::Own));
            continue;
        }
        marks.push(match first {
            '*' => Mark::Star,
            '?' => Mark::Question,
            own => Mark::Own(own),
        });
        rest = &rest[first.len_utf8()..];
    }
    Some(marks)
}

pub(super) fn glob(pattern: &str, text: &str) -> bool {
    let marks: Vec<Mark> = pattern
        .chars()
        .map(|character| match character {
            '*' => Mark::Star,
            '?' => Mark::Question,
            own => Mark::Own(own),
        })
        .collect();
    marked_glob(&marks, &chars(text))
}

pub(super) fn marked_glob(pattern: &[Mark], text: &[char]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some((Mark::Star, rest)), _) => (0..=text.len()).any(|taken| marked_glob(rest, &text[taken..])),
        (Some((Mark::Question, rest)), Some((_, left))) => marked_glob(rest, left),
        (Some((Mark::Own(own), rest)), Some((first, left))) => own == first && marked_glob(rest, left),
        _ => false,
    }
}

/// The same for a resource: before the fifth colon of the pattern `?` is no colon, and `*` goes over
/// colons only where a colon or nothing follows it.
pub(super) fn resource_glob(pattern: &[Mark], text: &[char], colons: usize) -> bool {
    if colons == 5 {
        return marked_glob(pattern, text);
    }
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some((Mark::Star, rest)), _) => {
            let crosses =
                matches!(rest.iter().find(|mark| **mark != Mark::Star), None | Some(Mark::Own(':')));
            (0..=text.len())
                .filter(|taken| crosses || !text[..*taken].contains(&':'))
                .any(|taken| resource_glob(rest, &text[taken..], colons))
        }
        (Some((Mark::Question, rest)), Some((first, left))) => {
            *first != ':' && resource_glob(rest, left, colons)
        }
        (Some((Mark::Own(own), rest)), Some((first, left))) => {
            own == first && resource_glob(rest, left, colons + usize::from(*own == ':'))
        }
        _ => false,
    }
}
