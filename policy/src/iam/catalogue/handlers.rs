//! What AWS's own handlers of a resource type need: CloudFormation's permissions for creating,
//! reading, changing and deleting it (resource provider schemas, `handlers`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::packed::{Packed, words};

static KNOWN: LazyLock<Packed<BTreeMap<&'static str, Entry>>> =
    LazyLock::new(|| Packed::of(include_bytes!("../../../data/handlers.packed"), read));

/// The permissions that handling a resource type needs, such as `sqs:CreateQueue`.
///
/// Those of CloudFormation's handlers: Terraform's provider makes nearly the same calls.
#[derive(Clone, Debug, Default)]
pub struct Handlers {
    /// The type in CloudFormation, such as `AWS::SQS::Queue`.
    pub resource_type: &'static str,
    /// To create one.
    pub create: Vec<&'static str>,
    /// To read one.
    pub read: Vec<&'static str>,
    /// To change one.
    pub update: Vec<&'static str>,
    /// To delete one.
    pub delete: Vec<&'static str>,
    /// To list them.
    pub list: Vec<&'static str>,
}

enum Entry {
    /// Of a type of CloudFormation.
    Handlers(Handlers),
    /// A type of Terraform that is this one.
    SameAs(&'static str),
}

/// One line each: `T` says which type a Terraform type is, `H` what a type's handlers need.
fn read(text: &'static str) -> BTreeMap<&'static str, Entry> {
    let entry = |line: &'static str| {
        let fields: Vec<&'static str> = line.split('\t').collect();
        match fields.as_slice() {
            ["T", terraform, resource_type] => Some((*terraform, Entry::SameAs(resource_type))),
            ["H", resource_type, phases @ ..] => {
                Some((*resource_type, Entry::Handlers(needed(resource_type, phases))))
            }
            _ => None, // the generator writes no other line, which a test counts
        }
    };
    text.lines().filter_map(entry).collect()
}

fn needed(resource_type: &'static str, phases: &[&'static str]) -> Handlers {
    let mut handlers = Handlers { resource_type, ..Handlers::default() };
    for (phase, permissions) in phases.iter().filter_map(|text| text.split_once('=')) {
        let permissions = words(permissions);
        match phase {
            "create" => handlers.create = permissions,
            "read" => handlers.read = permissions,
            "update" => handlers.update = permissions,
            "delete" => handlers.delete = permissions,
            "list" => handlers.list = permissions,
            _ => {} // the schema of resource types has no other handler
        }
    }
    handlers
}

/// The permissions of a type, in Terraform's name (`aws_sqs_queue`) or CloudFormation's; nothing if
/// it is not known which of CloudFormation's types it is.
#[must_use]
pub fn handlers(type_name: &str) -> Option<&'static Handlers> {
    match KNOWN.chunk(type_name)?.get(type_name)? {
        Entry::Handlers(handlers) => Some(handlers),
        Entry::SameAs(resource_type) => handlers(resource_type),
    }
}

/// The Terraform types of which it is known.
pub fn handled_types() -> impl Iterator<Item = &'static str> {
    let types = KNOWN.all().flat_map(BTreeMap::iter);
    types.filter(|(_, entry)| matches!(entry, Entry::SameAs(_))).map(|(name, _)| *name)
}
