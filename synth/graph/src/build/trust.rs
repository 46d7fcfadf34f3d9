//! Who may act as whom, by the trust policies of roles.

use std::collections::BTreeSet;

use policy::iam::PolicyKind;
use policy::known::Known;

use super::home::Homes;
use super::index::Index;
use super::principals;
use crate::architecture::{Architecture, Meaning};

/// Adds an arrow from each that a role trusts.
pub(super) fn add(drawn: &mut Architecture, index: &Index<'_>, homes: &Homes<'_, '_>) {
    for (number, stack) in index.stacks.iter().enumerate() {
        for policy in stack.policies.iter().filter(|policy| policy.kind == PolicyKind::Trust) {
            let Some(role) = index.at(number, &policy.address) else {
                continue; // every policy is read from a block of its stack
            };
            let is_its_own = homes.is_its_own(role);
            for statement in policy.statements.iter().filter(|statement| statement.allows()) {
                if let Known::Later(later) = &statement.principal {
                    drawn.undecided.insert(format!("`{}`: whom it trusts: {}", policy.address, later.why));
                }
                let of_service = |kind: &str| kind == "Service";
                let mut kinds =
                    statement.principal.known().into_iter().flatten().map(|one| one.kind.as_str());
                // A workload acts with its role through its own service: that is what the workload is.
                if !is_its_own && kinds.all(of_service) {
                    continue;
                }
                let subjects = principals::subjects(statement);
                let details: BTreeSet<String> =
                    subjects.iter().map(|subject| format!("as {subject}")).collect();
                for from in principals::of(drawn, index, homes, role, statement) {
                    for to in homes.of_block(role) {
                        drawn.arrow(&from, &to, Meaning::Trusted, &label(&subjects), &policy.address);
                        for detail in &details {
                            drawn.arrow(&from, &to, Meaning::Trusted, "", detail);
                        }
                    }
                }
            }
        }
    }
}

/// The first subject, without what all of GitHub's begin with, and how many more.
fn label(subjects: &[String]) -> String {
    let shortened = subjects.first().map(|first| first.strip_prefix("repo:").unwrap_or(first));
    match (shortened, subjects.len()) {
        (None, _) => String::new(),
        (Some(first), 1) => first.to_owned(),
        (Some(first), all) => format!("{first} +{}", all.saturating_sub(1)),
    }
}
