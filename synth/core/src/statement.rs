//! Statements of the policies that resources carry themselves, kept as data until they are merged and written.

use crate::draft::Handle;
use crate::grant::Condition;
use crate::id::NodeId;
use crate::scope::Scope;
use crate::tree::{Content, Tree};
use crate::value::Value;

/// Whether a statement lets somebody do something, or keeps them from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// `Allow`
    Allow,
    /// `Deny`
    Deny,
}

/// Whom a statement is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Party {
    /// Everybody, in any account.
    Everybody,
    /// Whoever an account gives its own permissions to, by the ARN of its root.
    Account(Value<String>),
    /// A service of AWS: `cloudfront.amazonaws.com`.
    Service(&'static str),
}

/// Who may, or may not, do what with a resource.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Whether it allows.
    pub effect: Effect,
    /// Whom it is about.
    pub party: Party,
    /// Exact actions: `s3:GetObject`; where it denies, also `s3:*`.
    pub actions: Vec<&'static str>,
    /// The resources' names as policies write them: ARNs.
    pub resources: Vec<Value<String>>,
    /// All of these must hold.
    pub conditions: Vec<Condition>,
}

/// A statement of a construct's policy, and who said it.
#[derive(Debug)]
pub struct Attached {
    /// The construct whose policy it is a part of: a bucket, a key.
    pub to: NodeId,
    /// The construct or stack that attached it.
    pub by: NodeId,
    /// What it says.
    pub statement: Statement,
}

impl Scope<'_> {
    /// Adds a statement to the policy that a construct carries itself.
    pub fn attach(&mut self, to: impl Handle, statement: Statement) {
        self.tree.statements.push(Attached { to: to.node(), by: self.node, statement });
    }
}

impl Tree {
    /// The statements attached so far to constructs of one kind, taken out of the tree: for a pass that writes them.
    pub fn take_statements(&mut self, kind: &str) -> Vec<Attached> {
        let statements = std::mem::take(&mut self.statements);
        let (taken, left) = statements.into_iter().partition(|attached| {
            let content = self.node(attached.to).map(|node| &node.content);
            matches!(content, Some(Content::Construct { kind: found, .. }) if *found == kind)
        });
        self.statements = left;
        taken
    }
}
