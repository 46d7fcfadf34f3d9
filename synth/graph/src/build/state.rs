//! Whose outputs a stack reads.

use std::collections::BTreeMap;

use policy::node::{Node, Value};
use policy::terraform::{Block, Kind};

use crate::stack::Stack;

/// Which stack each `terraform_remote_state` reads: the one that keeps its state there; else the one of its name.
pub(super) fn readers(stacks: &[Stack]) -> BTreeMap<(usize, &str), usize> {
    let mut found = BTreeMap::new();
    let kept: Vec<Option<Vec<&str>>> = stacks.iter().map(backend).collect();
    for (stack, one) in stacks.iter().enumerate() {
        let is_state =
            |block: &&Block| block.kind == Kind::Data && block.type_name() == "terraform_remote_state";
        for block in one.blocks.iter().filter(is_state) {
            let config = block.body.member("config").map(|member| place(&member.value));
            let same = |kept: &Option<Vec<&str>>| kept.is_some() && *kept == config.clone().flatten();
            let by_place = kept.iter().position(same);
            let by_name = || stacks.iter().position(|other| other.name == block.name());
            if let Some(other) = by_place.or_else(by_name) {
                found.insert((stack, block.name()), other);
            }
        }
    }
    found
}

/// Where a stack keeps its state.
fn backend(stack: &Stack) -> Option<Vec<&str>> {
    let settings = stack.blocks.iter().filter(|block| block.kind == Kind::Terraform);
    let mut backends = settings.filter_map(|block| block.body.member("backend")).map(|member| &member.value);
    backends.find_map(|backend| backend.members().iter().find_map(|kind| place(&kind.value)))
}

/// The arguments that tell one state from another, in the backends that have them.
fn place(config: &Node) -> Option<Vec<&str>> {
    let config = match &config.value {
        Value::List(nodes) => nodes.iter().next()?,
        _ => config,
    };
    let arguments = ["bucket", "key", "path", "prefix", "address", "container_name"];
    let values = arguments.iter().filter_map(|argument| config.member(argument)?.value.literal());
    let values: Vec<&str> = values.collect();
    (!values.is_empty()).then_some(values)
}
