//! Which names say that their value is a secret.

/// Words that name a secret, alone or as part of a longer name.
const SECRET: &str = "apikey apitoken authtoken credential credentials jwt passphrase passwd password passwords \
    privatekey pwd secret secretkey secrets token";

/// Two words that name a secret together.
const PAIRS: &[(&str, &str)] = &[
    ("access", "key"),
    ("account", "key"),
    ("api", "key"),
    ("auth", "key"),
    ("client", "key"),
    ("encryption", "key"),
    ("license", "key"),
    ("master", "key"),
    ("private", "key"),
    ("shared", "key"),
    ("signing", "key"),
];

/// Last words that make a name one about a secret, such as `SECRET_ARN` or `token_ttl`.
const ABOUT: &str = "algorithm alias arn arns audience bucket class config configuration count days duration \
    enabled encryption endpoint expiration expires expiry expression file format group header \
    host hours id ids in issuer kind label length location manager max method min minutes mode \
    name names param parameter path policy prefix provider ref reference region required \
    rotation scope scopes seconds size source spec state status store strategy suffix timeout \
    ttl type units update uri url usage use validity version";

/// First words that do the same, such as `max_tokens` or `use_secret`.
const QUALIFIED: &str = "allow disable enable has is kms max min public require use";

/// Whether a name such as `DB_PASSWORD`, `githubToken` or `api-key` says that its value is secret.
#[must_use]
pub fn is_secret(name: &str) -> bool {
    // `token.actions.githubusercontent.com:sub` is a condition key.
    if name.contains([':', '/']) {
        return false;
    }
    let words = words(name);
    let starts = words.first().is_some_and(|word| lists(QUALIFIED, word));
    let ends = words.last().is_some_and(|word| lists(ABOUT, word));
    if starts || ends {
        return false;
    }
    // `PGPASSWORD` is one word, and `DB_PASS` an abbreviation only at its end.
    let single = words.iter().any(|word| lists(SECRET, word) || word.ends_with("password"))
        || words.last().is_some_and(|word| word == "pass");
    let pair = words.windows(2).any(|pair| match pair {
        [first, second] => PAIRS.contains(&(first.as_str(), second.as_str())),
        _ => false,
    });
    single || pair
}

fn lists(words: &str, word: &str) -> bool {
    words.split(' ').any(|listed| listed == word)
}

/// The words of a name in lower case, split at separators and at camel case.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut previous_lower = false;
    for character in name.chars() {
        let breaks = !character.is_alphanumeric() || (character.is_uppercase() && previous_lower);
        if breaks {
            words.push(String::new());
        }
        if character.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(character.to_lowercase());
        }
        previous_lower = character.is_lowercase();
    }
    // `password2` is one of several.
    let without_number =
        |word: String| word.trim_end_matches(|digit: char| digit.is_ascii_digit()).to_owned();
    words.into_iter().map(without_number).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_recognised_in_every_case() {
        for name in [
            "GH_TOKEN",
            "db_password",
            "githubToken",
            "api-key",
            "JWT_SECRET",
            "POSTGRES_PWD",
            "AWS_SECRET_ACCESS_KEY",
            "PGPASSWORD",
            "password2",
            "DB_PASS",
        ] {
            assert!(is_secret(name), "{name}");
        }
    }

    #[test]
    fn names_about_secrets_are_not() {
        for name in [
            "SECRET_ARN",
            "token_ttl",
            "max_tokens",
            "password_length",
            "kms_key_id",
            "secret_id",
            "key_name",
            "GH_REPO",
            "bypass",
            "token.actions.githubusercontent.com:sub",
            "",
            "public_key",
            "secret_string_wo_version",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
