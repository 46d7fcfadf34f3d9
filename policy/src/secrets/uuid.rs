//! UUIDs: mostly ids, and keys of some vendors.

use super::names::words;

/// Whether a text has the form of a UUID (RFC 9562, section 4).
pub(super) fn is_uuid(text: &str) -> bool {
    text.split('-').map(str::len).eq([8, 4, 4, 4, 12])
        && text.chars().all(|character| character.is_ascii_hexdigit() || character == '-')
}

/// Whether a value is a UUID under a name that asks for a key.
pub(super) fn is_key(name: &str, value: &str) -> bool {
    is_uuid(value) && !stands_for_none(value) && may_be_uuid(name)
}

/// `00000000-0000-0000-0000-000000000000`.
fn stands_for_none(uuid: &str) -> bool {
    let mut digits = uuid.chars().filter(|character| *character != '-');
    let first = digits.next();
    digits.all(|digit| Some(digit) == first)
}

/// Whether what stands under the name of a secret may be a UUID: vendors hand out such keys, and the services that a
/// token identifies a request to (`ClientToken`), that keep keys (AWS KMS) or credentials (Jenkins) hand out such ids.
#[must_use]
fn may_be_uuid(name: &str) -> bool {
    let words = words(name);
    let is_of = |listed: &[&str], word: &String| listed.contains(&word.as_str());
    words.last().is_some_and(|word| is_of(&["apikey", "key", "password", "secret", "token"], word))
        && !words.iter().any(|word| {
            is_of(
                &["creation", "encryption", "idempotency", "kms", "master", "request", "session", "storage"],
                word,
            )
        })
        && words != ["client", "token"]
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "123e4567-e89b-12d3-a456-426614174000";

    #[test]
    fn a_uuid_is_a_key_where_one_is_asked_for() {
        for name in ["SNYK_TOKEN", "private_key", "api-key", "AZURE_CLIENT_SECRET"] {
            assert!(is_key(name, UUID), "{name}");
        }
        for name in ["client_token", "creation_token", "ClientRequestToken", "kms_key", "credential", ""] {
            assert!(!is_key(name, UUID), "{name}");
        }
    }

    #[test]
    fn what_is_no_uuid_or_stands_for_none_is_no_key() {
        for value in ["", "hunter2", "123e4567", "00000000-0000-0000-0000-000000000000"] {
            assert!(!is_key("SNYK_TOKEN", value), "{value}");
        }
    }
}
