//! IAM's globs: `*` is any run of characters, `?` any one (IAM user guide, "Wildcards").

/// Whether a pattern matches a name, without case, as IAM compares actions.
#[must_use]
pub fn matches(pattern: &str, name: &str) -> bool {
    let (letters, bytes) = (pattern.as_bytes(), name.as_bytes());
    let (mut at, mut in_name) = (0_usize, 0_usize);
    // The last star, and how much of the name it takes: one more each time the rest fails.
    let mut star: Option<(usize, usize)> = None;
    while let Some(byte) = bytes.get(in_name) {
        match letters.get(at) {
            Some(b'*') => {
                star = Some((at, in_name));
                at = at.saturating_add(1);
            }
            Some(b'?') if name.is_char_boundary(in_name) => {
                at = at.saturating_add(1);
                in_name = next_character(name, in_name);
            }
            Some(expected) if *expected != b'?' && expected.eq_ignore_ascii_case(byte) => {
                at = at.saturating_add(1);
                in_name = in_name.saturating_add(1);
            }
            _ => {
                let Some((place, taken)) = star else {
                    return false;
                };
                let taken = taken.saturating_add(1);
                star = Some((place, taken));
                at = place.saturating_add(1);
                in_name = taken;
            }
        }
    }
    letters.iter().skip(at).all(|left| *left == b'*')
}

fn next_character(text: &str, at: usize) -> usize {
    let after = at.saturating_add(1);
    (after..text.len()).find(|place| text.is_char_boundary(*place)).unwrap_or(text.len())
}

/// Stands in a pattern for any run of characters without `/`: U+0001, which no name has.
pub(super) const SEGMENT: char = '\u{1}';

/// Stands in a pattern for any run of characters without `:`, a part of an ARN.
pub(super) const PART: char = '\u{2}';

/// What a wildcard for runs of characters does not take; nothing if it is none.
fn run(character: char) -> Option<Option<char>> {
    match character {
        '*' => Some(None),
        SEGMENT => Some(Some('/')),
        PART => Some(Some(':')),
        _ => None,
    }
}

/// Whether some name matches both patterns, case considered.
#[must_use]
pub fn overlap(one: &str, other: &str) -> bool {
    if let Some(decided) = in_front(one, other) {
        return decided;
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let takes_nothing = |character: &char| run(*character).is_some();
    // Whether the rest of one from here on and each rest of the other have a name in common; the last row is that of no rest.
    let mut below: Vec<bool> = (0..=other.len()).map(|at| other.iter().skip(at).all(takes_nothing)).collect();
    for (at, here) in one.iter().enumerate().rev() {
        let mut row = vec![one.iter().skip(at).all(takes_nothing)];
        for (column, there) in other.iter().enumerate().rev() {
            let right = row.last().copied().unwrap_or(false);
            let down = below.get(column).copied().unwrap_or(false);
            let across = below.get(column.saturating_add(1)).copied().unwrap_or(false);
            row.push(match (run(*here), run(*there)) {
                (Some(_), Some(_)) => right || down,
                (Some(except), None) => down || (except != Some(*there) && right),
                (None, Some(except)) => right || (except != Some(*here) && down),
                (None, None) => (*here == '?' || *there == '?' || here == there) && across,
            });
        }
        row.reverse();
        below = row;
    }
    below.first().copied().unwrap_or(false)
}

/// Whether some name matches both, where that shows before a wildcard that takes a part only of what the other one has:
/// nearly always.
fn in_front(mut one: &str, mut other: &str) -> Option<bool> {
    let is_wild = |character: char| character == '?' || run(character).is_some();
    loop {
        let (mut here, mut there) = (one.chars(), other.chars());
        let (Some(first), Some(second)) = (here.next(), there.next()) else {
            return if one == other { Some(true) } else { None };
        };
        // The rest of the other one, whatever that is, has names.
        if one == "*" || other == "*" {
            return Some(true);
        }
        // A whole part of an ARN is taken by what stands for one.
        if first == PART
            && here.as_str().starts_with(':')
            && let Some((part, _)) = other.split_once(':')
            && !part.contains(is_wild)
        {
            (one, other) = (here.as_str(), other.get(part.len()..).unwrap_or_default());
            continue;
        }
        if is_wild(first) || is_wild(second) {
            return None;
        }
        if first != second {
            return Some(false);
        }
        (one, other) = (here.as_str(), there.as_str());
    }
}

/// Whether a text has a wildcard.
#[must_use]
pub fn is_wild(text: &str) -> bool {
    text.contains(['*', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition, slow: try every length for a star.
    fn model(pattern: &[char], name: &[char]) -> bool {
        match (pattern.split_first(), name.split_first()) {
            (None, None) => true,
            (Some(('*', rest)), _) => (0..=name.len()).any(|taken| model(rest, &name[taken..])),
            (Some((p, rest)), Some((n, left))) => {
                (*p == '?' || p.eq_ignore_ascii_case(n)) && model(rest, left)
            }
            _ => false,
        }
    }

    #[test]
    fn a_segment_has_no_slash() {
        assert!(overlap("s3:::\u{1}", "s3:::bucket") && !overlap("s3:::\u{1}", "s3:::bucket/*"));
        assert!(overlap("s3:::\u{1}", "s3:::*") && overlap("\u{1}/*", "s3:::bucket/key"));
    }

    proptest! {
        #[test]
        fn patterns_overlap_where_a_name_matches_both(one in "[ab?*]{0,4}", other in "[ab?*]{0,4}") {
            // Patterns of so many characters that overlap do so in a name of that length.
            let names = |length: u32| (0..2_u32.pow(length)).map(move |bits| {
                (0..length).map(|at| if bits >> at & 1 == 1 { 'a' } else { 'b' }).collect::<String>()
            });
            let both = (0..=8).flat_map(names).any(|name| matches(&one, &name) && matches(&other, &name));
            prop_assert_eq!(overlap(&one, &other), both);
        }

        #[test]
        fn agrees_with_the_definition(pattern in "[aAbé?*]{0,7}", name in "[abBéè]{0,8}") {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            prop_assert_eq!(matches(&pattern, &name), model(&chars(&pattern), &chars(&name)));
        }
    }
}
