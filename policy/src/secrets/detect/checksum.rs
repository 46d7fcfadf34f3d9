//! What tokens say about themselves: checksums, accounts.

use super::Check;

/// What a value of a vendor's form says.
pub(super) fn check(value: &str) -> Check {
    let github = ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].iter().any(|prefix| value.starts_with(prefix));
    if (github && value.len() == 40) || (value.starts_with("npm_") && value.len() == 40) {
        return base62(value);
    }
    match value.get(..4) {
        Some("AKIA" | "ASIA") => account(value).map_or(Check::None, Check::Account),
        _ => Check::None,
    }
}

/// GitHub's tokens, and npm's after them, end with the CRC-32 of the thirty characters before it in
/// base 62 (github.blog, "Behind GitHub's new authentication token formats").
fn base62(value: &str) -> Check {
    const DIGITS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let (Some(random), Some(written)) = (value.get(4..34), value.get(34..)) else {
        return Check::None;
    };
    let digit = |byte: u8| DIGITS.iter().position(|digit| *digit == byte);
    let number = written
        .bytes()
        .try_fold(0_usize, |number, byte| number.checked_mul(DIGITS.len())?.checked_add(digit(byte)?));
    let crc = usize::try_from(crc32fast::hash(random.as_bytes())).ok();
    if number.is_some() && number == crc { Check::Agrees } else { Check::Disagrees }
}

/// The account in a key id: bits 1 to 40 of what follows the prefix, in base 32, if bit 0 is set
/// (Tal Be'ery, "A short note on AWS KEY ID"; WithSecure, "A bitwise analysis of AWS access key
/// identifiers").
fn account(value: &str) -> Option<u64> {
    let bits = value.bytes().skip(4).take(9).try_fold(0_u64, |bits, byte| {
        let digit = match byte {
            b'A'..=b'Z' => byte.checked_sub(b'A')?,
            b'2'..=b'7' => byte.checked_sub(b'2')?.checked_add(26)?,
            _ => return None,
        };
        Some((bits << 5) | u64::from(digit))
    })?;
    // Nine digits are 45 bits: the first one, forty of the account, four more.
    let account = (bits >> 4) & 0xff_ffff_ffff;
    (bits >> 44 == 1 && account < 1_000_000_000_000).then_some(account)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_of_github_is_verified() {
        // The published example of a token that is revoked.
        let random = "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ";
        assert_eq!(check(&format!("ghp_{random}0mLq17")), Check::Agrees);
        assert_eq!(check(&format!("ghp_{random}0mLq18")), Check::Disagrees);
        assert_eq!(check(&format!("npm_{random}______")), Check::Disagrees);
    }

    #[test]
    fn a_new_key_id_names_its_account_and_an_old_one_does_not() {
        // The example of the note.
        assert_eq!(check(concat!("ASIA", "Y34FZKBOKMUTVV7A")), Check::Account(609_629_065_308));
        assert_eq!(check("AKIAIOSFODNN7EXAMPLE"), Check::None);
        assert_eq!(check("AKIA"), Check::None);
    }
}
