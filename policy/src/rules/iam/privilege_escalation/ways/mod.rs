//! The known ways to more permissions: one row each.
//!
//! After Rhino Security Labs, "AWS IAM Privilege Escalation – Methods and Mitigation", and those who added to it; each
//! row names its page.

mod passing;
mod permissions;
mod workloads;

use Step::{Do, Own, Pass, To};

/// Actions that together give their holder more than it was given.
pub(super) struct Way {
    /// All of them are needed.
    pub(super) steps: &'static [Step],
    /// What its holder does then.
    pub(super) gives: &'static str,
    /// Where that is documented.
    pub(super) source: &'static str,
}

/// One action, and what it has to be allowed on to be of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// `iam:PassRole` of a role that the policies do not name, to this service.
    Pass(&'static str),
    /// On anything at all: the holder chooses what it makes.
    Do(&'static str),
    /// On something of this resource type that the policies do not name.
    To(&'static str, &'static str),
    /// The same, or on what the holder itself is or has.
    Own(&'static str, &'static str),
}

impl Step {
    /// The action.
    pub(super) fn action(self) -> &'static str {
        match self {
            Pass(_) => "iam:PassRole",
            Do(action) | To(action, _) | Own(action, _) => action,
        }
    }
}

const fn way(steps: &'static [Step], gives: &'static str, source: &'static str) -> Way {
    Way { steps, gives, source }
}

/// Every way. Sets that contain another one are left out.
pub(super) fn all() -> impl Iterator<Item = &'static Way> {
    [permissions::WAYS, passing::WAYS, workloads::WAYS].into_iter().flatten()
}
