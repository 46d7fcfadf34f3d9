//! A planned value: as it is known, and as the author wrote it.

use std::collections::{BTreeMap, BTreeSet};

use super::origin::{Origin, after_apply};
use crate::node::{Member, Node, Shared, Value};
use crate::source::Span;

/// What a plan says of a value beside it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks<'p> {
    /// `true`, or a structure with `true` at what is unknown until apply.
    pub(super) unknown: Option<&'p Node>,
    /// The same of what is sensitive.
    pub(super) sensitive: Option<&'p Node>,
}

impl<'p> Marks<'p> {
    /// Of a member of the value, of which they say this.
    fn member(self, unknown: Option<&'p Node>, sensitive: Option<&'p Node>) -> Marks<'p> {
        let of = |whole: Option<&'p Node>, part| if whole.is_some_and(is_true) { whole } else { part };
        Marks { unknown: of(self.unknown, unknown), sensitive: of(self.sensitive, sensitive) }
    }

    fn element(self, index: usize) -> Marks<'p> {
        let of = |mark: Option<&'p Node>| match &mark?.value {
            Value::Bool(true) => mark,
            Value::List(nodes) => nodes.get(index),
            _ => None,
        };
        Marks { unknown: of(self.unknown), sensitive: of(self.sensitive) }
    }

    fn is_unknown(self) -> bool {
        self.unknown.is_some_and(is_true)
    }

    fn is_sensitive(self) -> bool {
        self.sensitive.is_some_and(is_true)
    }
}

/// Whether a node is `true`.
pub(super) fn is_true(node: &Node) -> bool {
    matches!(node.value, Value::Bool(true))
}

/// A value in both forms.
#[derive(Clone, Debug)]
pub(super) struct Valued {
    /// As the author wrote it, as far as the plan says.
    pub(super) written: Node,
    /// As it is known.
    pub(super) body: Node,
}

/// Two lists, which are one where their elements are the same: most of a plan is as it was written.
fn shared<T: Clone>(written: Vec<T>, body: Vec<T>, is_same: impl Fn((&T, &T)) -> bool) -> [Shared<T>; 2] {
    let is_one = written.iter().zip(&body).all(is_same);
    let written: Shared<T> = written.into();
    let body = if is_one { written.clone() } else { body.into() };
    [written, body]
}

/// A planned value; nothing if it is not set, or not by the author.
pub(super) fn valued(after: &Node, marks: Marks<'_>, origin: &Origin<'_>) -> Option<Valued> {
    if matches!(origin, Origin::Computed) {
        return None;
    }
    if marks.is_unknown() {
        return Some(unknown(after.span, marks, *origin));
    }
    match &after.value {
        Value::Null => None,
        Value::Object(members) => Some(object(after.span, members, marks, *origin)),
        Value::List(nodes) => Some(list(after.span, nodes, marks, *origin)),
        _ => Some(leaf(after, marks, *origin)),
    }
}

fn unknown(span: Span, marks: Marks<'_>, origin: Origin<'_>) -> Valued {
    let body = origin.hole(span);
    let written = match origin {
        // Not all that a map refers to is in each of its values: only what makes them sensitive
        // would flow.
        Origin::PartOf(_) if !marks.is_sensitive() => after_apply(span),
        _ => body.clone(),
    };
    Valued { written, body }
}

fn leaf(after: &Node, marks: Marks<'_>, origin: Origin<'_>) -> Valued {
    // A sensitive value that is referred to is shown by the plan alone, not by its author.
    let is_referred = matches!(origin, Origin::Source(_) | Origin::Expression(_) | Origin::PartOf(_));
    if is_referred && marks.is_sensitive() {
        return unknown(after.span, marks, origin);
    }
    let written = match origin {
        Origin::Source(_) | Origin::Expression(_) => origin.hole(after.span),
        _ => after.clone(),
    };
    Valued { written, body: after.clone() }
}

fn object(span: Span, members: &[Member], marks: Marks<'_>, origin: Origin<'_>) -> Valued {
    // What is unknown as a whole has no member in the value.
    let known: BTreeSet<Option<&str>> = members.iter().map(Member::name).collect();
    let unknown = marks.unknown.map(Node::members).unwrap_or_default().iter();
    let only_unknown = unknown.filter(|mark| !known.contains(&mark.name()));
    let [later, hidden] = [marks.unknown, marks.sensitive].map(Members::of);
    let said = Members::of(origin.object());
    let (mut written, mut body) = (Vec::new(), Vec::new());
    for member in members.iter().chain(only_unknown) {
        let name = member.name().unwrap_or_default();
        if let Some(value) = valued(
            &member.value,
            marks.member(later.find(name), hidden.find(name)),
            &origin.member(said.find(name)),
        ) {
            written.push(Member { key: member.key.clone(), value: value.written });
            body.push(Member { key: member.key.clone(), value: value.body });
        }
    }
    let lists = shared(written, body, |(written, body)| written.value.is_same(&body.value));
    let [written, body] = lists.map(|members| Node::new(span, Value::Object(members)));
    Valued { written, body }
}

/// The members of an object by name, where it has so many that looking for each would take long.
enum Members<'p> {
    Few(Option<&'p Node>),
    Many(BTreeMap<&'p str, &'p Node>),
}

impl<'p> Members<'p> {
    /// So many are looked through as quickly as they are sorted.
    const FEW: usize = 16;

    fn of(object: Option<&'p Node>) -> Members<'p> {
        let members = object.map(Node::members).unwrap_or_default();
        if members.len() <= Members::FEW {
            return Members::Few(object);
        }
        // Of a repeated one the last counts.
        Members::Many(members.iter().filter_map(|member| Some((member.name()?, &member.value))).collect())
    }

    fn find(&self, name: &str) -> Option<&'p Node> {
        match self {
            Members::Few(object) => object.and_then(|object| object.member(name)).map(|member| &member.value),
            Members::Many(members) => members.get(name).copied(),
        }
    }
}

fn list(span: Span, nodes: &[Node], marks: Marks<'_>, origin: Origin<'_>) -> Valued {
    let valued = nodes
        .iter()
        .enumerate()
        .filter_map(|(index, node)| valued(node, marks.element(index), &origin.element(index, nodes.len())));
    let (written, body): (Vec<Node>, Vec<Node>) = valued.map(|value| (value.written, value.body)).unzip();
    let lists = shared(written, body, |(written, body)| written.is_same(body));
    let [written, body] = lists.map(|nodes| Node::new(span, Value::List(nodes)));
    Valued { written, body }
}

/// Puts a value in the place of the member of that name.
pub(super) fn replace(object: &mut Node, name: &str, value: &Node) {
    if let Value::Object(members) = &mut object.value {
        for member in members.make_mut().iter_mut().filter(|member| member.key.literal() == Some(name)) {
            member.value = value.clone();
        }
    }
}
