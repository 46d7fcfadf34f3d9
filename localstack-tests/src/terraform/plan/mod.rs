//! A plan as `terraform show -json` prints it (JSON output format 1.2): only what is judged here.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;

/// What terraform wants to do.
#[derive(Debug, Deserialize)]
pub struct Plan {
    #[serde(default)]
    resource_changes: Vec<Planned>,
    #[serde(default)]
    output_changes: std::collections::BTreeMap<String, Change>,
}

/// What terraform wants to do with one resource.
#[derive(Debug, Deserialize)]
pub struct Planned {
    /// The resource.
    pub address: String,
    change: Change,
}

#[derive(Debug, Deserialize)]
struct Change {
    actions: Vec<Action>,
    #[serde(default)]
    before: Value,
    #[serde(default)]
    after: Value,
}

/// One step of a change.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Nothing.
    NoOp,
    /// A new resource.
    Create,
    /// A data source.
    Read,
    /// A change in place.
    Update,
    /// An end.
    Delete,
    /// Out of the state, not out of the account.
    Forget,
    /// A step that later versions may add: never mistaken for nothing.
    #[serde(other)]
    Unknown,
}

impl Plan {
    /// Reads the output of `terraform show -json PLAN`.
    pub fn read(json: &str) -> Result<Plan, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// The resources that would change.
    pub fn changes(&self) -> impl Iterator<Item = &Planned> {
        self.resource_changes.iter().filter(|planned| planned.change.is_change())
    }

    /// The outputs that would change.
    pub fn changed_outputs(&self) -> impl Iterator<Item = &str> {
        self.output_changes.iter().filter(|(_, change)| change.is_change()).map(|(name, _)| name.as_str())
    }
}

impl Planned {
    /// The steps.
    pub fn actions(&self) -> &[Action] {
        &self.change.actions
    }

    /// The arguments that differ. Their values stay out of sight: they may be secret.
    pub fn differing(&self) -> Vec<&str> {
        let (Value::Object(before), Value::Object(after)) = (&self.change.before, &self.change.after) else {
            return Vec::new();
        };
        let names = before.keys().chain(after.keys().filter(|name| !before.contains_key(*name)));
        names.filter(|name| before.get(*name) != after.get(*name)).map(String::as_str).collect()
    }
}

impl Change {
    fn is_change(&self) -> bool {
        self.actions.iter().any(|action| !matches!(action, Action::NoOp | Action::Read))
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for planned in self.changes() {
            write!(f, "\n  {}: {:?}", planned.address, planned.actions())?;
            let differing = planned.differing();
            if !differing.is_empty() {
                write!(f, " of {}", differing.join(", "))?;
            }
        }
        for output in self.changed_outputs() {
            write!(f, "\n  output.{output}")?;
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
    fn a_replacement_names_the_arguments_that_differ_and_not_their_values() {
        let json = r#"{"resource_changes": [{"address": "aws_iam_role.r", "change": {
            "actions": ["delete", "create"],
            "before": {"name": "secret-old", "path": "/"}, "after": {"name": "secret-new", "path": "/", "tags": {}}}}],
            "output_changes": {"arn": {"actions": ["update"]}, "url": {"actions": ["no-op"]}}}"#;
        assert_eq!(
            Plan::read(json).unwrap().to_string(),
            "\n  aws_iam_role.r: [Delete, Create] of name, tags\n  output.arn"
        );
    }

    #[test]
    fn an_unknown_action_counts_as_a_change() {
        let json = r#"{"resource_changes": [{"address": "a.b", "change": {"actions": ["transmogrify"]}}]}"#;
        assert_eq!(Plan::read(json).unwrap().changes().count(), 1);
    }

    #[test]
    fn what_is_no_plan_is_an_error() {
        for json in ["", "7", r#"{"resource_changes": [{"change": {}}]}"#] {
            assert!(Plan::read(json).is_err(), "{json}");
        }
    }
}
