//! A plan as `terraform show -json` prints it ("JSON Output Format" 1.2): what a test judges of it.

mod change;
mod difference;

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

pub use change::{Action, Change, Reason};
pub use difference::{Difference, Side};

/// What terraform wants to do.
#[derive(Debug, Deserialize)]
pub struct Plan {
    #[serde(default)]
    resource_changes: Vec<Planned>,
    #[serde(default)]
    resource_drift: Vec<Planned>,
    #[serde(default)]
    output_changes: BTreeMap<String, Change>,
    /// Whether planning was broken off by an error: the plan is partial.
    #[serde(default)]
    pub errored: bool,
}

/// What terraform wants to do with one resource.
#[derive(Debug, Deserialize)]
pub struct Planned {
    /// The resource.
    pub address: String,
    /// What it was called before, if it was moved.
    pub previous_address: Option<String>,
    /// The key of the object that a replacement left behind, if this is about that one.
    pub deposed: Option<String>,
    /// Why, where the actions alone do not say it.
    #[serde(default, rename = "action_reason")]
    pub reason: Reason,
    /// What changes.
    pub change: Change,
}

impl Plan {
    /// Reads the output of `terraform show -json PLAN`.
    pub fn read(json: &str) -> Result<Plan, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// The resources that would change, or get another address.
    pub fn changes(&self) -> impl Iterator<Item = &Planned> {
        self.resource_changes.iter().filter(|planned| {
            planned.change.is_change() || planned.previous_address.is_some() || planned.change.is_import()
        })
    }

    /// What changed outside of terraform since it last looked.
    pub fn drift(&self) -> impl Iterator<Item = &Planned> {
        self.resource_drift.iter().filter(|planned| planned.change.is_change())
    }

    /// The outputs that would change, by name.
    pub fn changed_outputs(&self) -> impl Iterator<Item = (&str, &Change)> {
        let changed = self.output_changes.iter().filter(|(_, change)| change.is_change());
        changed.map(|(name, change)| (name.as_str(), change))
    }
}

impl Planned {
    /// The steps.
    pub fn actions(&self) -> &[Action] {
        &self.change.actions
    }
}

impl fmt::Display for Planned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n  {}", self.address)?;
        if let Some(key) = &self.deposed {
            write!(f, " (deposed {key})")?;
        }
        if let Some(previous) = &self.previous_address {
            write!(f, ", before {previous}")?;
        }
        write!(f, ": {}{}", self.change, self.reason)?;
        for difference in self.change.differences() {
            write!(f, "\n      {difference}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for planned in self.changes() {
            write!(f, "{planned}")?;
        }
        for (name, change) in self.changed_outputs() {
            write!(f, "\n  output.{name}: {change}")?;
            for difference in change.differences() {
                write!(f, "\n      {difference}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_without_changes_is_empty() {
        for json in ["{}", r#"{"resource_changes": [{"address": "a.b", "change": {"actions": ["no-op"]}}]}"#]
        {
            assert_eq!(Plan::read(json).unwrap().to_string(), "", "{json}");
        }
    }

    #[test]
    fn a_replacement_shows_its_reason_and_what_differs_without_secrets() {
        let json = r#"{"format_version": "1.2", "resource_changes": [{"address": "aws_iam_role.r", "mode": "managed",
            "action_reason": "replace_because_cannot_update", "change": {
            "actions": ["delete", "create"], "replace_paths": [["name"]],
            "before": {"name": "old", "path": "/", "password": "hunter1", "arn": "arn:1"},
            "after": {"name": "new", "path": "/", "password": "hunter2", "tags": {"a": "b"}},
            "after_unknown": {"arn": true},
            "before_sensitive": {"password": true}, "after_sensitive": {"password": true}}}],
            "output_changes": {"arn": {"actions": ["update"], "before": "x", "after_unknown": true},
                               "url": {"actions": ["no-op"]}}}"#;
        assert_eq!(
            Plan::read(json).unwrap().to_string(),
            "\n  aws_iam_role.r: delete, then create, because `name` cannot be changed in place\
             \n      arn: \"arn:1\" -> (known after apply)\
             \n      name: \"old\" -> \"new\"\
             \n      password: (sensitive) -> (sensitive)\
             \n      tags: (absent) -> {\"a\":\"b\"}\
             \n  output.arn: update\
             \n      \"x\" -> (known after apply)"
        );
    }

    #[test]
    fn a_move_and_a_deposed_object_are_told() {
        let json = r#"{"resource_changes": [
            {"address": "a.new", "previous_address": "a.old", "change": {"actions": ["no-op"]}},
            {"address": "a.b", "deposed": "8ad92b2d", "action_reason": "delete_because_no_resource_config",
             "change": {"actions": ["delete"]}}]}"#;
        assert_eq!(
            Plan::read(json).unwrap().to_string(),
            "\n  a.new, before a.old: nothing\n  a.b (deposed 8ad92b2d): delete, because it is not in the stack"
        );
    }

    #[test]
    fn an_unknown_action_or_reason_counts_as_a_change() {
        let json = r#"{"resource_changes": [{"address": "a.b", "action_reason": "because_of_the_moon",
            "change": {"actions": ["transmogrify"]}}]}"#;
        assert_eq!(
            Plan::read(json).unwrap().to_string(),
            "\n  a.b: something that this crate does not know, for a reason that this crate does not know"
        );
    }

    #[test]
    fn drift_is_kept_apart() {
        let json = r#"{"resource_drift": [{"address": "a.b", "change": {"actions": ["update"]}}]}"#;
        let plan = Plan::read(json).unwrap();
        assert_eq!((plan.drift().count(), plan.changes().count()), (1, 0));
    }

    #[test]
    fn debug_output_shows_no_values() {
        let json = r#"{"resource_changes": [{"address": "a.b", "change": {"actions": ["update"], "after": {"p": "hunter2"}}}]}"#;
        assert!(!format!("{:?}", Plan::read(json).unwrap()).contains("hunter2"));
    }

    #[test]
    fn what_is_no_plan_is_an_error() {
        for json in ["", "7", r#"{"resource_changes": [{"change": {}}]}"#] {
            assert!(Plan::read(json).is_err(), "{json}");
        }
    }
}
