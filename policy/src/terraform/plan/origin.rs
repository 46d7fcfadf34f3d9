//! Where a value of a plan comes from: the part of the configuration that says so
//! (Terraform, "JSON Output Format": "Expression Representation", "Block Expressions Representation").

use crate::expression;
use crate::node::{Member, Node, Opacity, Reference, Value};
use crate::source::Span;

/// The origin of a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin<'p> {
    /// The plan has no configuration.
    Unsaid,
    /// The author wrote nothing that gives this value.
    Computed,
    /// It is written out.
    Constant,
    /// An expression of JSON gives it: terraform keeps the text of one as a constant beside its
    /// references.
    Source(&'p Node),
    /// An expression of the native syntax gives it, which refers to these.
    Expression(&'p Node),
    /// Such an expression gives something that it is a part of.
    PartOf(&'p Node),
    /// A block, or the blocks of a type.
    Blocks(&'p Node),
}

impl<'p> Origin<'p> {
    /// Of a value that this part of the configuration gives.
    pub(super) fn of(written: &'p Node) -> Origin<'p> {
        let constant = written.member("constant_value").map(|member| &member.value);
        let references =
            written.member("references").map(|member| &member.value).filter(|node| is_list(node));
        match (constant, references) {
            (Some(text), Some(_)) => Origin::Source(text),
            (None, Some(references)) => Origin::Expression(references),
            (Some(_), None) => Origin::Constant,
            // An expression without references that Terraform does not compute here says nothing.
            (None, None) if written.members().is_empty() && !is_list(written) => Origin::Constant,
            (None, None) => Origin::Blocks(written),
        }
    }

    /// The object whose members say where the members of the value come from.
    pub(super) fn object(self) -> Option<&'p Node> {
        match self {
            Origin::Blocks(object) | Origin::Source(object) => Some(object),
            _ => None,
        }
    }

    /// Of a member of the value, of which that object says this.
    pub(super) fn member(self, said: Option<&'p Node>) -> Origin<'p> {
        match self {
            Origin::Blocks(_) => said.map_or(Origin::Computed, Origin::of),
            Origin::Source(_) => said.map_or(self, Origin::Source),
            other => other.part(),
        }
    }

    /// Of an element of the value, which has so many of them.
    pub(super) fn element(self, index: usize, count: usize) -> Origin<'p> {
        match self {
            Origin::Blocks(Node { value: Value::List(blocks), .. }) if blocks.len() == count => {
                blocks.get(index).map_or(Origin::Constant, Origin::of)
            }
            Origin::Source(Node { value: Value::List(nodes), .. }) if nodes.len() == count => {
                nodes.get(index).map_or(self, Origin::Source)
            }
            // Blocks that a dynamic block makes.
            Origin::Blocks(Node { value: Value::List(_), .. }) => Origin::Constant,
            Origin::Blocks(_) => self,
            other => other.part(),
        }
    }

    fn part(self) -> Origin<'p> {
        match self {
            Origin::Expression(references) => Origin::PartOf(references),
            other => other,
        }
    }

    /// What stands for a value of this origin that is not known, or not to be shown: the expression
    /// as far as the plan has it.
    pub(super) fn hole(self, span: Span) -> Node {
        match self {
            Origin::Source(text) => expression::read(text),
            Origin::Expression(list) | Origin::PartOf(list) => one_of(references(list, span), span),
            _ => after_apply(span),
        }
    }
}

/// What nobody knows before the plan is applied, and of which nothing more is said.
pub(super) fn after_apply(span: Span) -> Node {
    one_of(Vec::new(), span)
}

/// What stands for a value that is known only after apply. One reference is taken to be the value
/// itself; the plan does not say what else the expression does with it.
fn one_of(mut references: Vec<Node>, span: Span) -> Node {
    match references.pop() {
        Some(only) if references.is_empty() => only,
        last => {
            references.extend(last);
            Node::new(span, Value::opaque(Opacity::AfterApply, references))
        }
    }
}

/// The references of a list, each named as far as the configuration names it: `a.b.c` is followed
/// by `a.b`, which says no more.
fn references(list: &Node, span: Span) -> Vec<Node> {
    let Value::List(written) = &list.value else {
        return Vec::new();
    };
    let mut found: Vec<Node> = Vec::new();
    for text in written.iter().filter_map(Node::as_text) {
        // The longer one comes right before those that it begins with.
        if let Some(Node { value: Value::Reference(reference), .. }) = expression::parse(text)
            && !found.last().is_some_and(|longer| begins_with(longer, &reference))
        {
            found.push(Node::new(span, Value::Reference(reference)));
        }
    }
    found
}

fn begins_with(longer: &Node, reference: &Reference) -> bool {
    match &longer.value {
        Value::Reference(longer) => {
            longer.root == reference.root && longer.steps.starts_with(&reference.steps)
        }
        _ => false,
    }
}

fn is_list(node: &Node) -> bool {
    matches!(node.value, Value::List(_))
}

/// The value of a part of the configuration that no planned value goes with.
pub(super) fn written(node: &Node) -> Node {
    match (Origin::of(node), &node.value) {
        (Origin::Constant, _) => match node.member("constant_value") {
            Some(constant) => constant.value.clone(),
            None => after_apply(node.span),
        },
        (Origin::Blocks(_), Value::List(nodes)) => {
            Node::new(node.span, Value::List(nodes.iter().map(written).collect()))
        }
        (Origin::Blocks(_), _) => {
            let members = node.members().iter();
            let members =
                members.map(|member| Member { key: member.key.clone(), value: written(&member.value) });
            Node::new(node.span, Value::Object(members.collect()))
        }
        (origin, _) => origin.hole(node.span),
    }
}
