//! Which permissions the objects of a block need: those of the provider's calls where they are written down, else those
//! of CloudFormation's handlers for the same kind of resource, without what they do for arguments that are not set.

use std::collections::BTreeMap;

use super::names::Names;
use super::table::{self, Entry, Operation, Permission, Reach};
use crate::iam::actions;
use crate::iam::catalogue::{self, Level, Target, handlers, service};
use crate::iam::pattern;
use crate::node::{Node, Value};
use crate::terraform::{Block, Kind, blocks_in};

/// Permissions of another service are for what a block names. A service, and what names of arguments contain that lead
/// to it; of services that are not here, that is their own name.
const LEADING: &[(&str, &[&str])] = &[
    ("acm", &["certificate"]),
    ("cloudwatch", &["alarm", "metric"]),
    ("cognito-idp", &["cognito", "user_pool"]),
    ("dynamodb", &["dynamodb"]),
    ("ec2", &["security_group", "subnet", "vpc"]),
    ("ecr", &["ecr", "image"]),
    ("elasticfilesystem", &["efs", "file_system"]),
    ("elasticloadbalancing", &["load_balanc", "target_group"]),
    ("events", &["event"]),
    ("iam", &["role"]),
    ("kinesis", &["kinesis"]),
    ("lambda", &["function", "lambda"]),
    ("logs", &["log"]),
    ("route53", &["hosted_zone"]),
    ("s3", &["bucket", "s3"]),
    ("secretsmanager", &["secret"]),
    ("sns", &["sns", "topic"]),
    ("sqs", &["queue", "sqs"]),
    ("ssm", &["parameter", "ssm"]),
];

/// What a block's objects need; nothing if that is not known.
pub(super) fn of(block: &Block, names: &Names<'_>) -> Option<Entry> {
    let mut entry = known(block)?;
    let is_tagged = is_tagged(block, names);
    entry.permissions.retain(|permission| {
        let is_tag = is_tagging(&permission.action);
        let is_set = permission.only_with.is_none_or(|argument| is_set(&block.body, argument));
        is_set && (is_tagged || !is_tag || permission.operation == Operation::Read)
    });
    if entry.kinds.is_empty() {
        entry.kinds = deleted(&entry);
    }
    Some(entry)
}

fn known(block: &Block) -> Option<Entry> {
    let type_name = block.type_name();
    match block.kind {
        Kind::Data | Kind::Ephemeral => {
            let prefix = if block.kind == Kind::Data { "data" } else { "ephemeral" };
            let own = table::entry(&format!("{prefix}.{type_name}")).cloned();
            own.or_else(|| read_only(of_resource(type_name, block)))
                // `aws_subnets` reads what `aws_subnet` reads.
                .or_else(|| read_only(of_resource(type_name.strip_suffix('s')?, block)))
        }
        _ => of_resource(type_name, block),
    }
}

fn of_resource(type_name: &str, block: &Block) -> Option<Entry> {
    table::entry(type_name).cloned().or_else(|| of_handlers(type_name, block))
}

fn read_only(entry: Option<Entry>) -> Option<Entry> {
    let mut entry = entry?;
    entry.kinds = if entry.kinds.is_empty() { deleted(&entry) } else { entry.kinds };
    entry.permissions.retain(|permission| permission.operation == Operation::Read);
    (!entry.permissions.is_empty() || entry.service == "-").then_some(entry)
}

/// From CloudFormation's handlers of the same resource.
fn of_handlers(type_name: &str, block: &Block) -> Option<Entry> {
    let handlers = handlers(table::handled_as(type_name).unwrap_or(type_name))?;
    let phases = [
        (Operation::Create, &handlers.create),
        (Operation::Read, &handlers.read),
        (Operation::Update, &handlers.update),
        (Operation::Delete, &handlers.delete),
    ];
    let own = own_service(phases.iter().flat_map(|(_, actions)| actions.iter().copied()))?;
    let mut permissions = Vec::new();
    for (operation, names) in phases {
        // What is no action (a few handlers name some that are none) is no permission either.
        for action in names.iter().flat_map(|name| each(name)) {
            // A few handlers change something when they read; terraform does not.
            if is_wanted(&action, own, block) && (operation != Operation::Read || reads(&action)) {
                permissions.push(Permission { operation, action, only_with: None, reach: Reach::Named });
            }
        }
    }
    Some(Entry { service: own, kinds: Vec::new(), names: Vec::new(), permissions })
}

/// The actions that a handler names, some of them with a wildcard.
fn each(name: &str) -> Vec<String> {
    if pattern::is_wild(name) {
        return actions::named(name).collect();
    }
    let known = name.split_once(':').and_then(|(prefix, bare)| service(prefix)?.action(bare));
    known
        .into_iter()
        .filter_map(|action| Some(format!("{}:{}", name.split_once(':')?.0, action.name)))
        .collect()
}

/// The service that most of the actions are of.
fn own_service<'a>(actions: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for (prefix, _) in actions.filter_map(|action| action.split_once(':')) {
        let count = counted.entry(prefix).or_default();
        *count = count.saturating_add(1);
    }
    let (most, _) = counted.into_iter().max_by_key(|(_, count)| *count)?;
    service(most).map(|service| service.prefix)
}

