//! What every resource, data source and module accepts besides its own arguments ("Meta-Arguments").

use std::borrow::Cow;

use crate::block::Body;
use crate::draft::{Draft, Handle};
use crate::expression::Expression;
use crate::provisioner::Provisioner;
use crate::refactoring::plain;
use crate::scope::ProviderHandle;
use crate::term::{Term, Text};
use crate::value::{Ref, Value};

/// What every generated builder of a resource, data source or ephemeral resource accepts besides its own
/// arguments.
pub trait MetaArguments: Sized {
    /// The draft that the builder fills.
    fn draft_mut(&mut self) -> &mut Draft;

    /// Makes Terraform finish an element, or every element of a construct, first. References do this by
    /// themselves.
    #[must_use]
    fn depends_on(mut self, handle: impl Handle) -> Self {
        depend_on(&mut self.draft_mut().body, handle);
        self
    }

    /// Uses another configuration of the provider than the default one.
    #[must_use]
    fn provider(mut self, provider: ProviderHandle) -> Self {
        self.draft_mut().set("provider", provider.plain());
        self
    }

    /// What happens when the object changes, is replaced or destroyed.
    #[must_use]
    fn lifecycle(mut self, lifecycle: Lifecycle) -> Self {
        self.draft_mut().body.change_block("lifecycle", |block| {
            lifecycle.0.into_entries().into_iter().for_each(|(name, term)| block.place(name, term));
        });
        self
    }

    /// Refuses to plan where `condition` does not hold ("Custom Conditions"); it must refer to something.
    #[must_use]
    fn precondition(mut self, condition: impl Into<Value<bool>>, message: impl Into<Value<String>>) -> Self {
        let rule = rule(condition.into(), message.into());
        self.draft_mut().body.change_block("lifecycle", |block| block.push("precondition", rule));
        self
    }

    /// Fails where `condition` does not hold after the object was read or changed ("Custom Conditions").
    #[must_use]
    fn postcondition(mut self, condition: impl Into<Value<bool>>, message: impl Into<Value<String>>) -> Self {
        let rule = rule(condition.into(), message.into());
        self.draft_mut().body.change_block("lifecycle", |block| block.push("postcondition", rule));
        self
    }

    /// Runs something when the object is made or destroyed, after those that were given before.
    #[must_use]
    fn provisioner(mut self, provisioner: Provisioner) -> Self {
        self.draft_mut().body.push("provisioner", provisioner.into_term());
        self
    }

    /// Sets an argument that the bindings do not know, or sets one to a value of another type.
    #[must_use]
    fn argument(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Term>) -> Self {
        self.draft_mut().set(name, value);
        self
    }
}

/// A path of an argument; Terraform refuses a wildcard among paths, and evaluates no expression in one ("ignore_changes").
fn ignored(path: Text) -> Term {
    if matches!(&*path, "all" | "*") {
        let reason = format!("has `{path}` in a list of arguments: use `Lifecycle::ignore_all_changes`");
        return Term::Refused(reason.into());
    }
    if path.contains("${") {
        let reason = format!("has `{path}`, which is an expression: Terraform wants the path of an argument");
        return Term::Refused(reason.into());
    }
    Term::Verbatim(Box::new(Term::Text(path)))
}

pub(crate) fn depend_on(body: &mut Body, handle: impl Handle) {
    match body.get_mut("depends_on") {
        Some(Term::Addresses(nodes)) => nodes.push(handle.node()),
        _ => body.set("depends_on", Term::Addresses(vec![handle.node()])),
    }
}

/// A condition and what is said where it does not hold.
pub(crate) fn rule(condition: Value<bool>, message: Value<String>) -> Term {
    Term::Block(Body::new().with("condition", condition).with("error_message", message))
}

/// What happens when an object changes, is replaced or destroyed ("The lifecycle Meta-Argument").
#[derive(Clone, Debug, Default)]
pub struct Lifecycle(Body);

impl Lifecycle {
    /// Terraform's own behaviour.
    pub fn new() -> Self {
        Lifecycle::default()
    }

    /// Creates the replacement before the old object is destroyed.
    #[must_use]
    pub fn create_before_destroy(mut self) -> Self {
        self.0.set("create_before_destroy", Term::Bool(true));
        self
    }

    /// Refuses plans that would destroy the object.
    #[must_use]
    pub fn prevent_destroy(mut self) -> Self {
        self.0.set("prevent_destroy", Term::Bool(true));
        self
    }

    /// Leaves an argument as it is found, by its path: `tags`, `tags["Owner"]`.
    #[must_use]
    pub fn ignore_changes(mut self, path: impl Into<Text>) -> Self {
        // All changes are ignored already.
        if !matches!(self.0.get("ignore_changes"), Some(Term::Verbatim(_))) {
            self.0.push("ignore_changes", ignored(path.into()));
        }
        self
    }

    /// Leaves every argument as it is found.
    #[must_use]
    pub fn ignore_all_changes(mut self) -> Self {
        self.0.set("ignore_changes", Term::Verbatim(Box::new(Term::text("all"))));
        self
    }

    /// Replaces the object when another one changes.
    #[must_use]
    pub fn replace_when_changed(mut self, handle: impl Handle) -> Self {
        let whole = Expression::reference(handle.node(), "");
        self.0.push("replace_triggered_by", Term::Plain(Box::new(whole)));
        self
    }

    /// Replaces the object when an attribute of another one changes.
    #[must_use]
    pub fn replace_when<T>(mut self, attribute: Ref<T>) -> Self {
        self.0.push("replace_triggered_by", Term::Plain(Box::new(attribute.into_expression())));
        self
    }

    /// Replaces the object when one of several, or an attribute of it, changes, by its address: `aws_sqs_queue.jobs[0]`.
    #[must_use]
    pub fn replace_when_changed_at(mut self, address: impl Into<Text>) -> Self {
        self.0.push("replace_triggered_by", plain(address));
        self
    }
}
