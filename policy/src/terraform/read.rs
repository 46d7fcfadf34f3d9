//! JSON documents, told apart by their content: configurations, plans and states.

use super::block::Block;
use super::configuration::{self, Syntax, Understood};
use super::{plan, state};
use crate::known::Later;
use crate::node::{Node, Value};
use crate::source::Span;
use crate::{expression, json};

/// Why a text is nothing that can be judged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It should be JSON.
    #[error("not JSON: {0}")]
    NotJson(#[source] json::Error),
    /// It should be HCL.
    #[error("not HCL: {0}")]
    NotHcl(#[source] expression::Error),
    /// The document is neither an object nor a list of objects.
    #[error("a configuration is an object or a list of objects")]
    NotAnObject(Span),
    /// A part of a plan or a state has not the type it must have.
    #[error("this is no {0} that terraform writes: {1} belongs here")]
    Malformed(&'static str, &'static str, Span),
    /// It has no key of a configuration, a plan or a state.
    #[error("no key of a Terraform configuration is in it")]
    NoBlocks(Span),
}

impl Refusal {
    /// Where reading stopped.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Refusal::NotJson(error) => error.span,
            Refusal::NotHcl(error) => error.span,
            Refusal::NotAnObject(span) | Refusal::Malformed(_, _, span) | Refusal::NoBlocks(span) => *span,
        }
    }
}

/// What a JSON document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// What an author wrote.
    Configuration,
    /// `terraform show -json PLAN`.
    Plan,
    /// `terraform show -json`.
    State,
    /// The file that Terraform keeps its state in, version 4.
    RawState,
}

impl Form {
    /// Tells by the keys: a plan has `planned_values`, a state `values` or, raw, `lineage`
    /// (Terraform, "JSON Output Format"; the state file of Terraform 0.12 and newer).
    #[must_use]
    pub fn of(root: &Node) -> Form {
        let has = |name: &str| root.member(name).is_some();
        if has("planned_values") || has("resource_changes") {
            Form::Plan
        } else if has("lineage") || (has("serial") && has("terraform_version")) {
            Form::RawState
        } else if has("format_version") && (has("values") || has("terraform_version")) {
            Form::State
        } else {
            Form::Configuration
        }
    }
}

/// The members of a plan that are read when they are asked for, and then piece by piece. No other document has them.
pub(super) const LARGE: &[&str] =
    &[plan::CHANGES, plan::PLANNED, plan::PRIOR, "resource_drift", "relevant_attributes"];

/// Reads the blocks of a JSON document, of which the large members may have been left; what is not understood is pushed to
/// `unread`.
///
/// # Errors
///
/// If the document as a whole is none of the forms.
pub fn read(document: &Node, unread: &mut Vec<Later>) -> Result<Vec<Block>, Refusal> {
    let roots = match &document.value {
        Value::List(nodes) => nodes.as_slice(),
        Value::Object(_) => std::slice::from_ref(document),
        _ => return Err(Refusal::NotAnObject(document.span)),
    };
    match Form::of(document) {
        Form::Configuration => {}
        Form::Plan => return plan::read(document, unread),
        Form::State => return state::shown(document, unread),
        Form::RawState => return state::raw(document, unread),
    }
    let mut blocks = Vec::new();
    let mut understood = roots.is_empty();
    for root in roots {
        if !matches!(root.value, Value::Object(_)) {
            return Err(Refusal::NotAnObject(root.span));
        }
        understood |= configuration::read(root, Syntax::Json, &mut blocks, unread) == Understood::Yes;
    }
    if understood { Ok(blocks) } else { Err(Refusal::NoBlocks(document.span)) }
}