/// Keys of KMS and roles are looked at by themselves.
fn is_wanted(action: &str, own: &str, block: &Block) -> bool {
    let (prefix, _) = action.split_once(':').unwrap_or((action, ""));
    if prefix == own || action == "iam:CreateServiceLinkedRole" {
        return true;
    }
    if prefix == "kms" || action == "iam:PassRole" {
        return false;
    }
    let own_name = [prefix];
    let words =
        LEADING.iter().find(|(service, _)| *service == prefix).map_or(&own_name[..], |(_, words)| words);
    names_argument(&block.body, words)
}

/// Whether an argument is set whose name contains one of the words.
fn names_argument(node: &Node, words: &[&str]) -> bool {
    let in_list = || match &node.value {
        Value::List(nodes) => nodes.iter().any(|node| names_argument(node, words)),
        _ => false,
    };
    let is_named = |name: &str| words.iter().any(|word| name.contains(word));
    let members = node.members().iter().filter(|member| !matches!(member.value.value, Value::Null));
    members
        .into_iter()
        .any(|member| member.name().is_some_and(is_named) || names_argument(&member.value, words))
        || in_list()
}

/// Whether an argument, or a block, is there and says anything else than no.
fn is_set(body: &Node, argument: &str) -> bool {
    if !blocks_in(body, argument).is_empty() && body.member(argument).is_none() {
        return true; // a `dynamic` block
    }
    body.member(argument).is_some_and(|member| match &member.value.value {
        Value::Null | Value::Bool(false) => false,
        Value::List(nodes) => !nodes.is_empty(),
        _ => true,
    })
}

/// Whether its objects have tags: their own, or those that a provider gives to all of its resources.
fn is_tagged(block: &Block, names: &Names<'_>) -> bool {
    let is_empty = |node: &Node| matches!(&node.value, Value::Object(members) if members.is_empty());
    let has = |argument: &str| {
        is_set(&block.body, argument)
            && !block.body.member(argument).is_some_and(|member| is_empty(&member.value))
    };
    ["tag", "tags", "tags_all"].into_iter().any(has)
        || names.providers().any(|provider| is_set(&provider.body, "default_tags"))
}

fn reads(action: &str) -> bool {
    let level = action.split_once(':').and_then(|(prefix, name)| service(prefix)?.action(name)?.level);
    matches!(level, Some(Level::Read | Level::List) | None)
}

/// Whether an action does nothing but put tags on something or take them off; of some the access level is another one.
pub(super) fn is_tagging(action: &str) -> bool {
    let Some((prefix, name)) = action.split_once(':') else {
        return false;
    };
    let level = || service(prefix).and_then(|service| service.action(name)?.level);
    let is_named = name.starts_with("Tag") || name.starts_with("Untag") || name.ends_with("Tags");
    is_named || name.contains("Tag") && level() == Some(Level::Tag)
}

/// The resource types that what deletes an object acts on.
fn deleted(entry: &Entry) -> Vec<String> {
    let named = |operation| {
        let own = entry.permissions.iter().filter(move |one| one.operation == operation);
        own.filter_map(|one| one.action.strip_prefix(entry.service)?.strip_prefix(':'))
            .filter(|name| {
                !name.starts_with("Describe") && !name.starts_with("List") && !name.contains("Tag")
            })
            .filter_map(|name| service(entry.service)?.action(name))
    };
    let one = |action: &catalogue::Action| {
        let required: Vec<&Target> = action.targets.iter().filter(|target| target.required).collect();
        match (required.as_slice(), action.targets.as_slice()) {
            ([only], _) => Some(only.resource_type.to_owned()),
            ([], [only]) => Some(only.resource_type.to_owned()),
            _ => None,
        }
    };
    let operations = [Operation::Delete, Operation::Create, Operation::Read];
    operations.into_iter().find_map(|operation| named(operation).find_map(one)).into_iter().collect()
}

/// The variable parts of the ARN of a block's resource, and what stands for each, such as `{name}`.
pub(super) fn templates(entry: &Entry, block: &Block) -> Vec<(String, String)> {
    let form = entry.kinds.first().and_then(|kind| service(entry.service)?.resource_type(kind));
    let own = variables(form.map_or("", |form| form.arn));
    let mut given = entry.names.iter();
    own.into_iter()
        .map(|variable| match given.next() {
            Some(template) => (variable.to_owned(), (*template).to_owned()),
            None => (variable.to_owned(), guessed(variable, entry, block)),
        })
        .collect()
}

/// The argument of the same name as a part of the ARN: `queue_name` for `QueueName`, else `name` for what is a name.
fn guessed(variable: &str, entry: &Entry, block: &Block) -> String {
    if !entry.names.is_empty() || !variable.ends_with("Name") {
        return "*".to_owned();
    }
    let mut argument = String::new();
    for (at, letter) in variable.char_indices() {
        if letter.is_ascii_uppercase() && at > 0 {
            argument.push('_');
        }
        argument.push(letter.to_ascii_lowercase());
    }
    let name = if block.body.member(&argument).is_some() { argument.as_str() } else { "name" };
    format!("{{{name}}}")
}

/// The names of the variable parts of an ARN's form, except of its place.
fn variables(form: &str) -> Vec<&str> {
    let parts = form.split("${").skip(1).filter_map(|part| part.split_once('}'));
    parts
        .map(|(variable, _)| variable)
        .filter(|name| !["Partition", "Region", "Account"].contains(name))
        .collect()
}
