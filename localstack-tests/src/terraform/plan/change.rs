//! What terraform wants to do with one object, and why.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;

use super::difference::{self, Difference};

/// Before and after.
#[derive(Deserialize)]
pub struct Change {
    pub(super) actions: Vec<Action>,
    #[serde(default)]
    pub(super) before: Value,
    #[serde(default)]
    pub(super) after: Value,
    #[serde(default)]
    pub(super) after_unknown: Value,
    #[serde(default)]
    pub(super) before_sensitive: Value,
    #[serde(default)]
    pub(super) after_sensitive: Value,
    #[serde(default)]
    replace_paths: Vec<Vec<Value>>,
    #[serde(default)]
    importing: Value,
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

/// Why terraform plans something ("JSON Output Format", `action_reason`).
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are Terraform's own words, and `Display` explains them")]
pub enum Reason {
    /// The actions say it all.
    #[default]
    None,
    ReplaceBecauseTainted,
    ReplaceBecauseCannotUpdate,
    ReplaceByRequest,
    ReplaceByTriggers,
    DeleteBecauseNoResourceConfig,
    DeleteBecauseNoModule,
    DeleteBecauseWrongRepetition,
    DeleteBecauseCountIndex,
    DeleteBecauseEachKey,
    DeleteBecauseNoMoveTarget,
    ReadBecauseConfigUnknown,
    ReadBecauseDependencyPending,
    ReadBecauseCheckNested,
    /// A reason that later versions may add.
    #[serde(other)]
    Unknown,
}

impl Change {
    /// Whether it does anything to an object.
    pub fn is_change(&self) -> bool {
        self.actions.iter().any(|action| !matches!(action, Action::NoOp | Action::Read))
    }

    /// Whether an object that exists is taken over.
    pub fn is_import(&self) -> bool {
        !self.importing.is_null()
    }

    /// Whether the object is destroyed and made anew.
    pub fn is_replacement(&self) -> bool {
        self.actions.contains(&Action::Create) && self.actions.contains(&Action::Delete)
    }

    /// Everything that differs, sorted by path. Of what appears or disappears as a whole there is nothing to say.
    pub fn differences(&self) -> Vec<Difference<'_>> {
        difference::all(self)
    }

    /// The arguments that cannot be changed in place.
    pub fn replaced_for(&self) -> Vec<String> {
        self.replace_paths.iter().map(|path| difference::path(path)).collect()
    }
}

impl fmt::Debug for Change {
    /// Without values: some may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Change").field("actions", &self.actions).finish_non_exhaustive()
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let actions: Vec<&str> = self.actions.iter().map(|action| action.word()).collect();
        f.write_str(&actions.join(", then "))?;
        let because = self.replaced_for();
        if !because.is_empty() {
            let named: Vec<String> = because.iter().map(|path| format!("`{path}`")).collect();
            write!(f, ", because {} cannot be changed in place", named.join(" and "))?;
        }
        Ok(())
    }
}

impl Action {
    fn word(self) -> &'static str {
        match self {
            Action::NoOp => "nothing",
            Action::Create => "create",
            Action::Read => "read",
            Action::Update => "update",
            Action::Delete => "delete",
            Action::Forget => "forget",
            Action::Unknown => "something that this crate does not know",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            // The change itself names the arguments.
            Reason::None | Reason::ReplaceBecauseCannotUpdate => "",
            Reason::ReplaceBecauseTainted => ", because it is tainted",
            Reason::ReplaceByRequest => ", because it was asked for",
            Reason::ReplaceByTriggers => ", because of `replace_triggered_by`",
            Reason::DeleteBecauseNoResourceConfig => ", because it is not in the stack",
            Reason::DeleteBecauseNoModule => ", because its module is not in the stack",
            Reason::DeleteBecauseWrongRepetition => ", because `count` or `for_each` came or went",
            Reason::DeleteBecauseCountIndex => ", because `count` is smaller",
            Reason::DeleteBecauseEachKey => ", because `for_each` lost its key",
            Reason::DeleteBecauseNoMoveTarget => ", because what it moved to is not in the stack",
            Reason::ReadBecauseConfigUnknown => ", when its arguments are known",
            Reason::ReadBecauseDependencyPending => ", when what it depends on is done",
            Reason::ReadBecauseCheckNested => ", for a check",
            Reason::Unknown => ", for a reason that this crate does not know",
        })
    }
}
