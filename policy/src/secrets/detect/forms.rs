//! Secrets that are recognised by their form alone.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Regex, RegexSet};

use super::quiet::is_quiet_token;
use crate::text::Text;

/// Which rule a form belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A token whose vendor gave it a recognisable form.
    VendorToken,
    /// A private key in PEM.
    PrivateKey,
    /// A password in a URL or connection string.
    UrlPassword,
    /// A signed JSON Web Token.
    JsonWebToken,
    /// A credential in an HTTP `Authorization` header.
    AuthorizationHeader,
}

/// A secret found in a text.
#[derive(Clone, Debug)]
pub struct Match {
    /// Which rule it belongs to.
    pub kind: Kind,
    /// What it is, for a reader.
    pub what: &'static str,
    /// Where in the decoded text.
    pub range: Range<usize>,
}

/// Kind, what it is, and a pattern whose group 1 is the secret.
type Form = (Kind, &'static str, &'static str);

/// The forms, each from its vendor's documentation.
static FORMS: &[Form] = &[
    // docs.github.com, "About authentication to GitHub", token formats
    (Kind::VendorToken, "GitHub token", r"\b(gh[pousr]_[A-Za-z0-9]{36,251})\b"),
    (Kind::VendorToken, "GitHub fine-grained token", r"\b(github_pat_[A-Za-z0-9_]{36,251})\b"),
    // docs.gitlab.com, "GitLab token overview", token prefixes
    (Kind::VendorToken, "GitLab token", r"\b(gl(?:pat|dt|rt|ptt|agent|oas|soat)-[A-Za-z0-9_-]{20,})"),
    // docs.aws.amazon.com, "IAM identifiers", unique id prefixes
    (Kind::VendorToken, "AWS access key id", r"\b((?:AKIA|ASIA)[A-Z2-7]{16})\b"),
    // docs.anthropic.com, "API keys"
    (Kind::VendorToken, "Anthropic API key", r"\b(sk-ant-[A-Za-z0-9_-]{20,})"),
    // platform.openai.com, "API keys"
    (
        Kind::VendorToken,
        "OpenAI API key",
        r"\b(sk-(?:proj-|svcacct-|admin-)[A-Za-z0-9_-]{32,}|sk-[A-Za-z0-9]{40,})",
    ),
    // api.slack.com, "Token types" and "Incoming webhooks"
    (Kind::VendorToken, "Slack token", r"\b(xox[abeoprs]-[A-Za-z0-9-]{10,})"),
    (Kind::VendorToken, "Slack app token", r"\b(xapp-[0-9]-[A-Za-z0-9-]{10,})"),
    (
        Kind::VendorToken,
        "Slack webhook",
        r"hooks\.slack\.com/(?:services|workflows)/(T[A-Z0-9]{6,}/[A-Z0-9]{6,}/[A-Za-z0-9]{16,})",
    ),
    // docs.stripe.com, "API keys"
    (Kind::VendorToken, "Stripe key", r"\b((?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,})"),
    (Kind::VendorToken, "Stripe webhook secret", r"\b(whsec_[A-Za-z0-9+/=]{24,})"),
    // cloud.google.com, "API keys" and "OAuth client"
    (Kind::VendorToken, "Google API key", r"\b(AIza[A-Za-z0-9_-]{35})"),
    (Kind::VendorToken, "Google OAuth client secret", r"\b(GOCSPX-[A-Za-z0-9_-]{28})"),
    // docs.sendgrid.com, "API keys"
    (Kind::VendorToken, "SendGrid API key", r"\b(SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64})"),
    // docs.npmjs.com, "About access tokens"
    (Kind::VendorToken, "npm token", r"\b(npm_[A-Za-z0-9]{36})\b"),
    // pypi.org/help, "API tokens"
    (Kind::VendorToken, "PyPI token", r"\b(pypi-[A-Za-z0-9_-]{50,})"),
    // huggingface.co/docs, "User access tokens"
    (Kind::VendorToken, "Hugging Face token", r"\b(hf_[A-Za-z0-9]{30,})\b"),
    // docs.digitalocean.com, "Personal access tokens"
    (Kind::VendorToken, "DigitalOcean token", r"\b(do[opr]_v1_[0-9a-f]{64})\b"),
    // developer.hashicorp.com, "Tokens" of Vault and HCP Terraform
    (Kind::VendorToken, "Vault token", r"\b(hv[sbr]\.[A-Za-z0-9_-]{24,})"),
    (Kind::VendorToken, "HCP Terraform token", r"\b([A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,})"),
    // docs.databricks.com, "Personal access tokens"
    (Kind::VendorToken, "Databricks token", r"\b(dapi[0-9a-f]{32})"),
    // shopify.dev, "Access tokens"
    (Kind::VendorToken, "Shopify token", r"\b(shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32})\b"),
    // docs.docker.com, "Personal access tokens"
    (Kind::VendorToken, "Docker Hub token", r"\b(dckr_(?:pat|oat)_[A-Za-z0-9_-]{27,})"),
    // grafana.com/docs, "Service accounts"
    (Kind::VendorToken, "Grafana token", r"\b(glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8})\b"),
    // docs.newrelic.com, "API keys"
    (Kind::VendorToken, "New Relic key", r"\b(NRAK-[A-Z0-9]{27})\b"),
    // core.telegram.org/bots, "Authorizing your bot"
    (Kind::VendorToken, "Telegram bot token", r"\b([0-9]{8,10}:AA[A-Za-z0-9_-]{33})\b"),
    // learn.microsoft.com, "Configure Azure Storage connection strings"
    (Kind::VendorToken, "Azure storage key", r"AccountKey=([A-Za-z0-9+/]{86}==)"),
    // RFC 7468
    (
        Kind::PrivateKey,
        "private key",
        r"(-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----|\z))",
    ),
    // RFC 3986, "User information"
    (Kind::UrlPassword, "password in a URL", r#"[A-Za-z][A-Za-z0-9+.-]*://[^\s:/?#@"']*:([^\s/?#@"']+)@"#),
    // learn.microsoft.com, "Connection string syntax"; libpq, "Connection Strings"
    (
        Kind::UrlPassword,
        "password in a connection string",
        r#"(?i)(?:server|host|data source|user id|uid|user)\s*=[^=\n]*[;\s](?:[^\n]*[;\s])?(?:password|pwd)\s*=\s*([^\s;"']+)"#,
    ),
    // RFC 7519 and RFC 7515: both the header and the claims begin with `{"`
    (
        Kind::JsonWebToken,
        "JSON Web Token",
        r"\b(eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{16,})",
    ),
    // RFC 7617 and RFC 6750
    (
        Kind::AuthorizationHeader,
        "basic-auth credential",
        r"(?i)\bauthorization\b[^A-Za-z0-9]{1,6}basic\s+([A-Za-z0-9+/]{8,}={0,2})",
    ),
    (
        Kind::AuthorizationHeader,
        "bearer credential",
        r"(?i)\bauthorization\b[^A-Za-z0-9]{1,6}bearer\s+([A-Za-z0-9._~+/-]{16,}=*)",
    ),
];

static PATTERNS: LazyLock<(RegexSet, Vec<Option<Regex>>)> = LazyLock::new(|| {
    let patterns = FORMS.iter().map(|(_, _, pattern)| *pattern);
    // A test compiles every pattern, so neither fallback is ever taken.
    let set = RegexSet::new(patterns.clone()).unwrap_or_else(|_| RegexSet::empty());
    (set, patterns.map(|pattern| Regex::new(pattern).ok()).collect())
});

/// The secrets in a text. What is unknown in the text is never part of one.
#[must_use]
pub fn find(text: &Text) -> Vec<Match> {
    let (set, patterns) = &*PATTERNS;
    let mut found: Vec<Match> = Vec::new();
    for index in set.matches(text.as_str()) {
        let (Some((kind, what, _)), Some(Some(pattern))) = (FORMS.get(index), patterns.get(index)) else {
            continue; // the three tables have the same length
        };
        for captures in pattern.captures_iter(text.as_str()) {
            let Some(secret) = captures.get(1) else {
                continue; // every pattern has its group
            };
            let range = secret.range();
            let overlaps =
                found.iter().any(|other| other.range.start < range.end && range.start < other.range.end);
            if !overlaps && !text.has_hole(range.clone()) && !is_none(*kind, secret.as_str()) {
                found.push(Match { kind: *kind, what, range });
            }
        }
    }
    found
}

fn is_none(kind: Kind, value: &str) -> bool {
    match kind {
        Kind::VendorToken => is_quiet_token(value),
        Kind::UrlPassword => super::is_quiet(value) || value.starts_with('$'),
        Kind::AuthorizationHeader => value.starts_with('$') || is_quiet_token(value),
        Kind::PrivateKey | Kind::JsonWebToken => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert_eq!(PATTERNS.0.len(), FORMS.len());
        assert!(PATTERNS.1.iter().all(Option::is_some));
    }
}
