//! From the object that a configuration is, in either syntax, to blocks. HCL's JSON syntax lets
//! every label level be an object or an array of objects, and lets keys repeat (hcl/json/spec.md,
//! "Blocks").

use std::sync::Arc;

use super::block::{Block, Kind};
use crate::expression;
use crate::known::Later;
use crate::node::{Member, Node, Value};
use crate::source::Span;

/// How the values of a configuration are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    /// As JSON, whose strings are templates.
    Json,
    /// As expressions, which have been read.
    Native,
    /// As lines of `NAME=value`.
    Environment,
}

/// Whether the document had a key of a configuration, or nothing at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Understood {
    /// It did.
    Yes,
    /// It has other keys only.
    No,
}

/// Appends the blocks of one object; what is not understood is pushed to `unread`.
pub(super) fn read(
    root: &Node,
    syntax: Syntax,
    blocks: &mut Vec<Block>,
    unread: &mut Vec<Later>,
) -> Understood {
    let mut understood = if root.members().is_empty() { Understood::Yes } else { Understood::No };
    for member in root.members() {
        let name = member.name().unwrap_or_default();
        match (name, form(name)) {
            ("//", _) => {
                understood = Understood::Yes;
                Labels { kind: Kind::Other, syntax, unread, blocks }.comment(member);
            }
            (_, Some((kind, labels))) => {
                understood = Understood::Yes;
                Labels { kind, syntax, unread, blocks }.read(member, labels);
            }
            (_, None) => unread.push(Later {
                span: member.key.span,
                why: "no block of a Terraform configuration has this name".into(),
            }),
        }
    }
    understood
}

/// The kind of a root key and how many labels its blocks have.
fn form(name: &str) -> Option<(Kind, usize)> {
    Some(match name {
        "resource" => (Kind::Resource, 2),
        "data" => (Kind::Data, 2),
        "ephemeral" => (Kind::Ephemeral, 2),
        "variable" => (Kind::Variable, 1),
        "output" => (Kind::Output, 1),
        "locals" => (Kind::Local, 1),
        "provider" => (Kind::Provider, 1),
        "module" => (Kind::Module, 1),
        "terraform" => (Kind::Terraform, 0),
        "check" => (Kind::Other, 1),
        "moved" | "import" | "removed" => (Kind::Other, 0),
        _ => return None,
    })
}

/// Walks down the label levels of one root key.
struct Labels<'u> {
    kind: Kind,
    syntax: Syntax,
    unread: &'u mut Vec<Later>,
    blocks: &'u mut Vec<Block>,
}

impl Labels<'_> {
    fn read(&mut self, member: &Member, labels: usize) {
        self.level(&member.value, labels, &[], member.key.span);
    }

    fn level(&mut self, node: &Node, remaining: usize, labels: &[Arc<str>], span: Span) {
        match &node.value {
            Value::List(nodes) if !self.is_value(remaining) => {
                for node in nodes {
                    self.level(node, remaining, labels, span);
                }
            }
            Value::Object(members) if remaining > 0 => {
                for member in members {
                    self.label(member, remaining, labels);
                }
            }
            Value::Object(_) => self.block(node, labels, span),
            _ if self.is_value(remaining) => self.block(node, labels, span),
            Value::Null if remaining == 0 => {}
            _ => self
                .unread
                .push(Later { span: node.span, why: "an object or a list of objects belongs here".into() }),
        }
    }

    /// A local's name stands where other blocks have a label, and its value may be anything.
    fn is_value(&self, remaining: usize) -> bool {
        self.kind == Kind::Local && remaining == 0
    }

    fn label(&mut self, member: &Member, remaining: usize, labels: &[Arc<str>]) {
        let name = member.name().unwrap_or_default();
        if name == "//" {
            let why = "Terraform refuses a comment between labels".into();
            return self.unread.push(Later { span: member.key.span, why });
        }
        let labels = [labels, &[name.into()]].concat();
        self.level(&member.value, remaining.saturating_sub(1), &labels, member.key.span);
    }

    /// A comment at the root, as a block of its own: nothing but its strings will be looked at.
    fn comment(&mut self, member: &Member) {
        self.block(&member.value, &["//".into()], member.key.span);
    }

    fn block(&mut self, node: &Node, labels: &[Arc<str>], span: Span) {
        let written = match (self.syntax, self.kind) {
            (Syntax::Native | Syntax::Environment, _) => node.clone(),
            // Terraform takes these literally: `${` in a default is text.
            (Syntax::Json, Kind::Variable | Kind::Terraform) => node.clone(),
            (Syntax::Json, Kind::Local) => expression::read(node),
            (Syntax::Json, Kind::Other) if labels.first().is_some_and(|label| **label == *"//") => {
                node.clone()
            }
            (Syntax::Json, _) => body(node),
        };
        self.blocks.push(Block { labels: labels.into(), ..Block::new(self.kind, &[], span, written) });
    }
}

/// The body of a block with its expressions read. Its `//` is a comment, in which `${` means
/// nothing; it is kept, since a secret in it is as plain as anywhere.
fn body(node: &Node) -> Node {
    let Value::Object(members) = &node.value else {
        return expression::read(node);
    };
    let has_comment = members.iter().any(|member| member.name() == Some("//"));
    if !has_comment {
        return Node::new(node.span, Value::Object(members.map(expression::read)));
    }
    let read = members.iter().map(|member| match member.name() {
        Some("//") => member.clone(),
        _ => Member { key: expression::read(&member.key), value: expression::read(&member.value) },
    });
    Node::new(node.span, Value::Object(read.collect()))
}
