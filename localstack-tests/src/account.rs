//! AWS accounts: LocalStack takes a twelve-digit access key for one, so every deployment has its own.

use std::fmt;
use std::hash::{BuildHasher, RandomState};

/// A twelve-digit account number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Account(String);

impl Account {
    /// An account that nobody else uses: random, so that separate test processes can share one emulator.
    pub fn fresh() -> Account {
        // The standard library seeds every `RandomState` differently, in every process.
        Account::numbered(RandomState::new().hash_one(std::process::id()))
    }

    /// The account with this number, cut to twelve digits.
    pub fn numbered(number: u64) -> Account {
        Account(format!("{:012}", number % 1_000_000_000_000))
    }

    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fresh_accounts_are_twelve_digits_and_differ() {
        let (one, other) = (Account::fresh(), Account::fresh());
        assert!(one.as_str().len() == 12 && one.as_str().bytes().all(|byte| byte.is_ascii_digit()));
        assert_ne!(one, other);
    }
}
