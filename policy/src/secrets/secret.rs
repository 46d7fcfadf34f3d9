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
    /// Twelve hexadecimal digits of its SHA-256: enough to recognise it, for a suppression.
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
    /// Describes a value.
    #[must_use]
    pub fn of(kind: impl Into<String>, value: &str) -> Secret {
        let prefix = if value.chars().count() > 16 { value.chars().take(4).collect() } else { String::new() };
        let digest = Sha256::digest(value.as_bytes());
        let fingerprint = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        Secret { kind: kind.into(), prefix, fingerprint, value: value.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_secret_shows_nothing_of_itself() {
        assert_eq!(Secret::of("password", "hunter2").prefix, "");
    }
}
