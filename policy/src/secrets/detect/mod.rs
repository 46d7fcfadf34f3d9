//! Secrets that their form gives away, or their form together with the name before them.
//!
//! ```text
//!  name="text ──keywords, one pass──▶ windows ──patterns──▶ candidates ──checks──▶ matches
//!                 forms, vendors
//! ```

mod checksum;
mod forms;
mod judge;
mod least;
mod programs;
mod scanner;
mod shape;
mod vendors;

use std::ops::Range;

use crate::text::Text;

pub use shape::is_random;

/// Which rule a form belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A token whose vendor gave it a recognisable form.
    VendorToken,
    /// A private key: PEM, PuTTY, JSON Web Key, or DER in base64.
    PrivateKey,
    /// A password in a URL or connection string.
    UrlPassword,
    /// A signed JSON Web Token.
    JsonWebToken,
    /// A credential in an HTTP `Authorization` header.
    AuthorizationHeader,
    /// A password among the arguments of a command.
    Command,
    /// A password in a file that programs read their credentials from.
    CredentialFile,
}

impl Kind {
    /// A stable name of the kind: fingerprints are salted with it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::VendorToken => "vendor-token",
            Kind::PrivateKey => "private-key",
            Kind::UrlPassword => "url-password",
            Kind::JsonWebToken => "json-web-token",
            Kind::AuthorizationHeader => "authorization-header",
            Kind::Command => "command",
            Kind::CredentialFile => "credential-file",
        }
    }
}

/// What a secret says about itself beyond its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// Nothing that could be checked.
    None,
    /// Its checksum is that of its other characters.
    Agrees,
    /// Its checksum is another one: it was mistyped, or made up.
    Disagrees,
    /// The account that the key id names.
    Account(u64),
}

/// A secret found in a text.
#[derive(Clone, Debug)]
pub struct Match {
    /// Which rule it belongs to.
    pub kind: Kind,
    /// What it is, for a reader.
    pub what: &'static str,
    /// What it says about itself.
    pub check: Check,
    /// Where in the decoded text.
    pub range: Range<usize>,
}

/// The secrets in the value of a name, which may be empty. What is unknown in the text is never
/// part of one.
#[must_use]
pub fn find(name: &str, text: &Text) -> Vec<Match> {
    // Patterns that want a vendor's name before the secret look for an assignment.
    let between = if name.is_empty() { "" } else { "=\"" };
    let read = [name, between, text.as_str()].concat();
    let before = name.len().saturating_add(between.len());
    let mut found: Vec<Match> = Vec::new();
    for candidate in scanner::scan(&read) {
        let Some(start) = candidate.range.start.checked_sub(before) else {
            continue; // it begins in the name
        };
        let range = start..candidate.range.end.saturating_sub(before);
        let overlaps =
            found.iter().any(|other| other.range.start < range.end && range.start < other.range.end);
        let Some(value) = text.as_str().get(range.clone()) else {
            continue; // it ends within a character, which no secret has
        };
        if overlaps || text.has_hole(range.clone()) {
            continue;
        }
        if let Some(check) = candidate.judge(value, &read) {
            found.push(Match { kind: candidate.form.kind, what: candidate.form.what, check, range });
        }
    }
    found
}
