//! The spellings of a block: an object or an array of objects at each level, keys repeated at will
//! (HCL's JSON syntax specification, "Bodies" and "Blocks").

use crate::finding::{Findings, Rule};
use crate::json::{Member, Node, Value};

/// A label and its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Label<'a> {
    pub(crate) text: &'a str,
    pub(crate) start: u32,
}

/// The properties of a body. A body of `null` has none, an array of objects has those of all.
pub(crate) fn properties<'a>(body: &'a Node<'a>) -> impl Iterator<Item = &'a Member<'a>> {
    let (own, nodes): (&[Member<'_>], &[Node<'_>]) = match &body.value {
        Value::Object(members) => (members, &[]),
        Value::List(nodes) => (&[], nodes),
        _ => (&[], &[]),
    };
    own.iter().chain(nodes.iter().flat_map(|node| match &node.value {
        Value::Object(members) => members.iter(),
        _ => [].iter(),
    }))
}

/// Reports what is no body, or no part of one.
pub(crate) fn check_body(body: &Node<'_>, findings: &mut Findings) {
    match &body.value {
        Value::Null | Value::Object(_) => {}
        Value::List(nodes) => {
            for node in nodes.iter().filter(|node| !matches!(node.value, Value::Object(_))) {
                mistyped(node, "an object", findings);
            }
        }
        _ => mistyped(body, "an object, or an array of objects", findings),
    }
}

/// The bodies of the blocks in a block's value: `null` is none, an array is one an item.
pub(crate) fn bodies<'a>(value: &'a Node<'a>) -> impl Iterator<Item = &'a Node<'a>> {
    match &value.value {
        Value::Object(_) => std::slice::from_ref(value).iter(),
        Value::List(nodes) => nodes.iter(),
        _ => [].iter(),
    }
}

/// Reports what is no block and no array of blocks.
pub(crate) fn check_bodies(value: &Node<'_>, findings: &mut Findings) {
    if matches!(value.value, Value::Bool(_) | Value::Number(_) | Value::Text(_)) {
        mistyped(value, "an object, or an array of objects", findings);
    }
}

/// Calls `each` for every block below as many labels as `names` has.
pub(crate) fn labelled<'a>(
    value: &'a Node<'a>,
    names: &[&str],
    labels: &mut Vec<Label<'a>>,
    findings: &mut Findings,
    each: &mut dyn FnMut(&[Label<'a>], &'a Node<'a>, &mut Findings),
) {
    let Some((name, names)) = names.split_first() else {
        check_bodies(value, findings);
        return bodies(value).for_each(|body| each(labels, body, findings));
    };
    check_body(value, findings);
    let mut empty = true;
    for member in properties(value) {
        empty = false;
        labels.push(Label { text: &member.key, start: member.start });
        labelled(&member.value, names, labels, findings, each);
        labels.pop();
    }
    if empty && matches!(value.value, Value::Null | Value::Object(_) | Value::List(_)) {
        let message = format!("no {name} is written here");
        let help = format!("write an object whose keys are each a {name}, or leave the block out");
        findings.report(value.start, Rule::WrongStructure, message, Some(help));
    }
}

pub(crate) fn mistyped(node: &Node<'_>, wanted: &str, findings: &mut Findings) {
    let message = format!("expected {wanted}, found {}", node.kind());
    findings.report(node.start, Rule::WrongStructure, message, None);
}
