//! What people accept, and why: nothing is silenced without a rule, a value and a reason.
//!
//! ```text
//!  comments ──▶ allowances ─┐
//!  settings ──▶ allowances ─┼─accept──▶ findings that are left, findings accepted,
//!  baseline ──▶ entries ────┘           findings about the allowances themselves
//!                                           │
//!                                           └─alike──▶ the same, accepted in a plan
//! ```
//!
//! An allowance names the exact value, so it never covers more than was meant: another value is
//! another finding.

mod accept;
mod alike;
mod allowance;
mod baseline;
mod comment;

use sha2::{Digest as _, Sha256};

pub use accept::{Acceptances, accept};
pub use alike::Alike;
pub use allowance::{Allowance, Covers, Problem};
pub use baseline::{Baseline, Entry};
pub use comment::allowances;

use crate::known::Later;
use crate::rules::Finding;
use crate::source::{Sources, Span};

/// What begins an allowance in a comment.
pub const MARKER: &str = "policy:allow";

/// What an allowance names in the place of a rule to accept that something is undecided.
pub const UNDECIDED: &str = "undecided";

/// Longer values are named by their fingerprint: nobody writes them into a comment.
const LONGEST: usize = 200;

/// What an allowance has to name to accept a finding: the secret's fingerprint, or what is underlined in the report
/// without its quotes; of what is long or has several lines twelve hexadecimal digits of its SHA-256.
#[must_use]
pub fn value(finding: &Finding, sources: &Sources) -> String {
    if let Some(secret) = &finding.secret {
        return secret.fingerprint.clone();
    }
    written_value(finding.span, sources)
}

/// The same of something undecided, whose rule is called [`UNDECIDED`].
#[must_use]
pub fn value_of_undecided(later: &Later, sources: &Sources) -> String {
    written_value(later.span, sources)
}

fn written_value(span: Span, sources: &Sources) -> String {
    let written = sources.written(span);
    let value = written.trim().trim_start_matches('\\').trim_start_matches('"');
    let value = value.trim_end_matches('"').trim_end_matches('\\');
    if value.len() <= LONGEST && !value.contains('\n') {
        return value.to_owned();
    }
    Sha256::digest(value.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
