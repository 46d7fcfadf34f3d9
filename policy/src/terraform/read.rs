//! From JSON to blocks. HCL's JSON syntax lets every label level be an object or an array of
//! objects, and lets keys repeat (hcl/json/spec.md, "Blocks").

use crate::expression;
use crate::known::Later;
use crate::node::{Member, Node, Value};
use crate::source::Span;

use super::block::{Block, Kind};

/// Why a JSON document is not a configuration that can be judged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The document is neither an object nor a list of objects.
    #[error("a configuration is an object or a list of objects")]
    NotAnObject(Span),
    /// It is the output of `terraform show -json`.
    #[error("this is a {0} of `terraform show -json`; only configurations are read")]
    Shown(&'static str, Span),
    /// It has no key of a configuration.
    #[error("no key of a Terraform configuration is in it")]
    NoBlocks(Span),
}

impl Refusal {
    /// Where the document stands.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Refusal::NotAnObject(span) | Refusal::Shown(_, span) | Refusal::NoBlocks(span) => *span,
        }
    }
}

/// Reads the blocks of a document; what is not understood is pushed to `unread`.
///
/// # Errors
///
/// If the document as a whole is no configuration.
pub fn read(document: &Node, unread: &mut Vec<Later>) -> Result<Vec<Block>, Refusal> {
    let roots: Vec<&Node> = match &document.value {
        Value::List(nodes) => nodes.iter().collect(),
        Value::Object(_) => vec![document],
        _ => return Err(Refusal::NotAnObject(document.span)),
    };
    let mut blocks = Vec::new();
    let mut understood = roots.iter().all(|root| root.members().is_empty());
    for root in roots {
        if !matches!(root.value, Value::Object(_)) {
            return Err(Refusal::NotAnObject(root.span));
        }
        if let Some(shown) = shown(root) {
            return Err(Refusal::Shown(shown, root.span));
        }
        for member in root.members() {
            let name = member.name().unwrap_or_default();
            match (name, form(name)) {
                ("//", _) => {
                    understood = true;
                    Labels { kind: Kind::Other, unread, blocks: &mut blocks }.comment(member);
                }
                (_, Some((kind, labels))) => {
                    understood = true;
                    Labels { kind, unread, blocks: &mut blocks }.read(member, labels);
                }
                (_, None) => unread.push(Later {
                    span: member.key.span,
                    why: "no block of a Terraform configuration has this name".into(),
                }),
            }
        }
    }
    if understood { Ok(blocks) } else { Err(Refusal::NoBlocks(document.span)) }
}

/// A plan has `planned_values`, a state `values` or, raw, `lineage` (Terraform's "JSON Output
/// Format").
fn shown(root: &Node) -> Option<&'static str> {
    if root.member("planned_values").is_some() || root.member("resource_changes").is_some() {
        Some("plan")
    } else if root.member("lineage").is_some()
        || (root.member("format_version").is_some() && root.member("values").is_some())
    {
        Some("state")
    } else {
        None
    }
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
    unread: &'u mut Vec<Later>,
    blocks: &'u mut Vec<Block>,
}

impl Labels<'_> {
    fn read(&mut self, member: &Member, labels: usize) {
        self.level(&member.value, labels, &[], member.key.span);
    }

    fn level(&mut self, node: &Node, remaining: usize, labels: &[String], span: Span) {
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

    fn label(&mut self, member: &Member, remaining: usize, labels: &[String]) {
        let name = member.name().unwrap_or_default();
        if name == "//" {
            let why = "Terraform refuses a comment between labels".into();
            return self.unread.push(Later { span: member.key.span, why });
        }
        let mut labels = labels.to_vec();
        labels.push(name.to_owned());
        self.level(&member.value, remaining.saturating_sub(1), &labels, member.key.span);
    }

    /// A comment at the root, as a block of its own: nothing but its strings will be looked at.
    fn comment(&mut self, member: &Member) {
        self.block(&member.value, &["//".to_owned()], member.key.span);
    }

    fn block(&mut self, node: &Node, labels: &[String], span: Span) {
        let written = match self.kind {
            // Terraform takes these literally: `${` in a default is text.
            Kind::Variable | Kind::Terraform => node.clone(),
            Kind::Local => expression::read(node),
            Kind::Other if labels.first().is_some_and(|label| label == "//") => node.clone(),
            _ => body(node),
        };
        self.blocks.push(Block {
            kind: self.kind,
            labels: labels.to_vec(),
            span,
            body: written.clone(),
            written,
        });
    }
}

/// The body of a block with its expressions read. Its `//` is a comment, in which `${` means
/// nothing; it is kept, since a secret in it is as plain as anywhere.
fn body(node: &Node) -> Node {
    let Value::Object(members) = &node.value else {
        return expression::read(node);
    };
    let read = members.iter().map(|member| match member.name() {
        Some("//") => member.clone(),
        _ => Member { key: expression::read(&member.key), value: expression::read(&member.value) },
    });
    Node::new(node.span, Value::Object(read.collect()))
}
