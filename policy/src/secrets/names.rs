//! Which names say that their value is a secret.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// Words that are looked for in every name.
type Words = LazyLock<BTreeSet<&'static str>>;

/// Words that name a secret, alone or as part of a longer name.
static SECRET: Words = LazyLock::new(|| {
    listed(
        "accesskey apikey apisecret apitoken authtoken bearer clientsecret credential credentials cred creds \
    jwt passcode passphrase passwd password passwords privatekey psk pswd pwd secret secretkey secrets token",
    )
});

/// Endings of words that were written without a separator, such as `PGPASSWORD` and `dbpasswd`.
const ENDINGS: &[&str] = &["apikey", "passphrase", "passwd", "password", "pwd", "secretkey"];

/// Words that name a secret only at the end of a name: `DB_PASS`, `GITHUB_PAT`.
static LAST: Words = LazyLock::new(|| listed("pass pat pw"));

/// What one of stands in every name of a secret.
const STEMS: &[&str] = &[
    "auth", "bearer", "cred", "jwt", "key", "pass", "pat", "psk", "pswd", "pw", "secret", "token", "verify",
];

/// Words that a secret is often near: what looks random under such a name is one.
static HINTS: Words = LazyLock::new(|| {
    listed(
        "auth authorization cookie encryption hmac key keys license nonce oauth pepper salt session sas seed \
    signature signing tokens",
    )
});

/// Two words that name a secret together.
const PAIRS: &[(&str, &str)] = &[
    ("access", "key"),
    ("access", "tokens"),
    ("account", "key"),
    ("admin", "key"),
    ("api", "key"),
    ("api", "tokens"),
    ("app", "key"),
    ("application", "key"),
    ("auth", "key"),
    ("auth", "tokens"),
    ("basic", "auth"),
    ("client", "key"),
    ("consumer", "key"),
    ("deploy", "key"),
    ("deploy", "tokens"),
    ("encryption", "key"),
    ("hmac", "key"),
    ("license", "key"),
    ("integration", "key"),
    ("master", "key"),
    // What CloudFront sends to its origin (Elastic Load Balancing user guide, "Restrict access to Application Load Balancers").
    ("origin", "verify"),
    ("personal", "key"),
    ("preshared", "key"),
    ("private", "key"),
    ("sdk", "key"),
    ("service", "key"),
    ("session", "key"),
    ("shared", "key"),
    ("signing", "key"),
    ("storage", "key"),
    ("subscription", "key"),
    ("webhook", "key"),
];

/// Last words that make a name one about a secret, such as `SECRET_ARN` or `token_ttl`.
static ABOUT: Words = LazyLock::new(|| {
    listed(
        "action address age algorithm alias alphabet arn arns at attempts attribute audience backend branch bucket by cache \
    changed characters chars charset check checksum class claim column command commit complexity config configuration count created date days delay description \
    digest dir directory domain driver duration email enabled encrypted encoding encryption endpoint engine error etag exists \
    expiration expired expires expiry expression fd field file fingerprint flow folder for format function generator group handler hash \
    header help hint hook host hours id identifier ids in index input interval issuer kind label length level lifetime limit \
    link list location login manager mask max md5 message metadata method min minutes mode name names number of \
    option options owner param parameter parameters path pattern payload permission permissions placeholder policies \
    policy port position prefix presence prompt property protocol provider pub public publishable query question queue rate ref reference regex \
    region regexp required release reset resource response revision role rotation rule rules schedule schema scope scopes screen \
    seconds selector separator sha sha1 sha256 sha512 server sid size sizes slot source span spec stage state status stdin store strategy strength \
    subject subnet suffix table template text thumbprint thumbprints time timeout title topic trace ttl type types unit units update \
    uri url urls usage use user username users validation validity version versions warning",
    )
});

/// First words that do the same, such as `max_tokens` or `use_secret`.
static QUALIFIED: Words =
    LazyLock::new(|| listed("allow disable enable has is kms max min public require use"));

