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

    proptest! {
        #[test]
        fn agrees_with_the_definition(pattern in "[aAbé?*]{0,7}", name in "[abBéè]{0,8}") {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            prop_assert_eq!(matches(&pattern, &name), model(&chars(&pattern), &chars(&name)));
        }
    }
}
