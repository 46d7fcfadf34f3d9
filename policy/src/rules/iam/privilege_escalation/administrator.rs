//! Roles that may do everything, and the services that may act as them: whoever passes one of them to such a service, and tells the
//! service what to do, may do everything too.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::iam::{Entries, Identity, Policy, PolicyKind, Statement};
use crate::known::Known;
use crate::rules::Subject;

/// A role that may do everything.
pub(super) struct Administrator<'s> {
    /// Its address.
    pub(super) address: &'s str,
    /// The services that its trust policy admits.
    services: BTreeSet<&'s str>,
}

impl<'s> Administrator<'s> {
    /// Those of a configuration.
    pub(super) fn all(subject: &'s Subject) -> Vec<Administrator<'s>> {
        let all = subject.identities.iter().filter(|identity| may_do_everything(identity));
        all.map(|identity| Administrator {
            address: &identity.address,
            services: services(identity, subject),
        })
        .filter(|administrator| !administrator.services.is_empty())
        .collect()
    }

    /// Whether a service may act as it.
    pub(super) fn trusts(&self, service: &str) -> bool {
        self.services.contains(service)
    }
}

/// Whether there is nothing more to have: a statement allows everything, and nothing limits.
pub(super) fn may_do_everything(identity: &Identity) -> bool {
    let Identity { grants, prescribed, inherited, boundaries, unknown_boundaries, .. } = identity;
    let mut statements =
        [grants, prescribed, inherited].into_iter().flatten().flat_map(|policy| &policy.statements);
    boundaries.is_empty() && unknown_boundaries.is_empty() && statements.any(allows_everything)
}

fn allows_everything(statement: &Statement) -> bool {
    let all = |entries: &Known<Entries>| {
        let mut texts = entries.known().into_iter().flat_map(|entries| &entries.texts);
        texts.any(|text| matches!(text.literal(), Some("*" | "*:*")))
    };
    statement.allows() && statement.is_unconditional() && all(&statement.action) && all(&statement.resource)
}

fn services<'s>(identity: &Identity, subject: &'s Subject) -> BTreeSet<&'s str> {
    let is_own =
        |policy: &&Arc<Policy>| policy.kind == PolicyKind::Trust && policy.address == identity.address;
    let statements = subject.policies.iter().filter(is_own).flat_map(|policy| &policy.statements);
    let principals = statements
        .filter(|statement| statement.allows())
        .flat_map(|statement| statement.principal.known().into_iter().flatten());
    principals
        .filter(|principal| principal.kind == "Service")
        .filter_map(|principal| principal.id.literal())
        .collect()
}
