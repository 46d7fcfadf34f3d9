//! Permissions that constructs give to principals, kept as data until they are merged and written.

use std::collections::BTreeSet;

use crate::id::NodeId;
use crate::problem::Problem;
use crate::value::{Known, Value};

/// Restricts a permission: an operator, a key, and the values of which one must hold.
#[derive(Clone, Debug)]
pub struct Condition {
    /// `StringEquals`, `ArnLike`, ….
    pub operator: &'static str,
    /// `aws:SourceAccount`, ….
    pub key: &'static str,
    /// Any of these.
    pub values: Vec<Value<String>>,
}

/// What a permission is on.
#[derive(Clone, Debug)]
pub enum Resources {
    /// The resources' names as policies write them: ARNs.
    Named(Vec<Value<String>>),
    /// Every resource there is, for actions that cannot be limited to some. The reason is for the reader of the code.
    Every(&'static str),
}

impl Resources {
    /// Every resource there is: for actions that have no resource level. `reason` says who says so.
    pub fn every(reason: &'static str) -> Self {
        Resources::Every(reason)
    }
}

impl<V: Into<Value<String>>, const N: usize> From<[V; N]> for Resources {
    fn from(arns: [V; N]) -> Self {
        Resources::Named(arns.into_iter().map(Into::into).collect())
    }
}

/// Lets a principal do some actions on some resources.
#[derive(Clone, Debug)]
#[must_use = "a grant exists only after `scope.grant(…)`"]
pub struct Grant {
    /// The construct that acts: a role, a user, a group.
    pub principal: NodeId,
    /// Exact actions: `secretsmanager:GetSecretValue`.
    pub actions: Vec<&'static str>,
    /// What they are on.
    pub resources: Resources,
    /// All of these must hold.
    pub conditions: Vec<Condition>,
}

impl Grant {
    /// Lets `principal` do `actions` on `resources`.
    pub fn new(
        principal: NodeId,
        actions: impl IntoIterator<Item = &'static str>,
        resources: impl Into<Resources>,
    ) -> Self {
        let (actions, resources) = (actions.into_iter().collect(), resources.into());
        Grant { principal, actions, resources, conditions: Vec::new() }
    }

    /// The same, where `key` is one of `values` by an operator: `StringEquals`, `ArnLike`.
    pub fn when<V: Into<Value<String>>>(
        mut self,
        operator: &'static str,
        key: &'static str,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        let values = values.into_iter().map(Into::into).collect();
        self.conditions.push(Condition { operator, key, values });
        self
    }

    /// What keeps the permission from being as small as it reads.
    pub(crate) fn mistake(&self) -> Option<Problem> {
        let wild = |action: &&&str| action.contains(['*', '?']) || !action.contains(':');
        if let Some(action) = self.actions.iter().find(wild) {
            return Some(
                Problem::new(format!("`{action}` is no single action"))
                    .help("name each action, with its service: `s3:GetObject`"),
            );
        }
        if let Resources::Named(arns) = &self.resources
            && arns.iter().any(|arn| arn.known() == Known::Is("*"))
        {
            return Some(Problem::new("a permission on `*` needs a reason").help(
                "name the ARNs, or write `Resources::every(reason)` for actions without a resource level",
            ));
        }
        let empty = match &self.resources {
            Resources::Named(arns) => arns.is_empty(),
            Resources::Every(_) => false,
        };
        if empty || self.actions.is_empty() {
            return Some(Problem::new("a permission without actions or resources allows nothing"));
        }
        let mut tests = BTreeSet::new();
        let twice = self.conditions.iter().find(|test| !tests.insert((test.operator, test.key)));
        twice.map(|Condition { operator, key, .. }| {
            Problem::new(format!("the condition `{operator}` on `{key}` is given twice"))
                .help("a statement tests a key once by each operator: give all values that may hold at once")
        })
    }
}