/// Whether a name such as `DB_PASSWORD`, `githubToken` or `api-key` says that its value is secret.
#[must_use]
pub fn is_secret(name: &str) -> bool {
    // `token.actions.githubusercontent.com:sub` is a condition key.
    if name.contains([':', '/']) || is_about(name) {
        return false;
    }
    let words = words(name);
    let is_one = |word: &String| lists(&SECRET, word) || ENDINGS.iter().any(|ending| word.ends_with(ending));
    let single = words.iter().any(is_one) || words.last().is_some_and(|word| lists(&LAST, word));
    let pair = words.windows(2).any(|pair| match pair {
        [first, second] => PAIRS.contains(&(first.as_str(), second.as_str())),
        _ => false,
    });
    single || pair
}

/// Whether a text may have a name in it that says that its value is secret: not where it has none of their parts.
pub(super) fn may_name_secret(text: &str) -> bool {
    static PARTS: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(STEMS).ok());
    PARTS.as_ref().is_none_or(|parts| parts.is_match(text))
}

/// Whether a word is itself one of the words for a secret, such as `password`.
#[must_use]
pub fn is_word_for_secret(word: &str) -> bool {
    lists(&SECRET, &word.to_ascii_lowercase())
}

/// Whether a name is one about a secret: of where it is, how it is made, how long it is valid.
#[must_use]
pub fn is_about(name: &str) -> bool {
    let words = words(name);
    let starts = words.first().is_some_and(|word| lists(&QUALIFIED, word));
    let ends = words.last().is_some_and(|word| lists(&ABOUT, word));
    starts || ends || names_another(&words) || names_cookie(&words)
}

/// `CSRF_TOKEN_COOKIE`: what the cookie is called that the token is in.
fn names_cookie(words: &[String]) -> bool {
    matches!(words, [.., before, last] if last == "cookie" && matches!(before.as_str(), "csrf" | "token" | "xsrf"))
}

/// Whether each value under a name is a secret, whatever its own key: `user_passwords = { alice = "…" }`.
pub(super) fn holds_secrets(name: &str) -> bool {
    let end = name.len().saturating_sub("passwords".len());
    name.get(end..).is_some_and(|last| last.eq_ignore_ascii_case("passwords"))
}

/// `existingSecret`, `envFromSecret`, `imagePullSecrets`: Helm's and Kubernetes' words for a secret that is named there.
fn names_another(words: &[String]) -> bool {
    match words {
        [before @ .., last] if matches!(last.as_str(), "secret" | "secrets") => {
            before.iter().any(|word| matches!(word.as_str(), "existing" | "external" | "from" | "pull"))
        }
        _ => false,
    }
}

/// Whether a name is one of those that secrets stand under among other things, such as `hmac` or
/// `session_key`.
#[must_use]
pub fn hints_at_secret(name: &str) -> bool {
    !is_about(name) && words(name).iter().any(|word| lists(&HINTS, word))
}

fn lists(words: &Words, word: &str) -> bool {
    words.contains(word)
}

fn listed(words: &'static str) -> BTreeSet<&'static str> {
    words.split(' ').collect()
}

/// The words of a name in lower case, split at separators and at camel case.
pub(super) fn words(name: &str) -> Vec<String> {
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
            "dbpasswd",
            "GITHUB_PAT",
            "ocp_apim_subscription_key",
            "spring.datasource.password",
            "secret_key_base",
            "X-Origin-Verify",
            "HTTP_BASIC_AUTH",
            "LAUNCHDARKLY_SDK_KEY",
        ] {
            assert!(is_secret(name), "{name}");
        }
    }

    #[test]
    fn every_word_for_a_secret_has_a_part_that_is_looked_for() {
        let pairs = PAIRS.iter().map(|(_, last)| *last);
        for word in SECRET.iter().chain(LAST.iter()).chain(ENDINGS).copied().chain(pairs) {
            assert!(may_name_secret(&word.to_ascii_uppercase()), "{word}");
        }
        assert!(!may_name_secret(r#"{"Action":"sqs:SendMessage","Effect":"Allow"}"#));
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
            "password_policy",
            "password_hash",
            "token_endpoint",
            "forgot_password_message",
            "compat",
            "secret_string_wo_version",
            "token_lifetime",
            "password_chars",
            "password_last_changed",
            "existingSecret",
            "envFromSecret",
            "imagePullSecrets",
            "TOKEN_TABLE",
            "CSRF_TOKEN_COOKIE",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
