//! Which permissions the provider's own calls need, by type: reads `data/provider.txt`, which says the form.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::need::Phase;

static TABLE: LazyLock<BTreeMap<&'static str, Row>> =
    LazyLock::new(|| read(include_str!("../../data/provider.txt")));

/// What a provider does with an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    /// Makes it.
    Create,
    /// Looks at it.
    Read,
    /// Changes it.
    Update,
    /// Removes it.
    Delete,
}

impl Operation {
    pub(super) fn phase(self) -> Phase {
        match self {
            Operation::Read => Phase::Plan,
            Operation::Create | Operation::Update => Phase::Apply,
            Operation::Delete => Phase::Destroy,
        }
    }

    /// Whether it makes or changes something.
    pub(super) fn changes(self) -> bool {
        matches!(self, Operation::Create | Operation::Update)
    }

    fn named(name: &str) -> Option<Operation> {
        Some(match name {
            "create" => Operation::Create,
            "read" => Operation::Read,
            "update" => Operation::Update,
            "delete" => Operation::Delete,
            _ => return None,
        })
    }
}

/// One permission of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Permission {
    pub(super) operation: Operation,
    /// With its service.
    pub(super) action: String,
    /// The argument without which it is not needed.
    pub(super) only_with: Option<&'static str>,
    /// On which resources of its kind.
    pub(super) reach: Reach,
}

/// Whether a call names the resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// It does.
    Named,
    /// It does not: only all of the kind allow it.
    Every,
}

/// What is known about a type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// The service whose actions they are.
    pub(super) service: &'static str,
    /// The resource types of the service that it is; none if that follows from what deletes it.
    pub(super) kinds: Vec<String>,
    /// What stands for each variable part of its ARN.
    pub(super) names: Vec<&'static str>,
    pub(super) permissions: Vec<Permission>,
}

enum Row {
    Entry(Entry),
    SameAs(&'static str),
}

/// The entry of a type, in the form `aws_sqs_queue`, `data.aws_sqs_queue` or `ephemeral.aws_ssm_parameter`.
pub(super) fn entry(name: &str) -> Option<&'static Entry> {
    match TABLE.get(name)? {
        Row::Entry(entry) => Some(entry),
        Row::SameAs(other) => entry(other),
    }
}

/// The type of CloudFormation that a type is, where that does not follow from its name.
pub(super) fn handled_as(name: &str) -> Option<&'static str> {
    match TABLE.get(name)? {
        Row::SameAs(other) if other.starts_with("AWS::") => Some(other),
        Row::SameAs(other) => handled_as(other),
        Row::Entry(_) => None,
    }
}

fn read(text: &'static str) -> BTreeMap<&'static str, Row> {
    let mut table = BTreeMap::new();
    let mut last = "";
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&'static str> = line.split_whitespace().collect();
        match words.as_slice() {
            [name, "=", other] => {
                table.insert(*name, Row::SameAs(other));
            }
            [operation, actions @ ..] if line.starts_with(' ') => {
                if let (Some(Row::Entry(entry)), Some(operation)) =
                    (table.get_mut(last), Operation::named(operation))
                {
                    let service = entry.service;
                    entry.permissions.extend(actions.iter().map(|word| permission(word, operation, service)));
                }
            }
            [name, service, rest @ ..] => {
                last = name;
                let kinds = rest.first().map(|kinds| kinds.split(',').map(|kind| kind.replace('_', " ")));
                table.insert(
                    *name,
                    Row::Entry(Entry {
                        service,
                        kinds: kinds.map(Iterator::collect).unwrap_or_default(),
                        names: rest.iter().skip(1).copied().collect(),
                        permissions: Vec::new(),
                    }),
                );
            }
            _ => {} // an empty line
        }
    }
    table
}

fn permission(word: &'static str, operation: Operation, service: &str) -> Permission {
    let (word, only_with) = match word.split_once('?') {
        Some((word, argument)) => (word, Some(argument)),
        None => (word, None),
    };
    let (name, reach) = match word.strip_suffix('@') {
        Some(name) => (name, Reach::Every),
        None => (word, Reach::Named),
    };
    let action = if name.contains(':') { name.to_owned() } else { format!("{service}:{name}") };
    Permission { operation, action, only_with, reach }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iam::catalogue::service;

    fn entries() -> impl Iterator<Item = (&'static str, &'static Entry)> {
        TABLE.keys().filter_map(|name| Some((*name, entry(name)?)))
    }

    #[test]
    fn every_action_and_kind_of_the_table_is_one_of_aws() {
        for (name, entry) in entries().filter(|(_, entry)| entry.service != "-") {
            let own = service(entry.service).unwrap();
            for kind in &entry.kinds {
                assert!(own.resource_type(kind).is_some(), "{name}: {kind}");
            }
            for Permission { action, .. } in &entry.permissions {
                let (prefix, bare) = action.split_once(':').unwrap();
                assert!(service(prefix).unwrap().action(bare).is_some(), "{name}: {action}");
            }
        }
    }

    #[test]
    fn every_type_of_the_table_can_be_read_or_needs_nothing() {
        let reads = |entry: &Entry| entry.permissions.iter().any(|one| one.operation == Operation::Read);
        for (name, entry) in entries() {
            // They call when they are applied, and keep the answer.
            const ONCE: [&str; 3] =
                ["aws_grafana_workspace_api_key", "aws_kms_ciphertext", "aws_lambda_invocation"];
            let once = ONCE.contains(&name);
            assert!(entry.service == "-" || once || reads(entry), "{name}");
        }
    }

    #[test]
    fn every_type_that_is_another_one_is_one_that_is_known() {
        for name in TABLE.keys() {
            let is_known = match handled_as(name) {
                Some(other) => crate::iam::catalogue::handlers(other).is_some(),
                None => entry(name).is_some(),
            };
            assert!(is_known, "{name}");
        }
    }

    #[test]
    fn no_line_of_the_table_is_overlooked() {
        let text = include_str!("../../data/provider.txt");
        let actions = text.lines().filter(|line| line.starts_with(' '));
        let words: usize = actions.map(|line| line.split_whitespace().count() - 1).sum();
        let own = TABLE.values().filter_map(|row| match row {
            Row::Entry(entry) => Some(entry.permissions.len()),
            Row::SameAs(_) => None,
        });
        assert_eq!(own.sum::<usize>(), words);
    }
}
