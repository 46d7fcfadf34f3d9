//! Whether what a pattern found is a secret.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::forms::Evidence;
use super::scanner::Candidate;
use super::{Check, Kind, checksum, shape};
use crate::secrets::names;
use crate::secrets::quiet::{is_quiet, is_quiet_token};

impl Candidate {
    /// What the secret says about itself; nothing if it is none. `read` is the text it was found in.
    pub(super) fn judge(&self, value: &str, read: &str) -> Option<Check> {
        let form = self.form;
        if form.least_entropy > 0.0 && shape::entropy(value) < form.least_entropy {
            return None;
        }
        if form.evidence == Evidence::Name {
            let before = read.get(self.start..self.range.start).unwrap_or_default();
            if names::is_about(named(before)) || !shape::is_mixed(value) {
                return None;
            }
        }
        let computed =
            value.starts_with(['$', '%', '<', '`']) || value.contains("$(") || value.contains("{{");
        let is_secret = match form.kind {
            Kind::VendorToken => !is_quiet_token(value),
            Kind::PrivateKey => is_key(value),
            Kind::JsonWebToken => has_header(value),
            Kind::AuthorizationHeader if form.what.contains("login") => is_login(value),
            Kind::AuthorizationHeader => !computed && !is_quiet_token(value),
            Kind::UrlPassword | Kind::Command => !computed && !is_quiet(value),
            Kind::CredentialFile if form.what.contains("hash") => !is_quiet_token(value),
            Kind::CredentialFile if form.what.contains("registry") => is_login(value),
            Kind::CredentialFile => !computed && !is_quiet(value),
        };
        let check = if form.kind == Kind::VendorToken { checksum::check(value) } else { Check::None };
        is_secret.then_some(check)
    }
}

/// The name that a value is assigned to: the last word before it.
fn named(before: &str) -> &str {
    let is_separator =
        |character: char| !character.is_alphanumeric() && !matches!(character, '_' | '.' | '-');
    before.trim_end_matches(is_separator).rsplit(is_separator).next().unwrap_or_default()
}

/// Whether there is a key, not only talk of one: after the first line, unless the last one is there
/// too, base 64 follows at once.
fn is_key(value: &str) -> bool {
    let Some((_, body)) = value.strip_prefix("-----BEGIN").and_then(|rest| rest.split_once("KEY")) else {
        return true; // another form than PEM, whose pattern asks for the key itself
    };
    let body = body.trim_start_matches(" BLOCK").trim_start_matches('-');
    let body = body.trim_start_matches(['\\', 'n', 'r', '\n', '\r', ' ', '\t']);
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let written = body.bytes().take_while(|byte| is_base64(*byte)).count();
    let is_whole = body.contains("-----END");
    !body.starts_with("...") && !body.starts_with(['<', '$']) && written >= if is_whole { 1 } else { 16 }
}

/// Whether a token's header is a JSON object that names an algorithm (RFC 7515, section 4.1.1).
fn has_header(token: &str) -> bool {
    let header = token.split('.').next().and_then(|header| URL_SAFE_NO_PAD.decode(header).ok());
    let header = header.and_then(|header| serde_json::from_slice::<serde_json::Value>(&header).ok());
    header.is_some_and(|header| header.get("alg").is_some_and(serde_json::Value::is_string))
}

/// Whether base 64 holds a user and a password.
fn is_login(encoded: &str) -> bool {
    let login = STANDARD.decode(encoded).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    login.is_some_and(|login| login.split_once(':').is_some_and(|(_, password)| !is_quiet(password)))
}
