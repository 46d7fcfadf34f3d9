//! Services that act for whoever asks them: on whose behalf a statement lets them.
//!
//! IAM user guide, "The confused deputy problem", "Cross-service confused deputy prevention".

use super::arn::Arn;
use super::policy::{Condition, Statement};
use crate::text::Text;

/// The keys that say on whose behalf a service acts: those of every service, and those by which single services say it
/// (KMS developer guide, "kms:EncryptionContext", "kms:CallerAccount"; SES developer guide for `aws:Referer`; Lambda
/// developer guide for `lambda:EventSourceToken`), in lower case.
const SOURCES: &[&str] = &[
    "aws:principalorgid",
    "aws:referer",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourceowner",
    "kms:calleraccount",
    "lambda:eventsourcetoken",
    "s3:dataaccesspointaccount",
];

impl Statement {
    /// Whether a condition says on whose behalf a service may act.
    #[must_use]
    pub fn names_source(&self) -> bool {
        self.condition.known().into_iter().flatten().any(|condition| {
            let key = condition.key.to_ascii_lowercase();
            let is_of_source = SOURCES.contains(&key.as_str()) || key.starts_with("kms:encryptioncontext:");
            is_of_source && condition.demands() && names_something(condition)
        })
    }
}

fn names_something(condition: &Condition) -> bool {
    !condition.values.is_empty() && !condition.values.iter().any(is_whole)
}

/// Whether a value leaves everything open.
fn is_whole(value: &Text) -> bool {
    let part = |range| value.as_str().get(range).unwrap_or_default();
    let everything = |text: &str| !text.is_empty() && text.chars().all(|character| character == '*');
    match Arn::of(value) {
        Some(arn) => everything(part(arn.account)) && everything(part(arn.resource)),
        None => everything(value.as_str()),
    }
}
