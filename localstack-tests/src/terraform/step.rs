//! The steps of terraform, and what is known of each.

use std::time::Duration;

use crate::settings::variable;

/// What terraform is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Fetch the providers.
    Init,
    /// Check the stack against the providers' schemas.
    Validate,
    /// Make the resources.
    Apply,
    /// Compare the stack with the resources.
    Plan,
    /// Print a plan or the state.
    Show,
    /// Print the providers' schemas.
    Schema,
    /// Print the signatures of the functions of the language.
    Functions,
    /// Remove the resources.
    Destroy,
}

impl Step {
    /// The log's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Step::Init => "init",
            Step::Validate => "validate",
            Step::Apply => "apply",
            Step::Plan => "plan",
            Step::Show => "show",
            Step::Schema => "schema",
            Step::Functions => "functions",
            Step::Destroy => "destroy",
        }
    }

    /// What else can be done when it fails.
    pub(super) fn advice(self) -> String {
        match self {
            Step::Init => {
                format!(
                    "\n  without a network, name a folder that holds the providers in {}",
                    variable::MIRROR
                )
            }
            _ => String::new(),
        }
    }

    /// Each at least five times what the largest known system needs (114 s to apply, 87 s to destroy).
    pub(super) fn deadline(self) -> Duration {
        Duration::from_secs(match self {
            // A provider of 700 MB may have to be downloaded.
            Step::Init | Step::Apply | Step::Destroy => 900,
            Step::Plan => 300,
            Step::Validate | Step::Show | Step::Schema | Step::Functions => 120,
        })
    }

    /// Whether the machine bears only a few of them at once: these start providers and ask them about everything.
    pub(super) fn is_heavy(self) -> bool {
        matches!(self, Step::Validate | Step::Plan | Step::Apply | Step::Destroy)
    }
}
