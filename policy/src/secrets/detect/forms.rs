//! The forms of secrets that standards and vendors document, beyond the data set of vendors or wider
//! than it.

use super::Kind;

/// What says that a value is a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Evidence {
    /// Its own form.
    Form,
    /// The name before it; its own form is that of many other things.
    Name,
}

/// How one sort of secret is recognised.
#[derive(Debug)]
pub(super) struct Form {
    /// Which rule it belongs to.
    pub(super) kind: Kind,
    /// What it is, for a reader.
    pub(super) what: &'static str,
    /// What says so.
    pub(super) evidence: Evidence,
    /// So many bits has each of its characters at least.
    pub(super) least_entropy: f64,
    /// The group of the pattern that is the secret; 0 is the first one that takes part.
    pub(super) group: usize,
    /// Words of which every secret of the form has one, in small letters between commas.
    pub(super) keywords: &'static str,
    /// Its pattern.
    pub(super) pattern: &'static str,
}

/// A form that needs no more than its pattern.
pub(super) const fn form(
    kind: Kind,
    what: &'static str,
    keywords: &'static str,
    pattern: &'static str,
) -> Form {
    Form { kind, what, evidence: Evidence::Form, least_entropy: 0.0, group: 0, keywords, pattern }
}

const fn token(what: &'static str, keywords: &'static str, pattern: &'static str) -> Form {
    form(Kind::VendorToken, what, keywords, pattern)
}

const fn key(keywords: &'static str, pattern: &'static str) -> Form {
    form(Kind::PrivateKey, "private key", keywords, pattern)
}

