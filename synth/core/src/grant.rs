//! Permissions that constructs give to principals, kept as data until they are merged and written.

use crate::id::NodeId;
use crate::value::Value;

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

/// Lets a principal do some actions on some resources.
#[derive(Clone, Debug)]
#[must_use = "a grant exists only after `scope.grant(…)`"]
pub struct Grant {
    /// The construct that acts: a role, a user.
    pub principal: NodeId,
    /// Exact actions: `secretsmanager:GetSecretValue`.
    pub actions: Vec<&'static str>,
    /// The resources' names as policies write them: ARNs.
    pub resources: Vec<Value<String>>,
    /// All of these must hold.
    pub conditions: Vec<Condition>,
}
