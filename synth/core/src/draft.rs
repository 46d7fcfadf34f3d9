//! A resource, data source or ephemeral resource that is being written, before it is added to a scope.

use std::borrow::Cow;

use crate::block::Body;
use crate::id::NodeId;
use crate::term::Term;
use crate::tree::{ElementKind, Provider, TerraformVersion};

/// The handle of something in the tree: copyable, and typed by what it is.
pub trait Handle: Copy {
    /// The resource type, or the construct's kind.
    const KIND: &'static str;

    /// The node.
    fn node(self) -> NodeId;
}

/// What a generated builder fills.
#[derive(Clone, Debug)]
pub struct Draft {
    pub(crate) kind: ElementKind,
    pub(crate) type_name: &'static str,
    pub(crate) provider: Option<&'static Provider>,
    pub(crate) body: Body,
    pub(crate) requires: TerraformVersion,
}

impl Draft {
    /// A draft without arguments.
    pub const fn new(kind: ElementKind, type_name: &'static str, provider: &'static Provider) -> Self {
        // Ephemeral resources came with Terraform 1.10 (its changelog).
        let requires = if matches!(kind, ElementKind::Ephemeral) { (1, 10) } else { (0, 0) };
        Draft { kind, type_name, provider: Some(provider), body: Body::new(), requires }
    }

    /// A draft of something that Terraform has by itself.
    pub(crate) const fn builtin(kind: ElementKind, type_name: &'static str) -> Self {
        Draft { kind, type_name, provider: None, body: Body::new(), requires: (0, 0) }
    }

    /// Sets an argument or nested block.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Term>) {
        self.body.set(name, value);
    }

    /// Sets an argument or nested block; the same as [`Draft::set`] for names that the compiler need not convert.
    #[inline]
    pub fn put(&mut self, name: &'static str, value: impl Into<Term>) {
        self.body.put(name, value);
    }

    /// Sets a write-only argument, which Terraform has since 1.11 (its changelog).
    pub fn set_write_only(&mut self, name: &'static str, value: impl Into<Term>) {
        self.requires = self.requires.max((1, 11));
        self.body.put(name, value);
    }
}
