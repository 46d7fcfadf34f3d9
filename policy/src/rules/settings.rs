//! Arguments by which a resource is opened without a policy.

use super::{Finding, Judgement, Rule, Subject};
use crate::known::Known;
use crate::node::{Node, Value};
use crate::terraform::{Block, Kind, values_in};

/// An argument, and the values of it that open the resource.
#[derive(Debug)]
pub(super) struct Setting {
    pub(super) type_name: &'static str,
    /// The way to the argument.
    pub(super) path: &'static [&'static str],
    /// Values that open, compared without case.
    pub(super) opens: &'static [&'static str],
    /// Arguments of the resource that close it again.
    pub(super) closed_by: &'static [&'static str],
    /// What it opens, to follow on "this lets anyone".
    pub(super) lets: &'static str,
}

/// Reports each argument that opens its resource.
pub(super) fn report(
    rule: &'static Rule,
    table: &'static [Setting],
    subject: &Subject,
    judgement: &mut Judgement,
) {
    for block in subject.blocks.iter().filter(|block| block.kind == Kind::Resource) {
        for setting in table.iter().filter(|setting| setting.type_name == block.type_name()) {
            if setting.closed_by.iter().any(|argument| is_set(block, argument)) {
                continue;
            }
            for node in values_in(&block.body, setting.path) {
                if node.is_later() {
                    let argument = setting.path.last().copied().unwrap_or_default();
                    judgement.undecided(node.span, format!("whom `{argument}` admits is known only later"));
                } else if setting.opens.iter().any(|value| says(node, value)) {
                    let message = format!("this lets anyone {}", setting.lets);
                    judgement.report(Finding::new(rule, node.span, block.address(), message));
                }
            }
        }
    }
}

fn is_set(block: &Block, argument: &str) -> bool {
    match block.argument(argument) {
        Known::Absent => false,
        // Plans and states have the empty values of what is not set.
        Known::Is(node) => match &node.value {
            Value::List(nodes) => !nodes.is_empty(),
            Value::Bool(set) => *set,
            _ => node.literal() != Some(""),
        },
        Known::Later(_) => true,
    }
}

fn says(node: &Node, value: &str) -> bool {
    match &node.value {
        Value::Bool(own) => value == own.to_string(),
        _ => node.literal().is_some_and(|text| text.eq_ignore_ascii_case(value)),
    }
}
