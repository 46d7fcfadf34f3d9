//! How a secret is spoken of: never whole.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// A secret by its kind, at most its first four characters and a fingerprint.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    /// What it is, such as `GitHub token`.
    pub kind: String,
    /// Its first characters: four if they are less than a quarter of it, else none.
    pub prefix: String,
    /// Twelve hexadecimal digits of the SHA-256 of its sort and itself: enough to recognise it, for a
    /// suppression; the sort keeps it out of tables of digests of passwords.
    pub fingerprint: String,
    /// The value, so that renderers can keep it out of everything they write.
    pub(crate) value: String,
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}… {}", self.kind, self.prefix, self.fingerprint)
    }
}

impl Secret {
    /// Describes a value. The sort has the same name in every version, unlike the kind for readers.
    #[must_use]
    pub fn of(sort: &str, kind: impl Into<String>, value: &str) -> Secret {
        let prefix = if value.chars().count() > 16 { value.chars().take(4).collect() } else { String::new() };
        let digest = Sha256::new().chain_update(sort).chain_update([0]).chain_update(value).finalize();
        let fingerprint = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        Secret { kind: kind.into(), prefix, fingerprint, value: value.to_owned() }
    }

    /// Whether a text has the form of a fingerprint.
    pub(crate) fn is_fingerprint(text: &str) -> bool {
        text.len() == 12 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_secret_shows_nothing_of_itself() {
        assert_eq!(Secret::of("literal", "password", "hunter2").prefix, "");
    }

    #[test]
    fn a_fingerprint_depends_on_the_sort_and_the_value_alone() {
        let fingerprint = |sort, kind, value| Secret::of(sort, kind, value).fingerprint;
        let one = fingerprint("literal", "password", "hunter2");
        assert_eq!(one, fingerprint("literal", "another name", "hunter2"));
        assert_ne!(one, fingerprint("command", "password", "hunter2"));
        assert_ne!(one, fingerprint("literal", "password", "hunter3"));
    }
}