/// Where two forms find the same characters, the one that comes first says what they are.
pub(super) static FORMS: &[Form] = &[
    // docs.github.com, "About authentication to GitHub", token formats
    token("GitHub token", "ghp_,gho_,ghu_,ghs_,ghr_", r"\b(gh[pousr]_[A-Za-z0-9]{36,251})\b"),
    token("GitHub fine-grained token", "github_pat_", r"\b(github_pat_[A-Za-z0-9_]{36,251})\b"),
    // docs.gitlab.com, "GitLab token overview", token prefixes
    token(
        "GitLab token",
        "glpat-,gldt-,glrt-,glptt-,glagent-,gloas-,glsoat-,glimt-,glcbt-,glft-,glffct-",
        r"\b(gl(?:pat|dt|rt|ptt|agent|oas|soat|imt|cbt|ft|ffct)-[A-Za-z0-9_.-]{20,})",
    ),
    // docs.aws.amazon.com, "IAM identifiers", unique id prefixes
    token("AWS access key id", "akia,asia", r"\b((?:AKIA|ASIA)[A-Z2-7]{16})\b"),
    // docs.aws.amazon.com, "Configuration and credential file settings": forty characters of base 64
    token(
        "AWS secret access key",
        "secret_access_key,secret-access-key,secretaccesskey,aws_secret,aws-secret",
        r#"(?i)secret[_-]?(?:access[_-]?)?key["']?\s{0,3}(?:=|:|=>|,|\s)\s{0,3}["']{0,2}([A-Za-z0-9/+]{40})(?:[^A-Za-z0-9/+=]|$)"#,
    ),
    // docs.anthropic.com, "API keys"
    token("Anthropic API key", "sk-ant-", r"\b(sk-ant-[A-Za-z0-9_-]{20,})"),
    // platform.openai.com, "API keys"
    token("OpenAI API key", "sk-", r"\b(sk-(?:proj-|svcacct-|admin-)[A-Za-z0-9_-]{32,}|sk-[A-Za-z0-9]{40,})"),
    // api.slack.com, "Token types" and "Incoming webhooks"
    token("Slack token", "xox", r"\b(xox[abeoprs]-[A-Za-z0-9-]{10,})"),
    token("Slack app token", "xapp-", r"\b(xapp-[0-9]-[A-Za-z0-9-]{10,})"),
    token(
        "Slack webhook",
        "hooks.slack.com",
        r"hooks\.slack\.com/(?:services|workflows|triggers)/(T[A-Z0-9]{6,}/[A-Z0-9]{6,}/[A-Za-z0-9]{16,})",
    ),
    // discord.com/developers/docs, "Webhook"
    token(
        "Discord webhook",
        "/api/webhooks/",
        r"discord(?:app)?\.com/api/webhooks/([0-9]{17,20}/[A-Za-z0-9_-]{60,})",
    ),
    // docs.stripe.com, "API keys"
    token(
        "Stripe key",
        "sk_live_,sk_test_,rk_live_,rk_test_",
        r"\b((?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,})",
    ),
    token("Stripe webhook secret", "whsec_", r"\b(whsec_[A-Za-z0-9+/=]{24,})"),
    // cloud.google.com, "API keys" and "OAuth client"
    token("Google API key", "aiza", r"\b(AIza[A-Za-z0-9_-]{35})"),
    token("Google OAuth client secret", "gocspx-", r"\b(GOCSPX-[A-Za-z0-9_-]{28})"),
    token("Google OAuth token", "ya29.,1//0", r"\b(ya29\.[A-Za-z0-9_-]{20,}|1//0[A-Za-z0-9_-]{40,})"),
    // docs.sendgrid.com, "API keys"
    token("SendGrid API key", "sg.", r"\b(SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64})"),
    // support.pagerduty.com, "Services and Integrations": whoever has the key of one opens incidents
    token(
        "PagerDuty integration key",
        "events.pagerduty.com",
        r"events\.pagerduty\.com/integration/([0-9a-fA-F]{32})\b",
    ),
    // twilio.com/docs, "API keys": the SID is a name, but only a secret of that SID is written beside it
    token("Twilio API key", "twilio,tw_", r"\b(SK[0-9a-f]{32})\b"),
    // mailchimp.com/developer, "Quick start"; documentation.mailgun.com, "API keys"
    token("Mailchimp API key", "-us", r"\b([0-9a-f]{32}-us[0-9]{1,2})\b"),
    token("Mailgun API key", "key-", r"\b(key-[0-9a-f]{32})\b"),
    // docs.npmjs.com, "About access tokens"
    token("npm token", "npm_", r"\b(npm_[A-Za-z0-9]{36})\b"),
    // pypi.org/help, "API tokens": a macaroon for pypi.org or test.pypi.org
    token("PyPI token", "pypi-age", r"\b(pypi-AgE[A-Za-z0-9_-]{50,})"),
    // huggingface.co/docs, "User access tokens"
    token("Hugging Face token", "hf_", r"\b(hf_[A-Za-z0-9]{30,})\b"),
    // docs.digitalocean.com, "Personal access tokens"
    token("DigitalOcean token", "dop_v1_,doo_v1_,dor_v1_", r"\b(do[opr]_v1_[0-9a-f]{64})\b"),
    // developer.hashicorp.com, "Tokens" of Vault and HCP Terraform
    // tailscale.com/kb, "Key prefixes"
    token(
        "Tailscale key",
        "tskey-",
        r"\b(tskey-(?:api|auth|client|scim|webhook)-[A-Za-z0-9]{6,}-[A-Za-z0-9]{16,})\b",
    ),
    token("Vault token", "hvs.,hvb.,hvr.", r"\b(hv[sbr]\.[A-Za-z0-9_-]{24,})"),
    token("HCP Terraform token", ".atlasv1.", r"\b([A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,})"),
    // docs.databricks.com, "Personal access tokens"
    token("Databricks token", "dapi", r"\b(dapi[0-9a-f]{32})"),
    // shopify.dev, "Access tokens"
    token("Shopify token", "shpat_,shpca_,shppa_,shpss_", r"\b(shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32})\b"),
    // docs.docker.com, "Personal access tokens"
    token("Docker Hub token", "dckr_pat_,dckr_oat_", r"\b(dckr_(?:pat|oat)_[A-Za-z0-9_-]{27,})"),
    // docs.newrelic.com, "API keys"
    token("New Relic key", "nrak-", r"\b(NRAK-[A-Z0-9]{27})\b"),
    token("New Relic license key", "nral", r"\b([0-9a-f]{36}NRAL)\b"),
    // core.telegram.org/bots, "Authorizing your bot"
    token("Telegram bot token", ":aa", r"\b([0-9]{8,10}:AA[A-Za-z0-9_-]{33})\b"),
    // airtable.com/developers, "Personal access tokens"
    token("Airtable token", "pat", r"\b(pat[A-Za-z0-9]{14}\.[0-9a-f]{64})\b"),
    // docs.atlassian.com, "API tokens"
    token("Atlassian API token", "atatt3", r"\b(ATATT3[A-Za-z0-9_=-]{50,})"),
    // learn.microsoft.com, "Configure Azure Storage connection strings", "Service Bus access control",
    // "Create a service SAS"
    token("Azure storage key", "accountkey", r"(?i)AccountKey=([A-Za-z0-9+/]{86}==)"),
    token("Azure shared access key", "sharedaccesskey", r"(?i)SharedAccessKey=([A-Za-z0-9+/]{40,}={0,2})"),
    token("Azure SAS signature", "sig=", r"[?&;]sig=([A-Za-z0-9%+/]{43,}(?:%3[Dd]|=)?)"),
    // RFC 7468; OpenPGP, RFC 9580
    key(
        "private key",
        r"(-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|\z))",
    ),
    // putty.software, "PPK file format"
    key(
        "putty-user-key-file-",
        r"PuTTY-User-Key-File-[0-9][\s\S]{1,4000}?Private-Lines:\s*[0-9]+\s+([A-Za-z0-9+/=\s]+)",
    ),
    // RFC 7517 and 7518: `d` is private in RSA and elliptic keys, `k` in symmetric ones
    key(
        "kty",
        r#""kty"\s*:\s*"(?:RSA|EC|OKP)"[^{}]*"d"\s*:\s*"([A-Za-z0-9_-]{16,})"|"kty"\s*:\s*"oct"[^{}]*"k"\s*:\s*"([A-Za-z0-9_-]{16,})"|"d"\s*:\s*"([A-Za-z0-9_-]{16,})"[^{}]*"kty"|"k"\s*:\s*"([A-Za-z0-9_-]{16,})"[^{}]*"kty"\s*:\s*"oct""#,
    ),
    // DER in base 64 without its PEM lines: PKCS #8 (RFC 5208), PKCS #1 (RFC 8017), SEC 1 (RFC 5915) and
    // PKCS #12 (RFC 7292) begin with a length, a version, and the tag of what follows
    key(
        "ibadan,ibaakc,ibazc,mhccaqeei,mighageambm",
        r"\b(MII[A-Za-z0-9+/]{3}(?:IBADAN|IBAAKC|IBAzC)[A-Za-z0-9+/]{100,}={0,2}|MHcCAQEEI[A-Za-z0-9+/]{60,}={0,2}|MIGHAgEAMBM[A-Za-z0-9+/]{60,}={0,2})",
    ),
    // RFC 3986, "User information"
    form(
        Kind::UrlPassword,
        "password in a URL",
        "://",
        r#"[A-Za-z][A-Za-z0-9+.-]{0,40}://[^\s:/?#@"']*:([^\s/?#@"']+)@"#,
    ),
    // jdbc.postgresql.org and dev.mysql.com/doc/connector-j: credentials among a URL's parameters
    form(
        Kind::UrlPassword,
        "password in a URL",
        "password=,pwd=,passwd=,access_token=,api_key=,apikey=",
        r#"(?i)://[^\s"']*[?&;](?:password|passwd|pwd|access_token|api_?key)=([^\s&;"'#]+)"#,
    ),
    // docs.oracle.com, "JDBC Thin driver": `jdbc:oracle:thin:user/password@`
    form(
        Kind::UrlPassword,
        "password in a connection string",
        "jdbc:oracle",
        r#"(?i)jdbc:oracle:[a-z0-9]+:[^\s/@"']+/([^\s@"']+)@"#,
    ),
    // learn.microsoft.com, "Connection string syntax"; libpq, "Connection Strings". An ODBC value may
    // stand in braces
    form(
        Kind::UrlPassword,
        "password in a connection string",
        "password,pwd",
        r#"(?i)(?:server|host|data source|dsn|driver|database|dbname|initial catalog|user id|uid|user|username|endpoint)\s*=[^=\n]{0,200}[;,\s](?:[^\n]{0,1000}[;,\s])?(?:password|pwd)\s*=\s*(?:\{([^}\n]+)\}|([^\s;"',]+))"#,
    ),
    // stackexchange.github.io/StackExchange.Redis, "Configuration"
    form(
        Kind::UrlPassword,
        "password in a connection string",
        "password=",
        r#"(?i)[a-z0-9.-]+:[0-9]{2,5},(?:[^\n"']{0,200},)?password=([^\s,"']+)"#,
    ),
    // github.com/go-sql-driver/mysql, "DSN (Data Source Name)"
    form(
        Kind::UrlPassword,
        "password in a connection string",
        "@tcp(,@unix(",
        r#"[^\s:@/"']+:([^\s@"']+)@(?:tcp|unix)\("#,
    ),
    // RFC 7519 and RFC 7515: both the header and the claims begin with `{"`
    form(
        Kind::JsonWebToken,
        "JSON Web Token",
        "eyj",
        r"\b(eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{16,})",
    ),
    // RFC 7617 and RFC 6750
    form(
        Kind::AuthorizationHeader,
        "basic-auth credential",
        "authorization",
        r"(?i)(?:\b|_)authorization\b[^A-Za-z0-9]{1,6}basic\s+([A-Za-z0-9+/]{8,}={0,2})",
    ),
    // The same where a program compares with it: what CloudFront's functions ask for
    form(
        Kind::AuthorizationHeader,
        "basic-auth login",
        "basic ",
        r#"(?i)["']basic\s+([A-Za-z0-9+/]{8,}={0,2})(?:["']|$)"#,
    ),
    form(
        Kind::AuthorizationHeader,
        "bearer credential",
        "authorization",
        r"(?i)(?:\b|_)authorization\b[^A-Za-z0-9]{1,6}(?:bearer|token)\s+([A-Za-z0-9._~+/-]{16,}=*)",
    ),
];
