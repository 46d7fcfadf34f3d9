//! Whose policies a resource carries: the roles, users and groups that its arguments name.

use std::collections::{BTreeMap, BTreeSet};

use crate::node::{Node, Value};
use crate::terraform::{Block, Kind};

/// The arguments by which a resource says whose policy it is.
const HOLDERS: [&str; 6] = ["role", "user", "group", "roles", "users", "groups"];

/// The types that can hold policies themselves, and the argument with their name.
const PRINCIPALS: [&str; 3] = ["aws_iam_role", "aws_iam_user", "aws_iam_group"];

/// The declared principals by type and name. The first one counts where several have a name.
pub(crate) struct Principals<'b> {
    by_name: BTreeMap<(&'b str, &'b str), &'b Block>,
}

impl<'b> Principals<'b> {
    pub(crate) fn of(blocks: &'b [Block]) -> Principals<'b> {
        let mut by_name = BTreeMap::new();
        for block in blocks {
            if block.kind == Kind::Resource
                && PRINCIPALS.contains(&block.type_name())
                && let Some(name) = block.body.member("name").and_then(|member| member.value.literal())
            {
                by_name.entry((block.type_name(), name)).or_insert(block);
            }
        }
        Principals { by_name }
    }
}

/// The addresses of the principals that a resource gives policies to; the names of those that are declared
/// elsewhere.
pub(crate) fn holders(block: &Block, principals: &Principals) -> Vec<String> {
    if PRINCIPALS.contains(&block.type_name()) {
        return vec![block.address()];
    }
    let mut holders = Vec::new();
    for argument in HOLDERS {
        holders.extend(named(block, argument, principals));
    }
    holders
}

/// The users of groups, each with the group, by their addresses (hashicorp/aws: `aws_iam_group_membership` and
/// `aws_iam_user_group_membership`).
pub(super) fn members(blocks: &[Block], principals: &Principals) -> Vec<(String, String)> {
    let memberships = blocks.iter().filter(|block| {
        block.is_resource("aws_iam_group_membership") || block.is_resource("aws_iam_user_group_membership")
    });
    let pairs = memberships.flat_map(|block| {
        let all = |names: [&str; 2]| -> Vec<String> {
            names.iter().flat_map(|name| named(block, name, principals)).collect()
        };
        let (users, groups) = (all(["user", "users"]), all(["group", "groups"]));
        users
            .into_iter()
            .flat_map(move |user| groups.clone().into_iter().map(move |group| (user.clone(), group)))
    });
    pairs.collect()
}

/// The principals that an argument names.
fn named(block: &Block, argument: &str, principals: &Principals) -> Vec<String> {
    let Some(member) = block.body.member(argument) else {
        return Vec::new();
    };
    let nodes = match &member.value.value {
        Value::List(nodes) => nodes.as_slice(),
        Value::Null => &[],
        _ => std::slice::from_ref(&member.value),
    };
    nodes.iter().map(|node| holder(node, argument.trim_end_matches('s'), block, principals)).collect()
}

fn holder(node: &Node, kind: &str, block: &Block, principals: &Principals) -> String {
    if let Some(name) = node.literal() {
        let type_name = format!("aws_iam_{kind}");
        let declared = principals.by_name.get(&(type_name.as_str(), name));
        return declared.map_or_else(|| format!("{kind} {name}"), |block| block.address());
    }
    match references(node).into_iter().next() {
        Some(address) if block.module.is_root() => address,
        Some(address) => format!("{}.{address}", block.module),
        None => format!("{kind} of {}", block.address()),
    }
}

/// The resources that an expression refers to, such as `aws_sqs_queue.jobs`.
pub(crate) fn references(node: &Node) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut left = vec![node];
    while let Some(node) = left.pop() {
        left.extend(node.children());
        if let Value::Reference(reference) = &node.value
            && let [root, name, ..] = reference.names().as_slice()
            && root.contains('_')
        {
            found.insert(format!("{root}.{name}"));
        }
    }
    found
}
