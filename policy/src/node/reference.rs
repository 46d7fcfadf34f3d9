//! References to what is declared elsewhere.

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
            Step::Index(_) | Step::Any => None,
        }));
        names
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
            Step::Any => write!(f, "[*]"),
        })
    }
}

/// One step of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// `.name`.
    Attribute(String),
    /// `["key"]` or `[0]`.
    Index(String),
    /// `[*]`, or an index that is not a literal.
    Any,
}
