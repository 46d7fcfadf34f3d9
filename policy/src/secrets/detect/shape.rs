//! What random strings look like.

use std::collections::BTreeMap;

/// Bits for each character, by how often each occurs (Shannon).
#[expect(clippy::cast_precision_loss, reason = "a secret has fewer than 2^52 characters")]
pub(super) fn entropy(value: &str) -> f64 {
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    for character in value.chars() {
        *counts.entry(character).or_default() += 1;
    }
    let length = value.chars().count() as f64;
    counts.values().map(|count| *count as f64 / length).map(|share| -share * share.log2()).sum()
}

/// Whether a value has letters and digits, as random ones of twenty characters or more nearly always
/// have (in base 62, one in thirty has no digit) and words have not.
pub(super) fn is_mixed(value: &str) -> bool {
    value.bytes().any(|byte| byte.is_ascii_digit()) && value.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Fewer characters than these are not judged: a name of words and numbers may look random.
const SHORT: usize = 20;

/// Whether a string is one random word: of base 64 with small letters, capitals and digits in turn, or
/// of small letters and digits without any word in it. Hexadecimal ones are not: digests and
/// identifiers are as random.
#[must_use]
pub fn is_random(value: &str) -> bool {
    let is_base64 =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_');
    if value.len() < SHORT
        || !value.bytes().all(is_base64)
        || value.bytes().all(|byte| byte.is_ascii_hexdigit())
    {
        return false;
    }
    let class = |byte: u8| match byte {
        b'a'..=b'z' => 0,
        b'A'..=b'Z' => 1,
        b'0'..=b'9' => 2,
        _ => 3,
    };
    let classes: Vec<u8> = value.bytes().map(class).collect();
    let has = |class: u8| classes.contains(&class);
    let changes = classes.iter().zip(classes.iter().skip(1)).filter(|(a, b)| a != b).count();
    let changes_of = |share: usize| changes.saturating_mul(100) > value.len().saturating_mul(share);
    if has(0) && has(1) && has(2) {
        // Random strings of base 62 change with 62 of 100 characters; names in camel case with 25.
        return changes_of(40) && entropy(value) > 3.5;
    }
    // With 40 of 100; words with numbers between them, such as `web-2-prod`, have separators.
    has(0) != has(1) && has(2) && !has(3) && changes_of(28) && entropy(value) > 3.3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_words_are_random() {
        for value in ["x9Kd83jFq0Lm22ZpQ7vT", "Zm9vYmFy/K7MDENG+bPxRfiCY1k2", "q7d2k9x1m4v8b3z6t5w0"] {
            assert!(is_random(value), "{value}");
        }
    }

    #[test]
    fn words_digests_and_short_ones_are_not() {
        for value in [
            "",
            "x9Kd83jF",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "runtimeEnvironmentVariables2",
            "web-2-prod-us-east-1-blue-4",
            "AmazonEC2ContainerServiceforEC2Role",
            "arn:aws:iam::111122223333:role/x9Kd83jFq0Lm22ZpQ7vT",
        ] {
            assert!(!is_random(value), "{value}");
        }
    }

    #[test]
    fn entropy_is_bits_for_each_character() {
        assert!((entropy("abcd") - 2.0).abs() < 1e-9 && entropy("aaaa").abs() < 1e-9);
    }
}
