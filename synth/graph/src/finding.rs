//! What `policy` finds in the stacks, for the page to show where it is.

use policy::{Report, Sources, report};
use serde::Serialize;

use crate::architecture::{Architecture, Part};

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The stack it is in.
    #[serde(skip)]
    pub stack: String,
    /// The address of the block it concerns.
    pub address: String,
    /// The rule, such as `IAM001`.
    pub rule: String,
    /// How bad it is: `error`, `warning` or `suggestion`.
    pub severity: String,
    /// What was found.
    pub message: String,
    /// What to write instead.
    pub remedy: String,
    /// The file and the line.
    pub place: String,
}

impl Finding {
    /// The findings of a report on a stack.
    #[must_use]
    pub fn all_of(stack: &str, report: &Report, sources: &Sources) -> Vec<Finding> {
        let finding = |found: &policy::rules::Finding| Finding {
            stack: stack.to_owned(),
            address: found.address.clone(),
            rule: found.rule.id.to_owned(),
            severity: found.severity.name().to_owned(),
            message: found.message.clone(),
            remedy: found.remedy().to_owned(),
            place: report::human::place(sources, found.span),
        };
        report.findings.iter().map(finding).collect()
    }

    /// The ids of the boxes and frames that it is shown at.
    pub(crate) fn places<'d>(&self, drawn: &'d Architecture) -> Vec<&'d str> {
        // The documents of one folder are told apart by a number behind its name.
        let is_it = |part: &Part| {
            part.address == self.address && (part.stack.is_empty() || part.stack.starts_with(&self.stack))
        };
        let nodes = drawn.nodes.iter().filter(|(_, node)| node.parts.iter().any(is_it)).map(|(id, _)| id);
        let groups = drawn.groups.iter().filter(|(_, group)| group.parts.iter().any(is_it)).map(|(id, _)| id);
        nodes.chain(groups).map(String::as_str).collect()
    }
}
