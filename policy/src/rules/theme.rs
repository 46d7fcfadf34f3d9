//! What rules are about.

use super::Rule;

/// What a rule is about: the index of rules is arranged so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Theme {
    /// Policies that AWS refuses, or that do not do what they say.
    Validity,
    /// Grants that are wider than they need to be.
    Breadth,
    /// Ways to more permissions, and who is admitted.
    Escalation,
    /// What principals need, and what they are granted.
    Need,
    /// Secrets in plain text.
    Secrets,
    /// The checker itself.
    Checker,
}

impl Theme {
    /// Every theme, in the order of the index.
    pub const ALL: [Theme; 6] =
        [Theme::Validity, Theme::Breadth, Theme::Escalation, Theme::Need, Theme::Secrets, Theme::Checker];

    /// Its heading.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Theme::Validity => "Policies that are not valid",
            Theme::Breadth => "Grants that are too wide",
            Theme::Escalation => "Escalation, trust and resource policies",
            Theme::Need => "Grants and needs",
            Theme::Secrets => "Secrets in plain text",
            Theme::Checker => "The checker itself",
        }
    }
}

impl Rule {
    /// What it is about, by its id: each theme has numbers of its own.
    #[must_use]
    pub fn theme(&self) -> Theme {
        match (self.id.get(..3), self.id.get(3..).and_then(|number| number.parse().ok())) {
            (Some("SEC"), _) => Theme::Secrets,
            (Some("IAM"), Some(11 | 13..=39)) => Theme::Validity,
            (Some("IAM"), Some(5..=7 | 10 | 60..=79)) => Theme::Escalation,
            (Some("IAM"), Some(80..=89)) => Theme::Need,
            (Some("IAM"), _) => Theme::Breadth,
            _ => Theme::Checker,
        }
    }
}
