//! Calls of other modules ("Module Blocks").

use std::borrow::Cow;

use crate::construct::Construct;
use crate::draft::{Draft, Handle};
use crate::id::NodeId;
use crate::meta::MetaArguments;
use crate::scope::{Place, ProviderHandle};
use crate::secret::Sensitive;
use crate::term::{Term, Text};
use crate::tree::ElementKind;
use crate::value::{Ref, Value};

/// A call of a module: of a folder, a registry, a Git repository, ….
#[derive(Clone, Debug)]
pub struct Module {
    draft: Draft,
}

impl Module {
    /// A call of the module at `source` ("Module Sources"): `./network`, `terraform-aws-modules/vpc/aws`,
    /// `git::https://example.com/network.git?ref=v1`. Terraform evaluates no expressions in it.
    pub fn new(source: impl Into<Text>) -> Self {
        let mut draft = Draft::builtin(ElementKind::Module, "");
        draft.set("source", Term::Verbatim(Box::new(Term::Text(source.into()))));
        Module { draft }
    }

    /// The versions of a registry's module that will do: `~> 5.1`.
    #[must_use]
    pub fn version(mut self, constraint: impl Into<Text>) -> Self {
        self.draft.set("version", Term::Verbatim(Box::new(Term::Text(constraint.into()))));
        self
    }

    /// Gives one of the module's variables a value.
    #[must_use]
    pub fn input<T>(mut self, variable: impl Into<Cow<'static, str>>, value: impl Into<Value<T>>) -> Self {
        self.draft.set(variable, value.into());
        self
    }

    /// Gives one of the module's sensitive variables a value.
    #[must_use]
    pub fn sensitive_input<T>(mut self, variable: impl Into<Cow<'static, str>>, value: Sensitive<T>) -> Self {
        self.draft.set(variable, value);
        self
    }

    /// Has the module use a provider configuration under one of its own names ("Passing Providers Explicitly").
    #[must_use]
    pub fn provider_as(mut self, name: impl Into<Text>, provider: ProviderHandle) -> Self {
        self.draft.pass_provider(name, provider);
        self
    }
}

impl From<Module> for Draft {
    fn from(module: Module) -> Draft {
        module.draft
    }
}

impl Draft {
    /// Has a module use a provider configuration under one of its own names; used by generated bindings.
    pub fn pass_provider(&mut self, name: impl Into<Text>, provider: ProviderHandle) {
        let entry = (name.into(), provider.plain());
        match self.body.get_mut("providers") {
            Some(Term::Object(entries)) => entries.push(entry),
            _ => self.set("providers", Term::Object(vec![entry])),
        }
    }
}

impl MetaArguments for Module {
    fn draft_mut(&mut self) -> &mut Draft {
        &mut self.draft
    }
}

impl Construct for Module {
    type Handle = ModuleHandle;

    fn build(self, place: Place<'_, '_>) -> ModuleHandle {
        ModuleHandle(place.draft(self.draft))
    }
}

/// A module call of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModuleHandle(NodeId);

impl Handle for ModuleHandle {
    const KIND: &'static str = "module";

    fn node(self) -> NodeId {
        self.0
    }
}

impl ModuleHandle {
    /// One of the module's outputs.
    pub fn output<T>(self, name: &'static str) -> Ref<T> {
        Ref::attribute(self.0, name)
    }

    /// One of the module's outputs that are marked as sensitive.
    pub fn sensitive_output<T>(self, name: &'static str) -> Sensitive<T> {
        Sensitive::attribute(self.0, name)
    }
}
