//! Rules about what people accept.

pub(crate) mod expired_allowance;
pub(crate) mod missing_reason;
pub(crate) mod unknown_rule;
pub(crate) mod unreadable_allowance;
pub(crate) mod unused_allowance;

use super::{Judgement, Subject};

/// Where allowances are described.
const SOURCE: &str = "docs/policy-in-ci.md, \"Accepting a finding\"";

/// Whether an allowance accepts something is known when everything has been found: see [`crate::acceptance`].
fn with_the_report(_subject: &Subject, _judgement: &mut Judgement) {}
