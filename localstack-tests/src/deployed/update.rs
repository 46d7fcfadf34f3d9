//! What an update changed.

use std::fmt;

use super::locate::{Addresses, Locate, covers};
use crate::assertion;
use crate::terraform::{Plan, Planned};

/// An update that was applied, with the plan that it followed.
#[derive(Debug)]
pub struct Update<'a> {
    plan: Option<Plan>,
    addresses: &'a Addresses,
}

impl<'a> Update<'a> {
    pub(super) fn new(plan: Option<Plan>, addresses: &'a Addresses) -> Update<'a> {
        Update { plan, addresses }
    }

    /// The plan, if anything was to change.
    pub fn plan(&self) -> Option<&Plan> {
        self.plan.as_ref()
    }

    /// Fails the test unless each of these changed and no other resource did. Outputs may change as they like.
    ///
    /// # Panics
    /// If something else changed, or one of these did not: with a diff in which nothing sensitive is shown.
    #[track_caller]
    pub fn changes_only<'t, T: Locate + ?Sized + 't>(&self, expected: impl IntoIterator<Item = &'t T>) {
        let expected: Vec<Vec<String>> = expected.into_iter().map(|one| one.locate(self.addresses)).collect();
        if let Err(why) = judge(self.plan.as_ref(), &expected) {
            assertion::fail(why)
        }
    }

    /// Fails the test if any resource changed.
    ///
    /// # Panics
    /// If one did.
    #[track_caller]
    pub fn changes_nothing(&self) {
        self.changes_only::<str>([]);
    }
}

/// Why the plan is not about exactly the `expected`, each of which is one or more addresses.
fn judge(plan: Option<&Plan>, expected: &[Vec<String>]) -> Result<(), Judgement> {
    let changes: Vec<&Planned> = plan.into_iter().flat_map(Plan::changes).collect();
    let is_of = |change: &Planned, addresses: &[String]| {
        addresses.iter().any(|address| covers(address, &change.address))
    };
    let unexpected: Vec<String> = changes
        .iter()
        .filter(|change| !expected.iter().any(|addresses| is_of(change, addresses)))
        .map(ToString::to_string)
        .collect();
    let unchanged: Vec<String> = expected
        .iter()
        .filter(|addresses| !changes.iter().any(|change| is_of(change, addresses)))
        .map(|addresses| addresses.first().cloned().unwrap_or_else(|| "a handle of another app".to_owned()))
        .collect();
    if unexpected.is_empty() && unchanged.is_empty() {
        Ok(())
    } else {
        Err(Judgement { unexpected, unchanged })
    }
}

/// What is wrong with an update.
#[derive(Debug)]
struct Judgement {
    unexpected: Vec<String>,
    unchanged: Vec<String>,
}

impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.unexpected.is_empty() {
            write!(f, "the update changed more than it should:{}", self.unexpected.concat())?;
        }
        if !self.unchanged.is_empty() {
            let line = if self.unexpected.is_empty() { "" } else { "\n" };
            write!(f, "{line}the update did not change {}", self.unchanged.join(", "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = r#"{"resource_changes": [
        {"address": "aws_sqs_queue.jobs[0]", "change": {"actions": ["update"],
            "before": {"delay_seconds": 1, "policy": "hunter1"}, "after": {"delay_seconds": 2, "policy": "hunter2"},
            "before_sensitive": {"policy": true}, "after_sensitive": {"policy": true}}},
        {"address": "aws_sqs_queue.dead", "change": {"actions": ["no-op"]}}]}"#;

    fn said(expected: &[&str]) -> String {
        let expected: Vec<Vec<String>> = expected.iter().map(|address| vec![(*address).to_owned()]).collect();
        judge(Some(&Plan::read(PLAN).unwrap()), &expected)
            .map_or_else(|why| why.to_string(), |()| String::new())
    }

    #[test]
    fn exactly_what_changed_is_accepted() {
        assert_eq!(said(&["aws_sqs_queue.jobs"]), "");
        assert!(judge(None, &[]).is_ok());
    }

    #[test]
    fn another_change_is_shown_without_its_secrets() {
        assert_eq!(
            said(&[]),
            "the update changed more than it should:\n  aws_sqs_queue.jobs[0]: update\
             \n      delay_seconds: 1 -> 2\n      policy: (sensitive) -> (sensitive)"
        );
    }

    #[test]
    fn what_did_not_change_is_named() {
        assert_eq!(
            said(&["aws_sqs_queue.jobs", "aws_sqs_queue.dead"]),
            "the update did not change aws_sqs_queue.dead"
        );
        let why = judge(None, &[Vec::new()]).unwrap_err().to_string();
        assert_eq!(why, "the update did not change a handle of another app");
    }
}
