//! The one tree that everything read becomes: JSON values, Terraform expressions, policies.

use crate::source::Span;
use crate::text::Text;

/// A value and where it was written.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it was written.
    pub span: Span,
    /// What was written.
    pub value: Value,
}

/// What a node is. The variants from [`Value::Template`] on are expressions: evaluation turns
/// them into the ones above, and what is left of them afterwards is unknown.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number in the digits it was written with.
    Number(String),
    /// A string.
    Text(Text),
    /// A list.
    List(Vec<Node>),
    /// An object; a key may be repeated.
    Object(Vec<Member>),
    /// Values put one after the other into a string.
    Template(Vec<Node>),
    /// The value of something declared elsewhere.
    Reference(Reference),
    /// A part of a computed value.
    Access {
        /// The computed value.
        of: Box<Node>,
        /// The way to the part.
        steps: Vec<Step>,
    },
    /// A function call.
    Call {
        /// The function, with its namespace.
        name: String,
        /// What it is given.
        arguments: Vec<Node>,
    },
    /// `if ? then : otherwise`.
    Conditional {
        /// The condition.
        condition: Box<Node>,
        /// Its value where the condition holds.
        then: Box<Node>,
        /// Its value where it does not.
        otherwise: Box<Node>,
    },
    /// An expression that is not computed here.
    Opaque {
        /// Why not.
        why: Opacity,
        /// The expressions it is made of.
        parts: Vec<Node>,
    },
}

/// Why an expression is not computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opacity {
    /// Its text is not an expression of the Terraform language.
    Unreadable,
    /// Its kind (operator, `for`, template directive) is not computed.
    Uncomputed,
    /// The plan it is in says that it is known after apply.
    AfterApply,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its key, usually a text.
    pub key: Node,
    /// Its value.
    pub value: Node,
}

impl Member {
    /// The key, if it is known.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.key.literal()
    }

    /// Where key and value stand.
    #[must_use]
    pub fn span(&self) -> Span {
        self.key.span.to(self.value.span)
    }
}

/// A reference such as `aws_iam_role.worker.arn`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The first name.
    pub root: String,
    /// What follows it.
    pub steps: Vec<Step>,
}

impl Reference {
    /// The attribute names it starts with, the root first, indices left out.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names = vec![self.root.as_str()];
        names.extend(self.steps.iter().filter_map(|step| match step {
            Step::Attribute(name) => Some(name.as_str()),
            Step::Index(_) | Step::Any => None,
        }));
        names
    }

    /// The steps that come after so many attribute names.
    #[must_use]
    pub fn after(&self, attributes: usize) -> Vec<Step> {
        let mut seen = 0_usize;
        let mut rest = self.steps.iter();
        while seen < attributes {
            match rest.next() {
                Some(Step::Attribute(_)) => seen = seen.saturating_add(1),
                Some(_) => {}
                None => break,
            }
        }
        rest.cloned().collect()
    }
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.root)?;
        self.steps.iter().try_for_each(|step| match step {
            Step::Attribute(name) => write!(f, ".{name}"),
            Step::Index(key) => write!(f, "[{key}]"),
            Step::Any => write!(f, "[*]"),
        })
    }
}

/// One step of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// `.name`.
    Attribute(String),
    /// `["key"]` or `[0]`.
    Index(String),
    /// `[*]`, or an index that is not a literal.
    Any,
}

impl Node {
    /// A node of a value.
    #[must_use]
    pub fn new(span: Span, value: Value) -> Node {
        Node { span, value }
    }

    /// A node of a text.
    #[must_use]
    pub fn text(text: Text) -> Node {
        Node::new(text.span(), Value::Text(text))
    }

    /// The string, if it is one that is known whole.
    #[must_use]
    pub fn literal(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => text.literal(),
            _ => None,
        }
    }

    /// The string with its holes, if it is a string at all.
    #[must_use]
    pub fn as_text(&self) -> Option<&Text> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether nobody knows yet what it is.
    #[must_use]
    pub fn is_later(&self) -> bool {
        matches!(
            self.value,
            Value::Template(_)
                | Value::Reference(_)
                | Value::Access { .. }
                | Value::Call { .. }
                | Value::Conditional { .. }
                | Value::Opaque { .. }
        )
    }

    /// Whether nobody knows yet what it is, or all of it.
    #[must_use]
    pub fn may_be_later(&self) -> bool {
        self.is_later() || self.as_text().is_some_and(|text| text.literal().is_none())
    }

    /// Its first character, which stands for all of an object that lacks something.
    #[must_use]
    pub fn opening(&self) -> Span {
        self.span.opening()
    }

    /// Why it is unknown, for a reader.
    #[must_use]
    pub fn why(&self) -> String {
        match &self.value {
            Value::Reference(reference) => format!("`{reference}` is known only later"),
            Value::Call { name, .. } => format!("the result of `{name}(…)` is not computed here"),
            Value::Conditional { .. } => "it depends on a condition that is known only later".into(),
            Value::Opaque { why: Opacity::Unreadable, .. } => {
                "its text is not an expression of the Terraform language".into()
            }
            Value::Opaque { why: Opacity::AfterApply, .. } => "it is known only after apply".into(),
            Value::Template(_) | Value::Access { .. } | Value::Opaque { .. } => {
                "the expression is not computed here".into()
            }
            _ => "its value has another type than expected".into(),
        }
    }

    /// The members, if it is an object; none if it is something else.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The last member of that name: of a repeated key the last one counts, as in Go's JSON.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members().iter().rev().find(|member| member.name() == Some(name))
    }

    /// The nodes it is directly made of: elements, members' values, parts of expressions.
    #[must_use]
    pub fn children(&self) -> Vec<&Node> {
        match &self.value {
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Reference(_) => Vec::new(),
            Value::Text(text) => text.holes().collect(),
            Value::List(nodes) | Value::Template(nodes) => nodes.iter().collect(),
            Value::Call { arguments: nodes, .. } | Value::Opaque { parts: nodes, .. } => {
                nodes.iter().collect()
            }
            Value::Object(members) => {
                members.iter().flat_map(|member| [&member.key, &member.value]).collect()
            }
            Value::Access { of, .. } => vec![of],
            Value::Conditional { condition, then, otherwise } => vec![condition, then, otherwise],
        }
    }
}
