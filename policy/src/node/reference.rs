//! References to what is declared elsewhere.

use std::sync::Arc;

use super::Node;

/// A reference such as `aws_iam_role.worker.arn`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The first name.
    pub root: String,
    /// What follows it.
    pub steps: Vec<Step>,
}

impl Reference {
    /// The attribute names it starts with, the root first, indices left out.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names = vec![self.root.as_str()];
        names.extend(self.steps.iter().filter_map(|step| match step {
            Step::Attribute(name) => Some(name.as_str()),
            Step::Index(_) | Step::Computed(_) | Step::Any => None,
        }));
        names
    }

    /// The index of the instance of a block that it is an attribute of, as in `aws_sqs_queue.jobs["a"].arn`.
    #[must_use]
    pub fn instance(&self) -> Option<&str> {
        let labels = if self.root == "data" { 2 } else { 1 };
        match self.steps.get(labels) {
            Some(Step::Index(index)) => Some(index),
            _ => None,
        }
    }

    /// The steps that come after so many attribute names.
    #[must_use]
    pub fn after(&self, attributes: usize) -> Vec<Step> {
        let mut seen = 0_usize;
        let mut rest = self.steps.iter();
        while seen < attributes {
            match rest.next() {
                Some(Step::Attribute(_)) => seen = seen.saturating_add(1),
                Some(_) => {}
                None => break,
            }
        }
        rest.cloned().collect()
    }
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.root)?;
        self.steps.iter().try_for_each(|step| match step {
            Step::Attribute(name) => write!(f, ".{name}"),
            Step::Index(key) => write!(f, "[{key}]"),
            Step::Computed(_) | Step::Any => write!(f, "[*]"),
        })
    }
}

/// One step of a reference.
#[derive(Clone, Debug)]
pub enum Step {
    /// `.name`.
    Attribute(String),
    /// `["key"]` or `[0]`.
    Index(String),
    /// `[each.key]`: an expression, of which evaluation makes an index where it is known.
    Computed(Arc<Node>),
    /// `[*]`.
    Any,
}

impl PartialEq for Step {
    fn eq(&self, other: &Step) -> bool {
        match (self, other) {
            (Step::Attribute(one), Step::Attribute(other)) | (Step::Index(one), Step::Index(other)) => {
                one == other
            }
            (Step::Computed(one), Step::Computed(other)) => one.is_same(other),
            (Step::Any, Step::Any) => true,
            _ => false,
        }
    }
}

impl Eq for Step {}
