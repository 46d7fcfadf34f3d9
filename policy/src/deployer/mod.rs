//! The least policy of whoever runs terraform: what planning, applying and destroying a stack need.
//!
//! ```text
//!  blocks ──▶ each resource, data source and ephemeral resource
//!               │ operations   which permissions: the table of the provider's calls, else CloudFormation's handlers
//!               │ names, arns  on which resources, as far as the document says how they are called, and where (place)
//!               │ roles, keys  roles that services are given, keys that they use
//!             the state's backend, the states of other stacks: backend
//!               ▼
//!             Needs ──document──▶ statements by service and phase, in policies that fit
//! ```

mod arns;
mod backend;
mod document;
mod keys;
mod names;
mod need;
mod operations;
mod place;
mod roles;
mod table;

pub use document::{MAX_CHARACTERS, Policy, Statement, policies};
pub use need::{Condition, Need, Needs, Phase};
pub use place::Place;

use arns::Subject;
use names::Names;
use table::Permission;

use crate::known::Known;
use crate::terraform::{Block, Kind};

/// What a configuration whose expressions are computed needs. What no document says of the place of its resources is as
/// in `elsewhere`.
#[must_use]
pub fn needs(blocks: &[Block], elsewhere: &Place) -> Needs {
    let names = Names::of(blocks);
    let mut needs = Needs::default();
    for block in blocks {
        match block.kind {
            Kind::Resource | Kind::Data | Kind::Ephemeral => of_block(block, &names, elsewhere, &mut needs),
            Kind::Terraform => backend::of_settings(block, &mut needs),
            _ => {}
        }
    }
    let is_ours = |block: &Block| block.type_name().starts_with("aws_");
    if blocks.iter().any(is_ours) || names.providers().next().is_some() {
        needs.add(caller());
    }
    for provider in names.providers().filter(|provider| place::assumed_role(provider) != Known::Absent) {
        needs.notes.insert(format!(
            "{}: the policy is for the role that the provider assumes; who runs terraform needs `sts:AssumeRole` on it",
            provider.address()
        ));
    }
    needs
}

fn of_block(block: &Block, names: &Names<'_>, elsewhere: &Place, needs: &mut Needs) {
    if block.type_name() == "terraform_remote_state" {
        return backend::of_remote_state(block, needs);
    }
    if !block.type_name().starts_with("aws_") {
        return needs.foreign(block);
    }
    let Some(entry) = operations::of(block, names) else {
        return needs.unknown(block, "which permissions the provider needs for this type is not known");
    };
    let place = Place::of(block, names, elsewhere);
    let subject = Subject::of(block, &entry, names, &place);
    for permission in &entry.permissions {
        let Permission { operation, action, .. } = permission;
        match action.as_str() {
            "iam:CreateServiceLinkedRole" => needs.add(roles::service_linked(block, &entry, &place)),
            "iam:PassRole" => {} // limited below to the roles that the block names
            _ => needs.add(Need {
                phase: operation.phase(),
                action: action.clone(),
                resources: subject.resources(permission),
                condition: None,
                block: block.address(),
            }),
        }
    }
    needs.extend(roles::passed(block, &entry, names, &place));
    needs.extend(keys::used(block, names, &place));
    if place.is_open() {
        needs.open_places.insert(place.why());
    }
}

/// The provider asks whose credentials it has, before anything else.
fn caller() -> Need {
    Need {
        phase: Phase::Plan,
        action: "sts:GetCallerIdentity".to_owned(),
        resources: ["*".to_owned()].into(),
        condition: None,
        block: "provider.aws".to_owned(),
    }
}
