//! A resource, data source or ephemeral resource that is being written, before it is added to a scope.

use crate::block::Body;
use crate::term::Term;
use crate::tree::{ElementKind, NodeId, Provider, TerraformVersion};
use crate::value::Value;

/// The handle of something in the tree: copyable, and typed by what it is.
pub trait Handle: Copy {
    /// The resource type, or the construct's kind.
    const KIND: &'static str;

    /// The node.
    fn node(self) -> NodeId;
}

/// Arguments that every resource has ("Meta-Arguments").
#[derive(Clone, Debug, Default)]
pub(crate) struct Meta {
    pub(crate) depends_on: Vec<NodeId>,
    pub(crate) lifecycle: Lifecycle,
    /// Conditions with the message for when they do not hold.
    pub(crate) preconditions: Vec<(Value<bool>, Value<String>)>,
}

/// The `lifecycle` block ("The lifecycle Meta-Argument").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lifecycle {
    /// Create the replacement before the old object is destroyed.
    pub create_before_destroy: bool,
    /// Refuse plans that would destroy the object.
    pub prevent_destroy: bool,
}

/// What a generated builder fills.
#[derive(Clone, Debug)]
pub struct Draft {
    pub(crate) kind: ElementKind,
    pub(crate) type_name: &'static str,
    pub(crate) provider: &'static Provider,
    pub(crate) body: Body,
    pub(crate) meta: Option<Box<Meta>>,
    pub(crate) requires: TerraformVersion,
}

impl Draft {
    /// A draft without arguments.
    pub const fn new(kind: ElementKind, type_name: &'static str, provider: &'static Provider) -> Self {
        // Ephemeral resources came with Terraform 1.10 (its changelog).
        let requires = if matches!(kind, ElementKind::Ephemeral) { (1, 10) } else { (0, 0) };
        Draft { kind, type_name, provider, body: Body::new(), meta: None, requires }
    }

    /// Sets an argument or nested block.
    pub fn set(&mut self, name: &'static str, value: impl Into<Term>) {
        self.body.set(name, value);
    }

    /// Sets a write-only argument, which Terraform has since 1.11 (its changelog).
    pub fn set_write_only(&mut self, name: &'static str, value: impl Into<Term>) {
        self.requires = self.requires.max((1, 11));
        self.body.set(name, value);
    }

    /// Makes Terraform finish `handle`'s element, or every element of its construct, first.
    pub fn depend_on(&mut self, handle: impl Handle) {
        self.meta.get_or_insert_default().depends_on.push(handle.node());
    }

    /// Refuses to plan where `condition` does not hold ("Custom Conditions"); it must refer to something.
    pub fn require(&mut self, condition: Value<bool>, message: impl Into<Value<String>>) {
        self.meta.get_or_insert_default().preconditions.push((condition, message.into()));
    }

    /// Sets what `lifecycle` says of replacing and destroying.
    pub fn set_lifecycle(&mut self, lifecycle: Lifecycle) {
        self.meta.get_or_insert_default().lifecycle = lifecycle;
    }
}

/// What every generated builder of a resource, data source or ephemeral resource accepts besides its own
/// arguments ("Meta-Arguments").
pub trait MetaArguments: Sized {
    /// The draft that the builder fills.
    fn draft_mut(&mut self) -> &mut Draft;

    /// Makes Terraform finish an element, or every element of a construct, first. References do this by
    /// themselves.
    #[must_use]
    fn depends_on(mut self, handle: impl Handle) -> Self {
        self.draft_mut().depend_on(handle);
        self
    }

    /// What happens when the object must be replaced or destroyed.
    #[must_use]
    fn lifecycle(mut self, lifecycle: Lifecycle) -> Self {
        self.draft_mut().set_lifecycle(lifecycle);
        self
    }

    /// Refuses to plan where `condition` does not hold ("Custom Conditions"); it must refer to something.
    #[must_use]
    fn precondition(mut self, condition: Value<bool>, message: impl Into<Value<String>>) -> Self {
        self.draft_mut().require(condition, message);
        self
    }

    /// Sets an argument that the bindings do not know, or sets one to a value of another type.
    #[must_use]
    fn argument(mut self, name: &'static str, value: impl Into<Term>) -> Self {
        self.draft_mut().set(name, value);
        self
    }
}
