//! Resources, data sources and ephemeral resources of a provider without bindings.

use crate::construct::Construct;
use crate::draft::{Draft, Handle};
use crate::id::NodeId;
use crate::meta::MetaArguments;
use crate::scope::Place;
use crate::secret::{Ephemeral, Sensitive};
use crate::tree::{ElementKind, Provider};
use crate::value::Ref;

/// An object of a provider whose bindings are not at hand: nobody checks its arguments. Typed ones are made by
/// `synth get --provider`.
///
/// ```
/// use synth_core::{MetaArguments, Provider, Scope, Untyped};
///
/// static RANDOM: Provider = Provider { name: "random", source: "hashicorp/random", version: "3.6.0" };
///
/// fn suffix(stack: &mut Scope<'_>) {
///     let suffix = Untyped::resource("random_id", &RANDOM).argument("byte_length", synth_core::Term::Integer(4));
///     let hex = stack.add("suffix", suffix).attribute::<String>("hex");
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Untyped {
    draft: Draft,
}

impl Untyped {
    /// A resource of a type.
    pub fn resource(type_name: &'static str, provider: &'static Provider) -> Self {
        Untyped { draft: Draft::new(ElementKind::Resource, type_name, provider) }
    }

    /// A data source of a type.
    pub fn data(type_name: &'static str, provider: &'static Provider) -> Self {
        Untyped { draft: Draft::new(ElementKind::Data, type_name, provider) }
    }

    /// An ephemeral resource of a type.
    pub fn ephemeral(type_name: &'static str, provider: &'static Provider) -> Self {
        Untyped { draft: Draft::new(ElementKind::Ephemeral, type_name, provider) }
    }
}

impl Untyped {
    /// A resource that Terraform has by itself: `terraform_data`, which [`TerraformData`](crate::TerraformData) is the typed
    /// way to.
    pub fn builtin_resource(type_name: &'static str) -> Self {
        Untyped { draft: Draft::builtin(ElementKind::Resource, type_name) }
    }

    /// A data source that Terraform has by itself: `terraform_remote_state`.
    pub fn builtin_data(type_name: &'static str) -> Self {
        Untyped { draft: Draft::builtin(ElementKind::Data, type_name) }
    }
}

impl MetaArguments for Untyped {
    fn draft_mut(&mut self) -> &mut Draft {
        &mut self.draft
    }
}

impl Construct for Untyped {
    type Handle = UntypedHandle;

    fn build(self, place: Place<'_, '_>) -> UntypedHandle {
        UntypedHandle(place.draft(self.draft))
    }
}

/// An untyped object of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UntypedHandle(NodeId);

impl Handle for UntypedHandle {
    const KIND: &'static str = "untyped";

    fn node(self) -> NodeId {
        self.0
    }
}

impl UntypedHandle {
    /// One of its attributes.
    pub fn attribute<T>(self, name: &'static str) -> Ref<T> {
        Ref::attribute(self.0, name)
    }

    /// One of its attributes that the provider marks as sensitive.
    pub fn sensitive_attribute<T>(self, name: &'static str) -> Sensitive<T> {
        Sensitive::attribute(self.0, name)
    }

    /// One of its attributes, of an ephemeral resource.
    pub fn ephemeral_attribute<T>(self, name: &'static str) -> Ephemeral<T> {
        Ephemeral::attribute(self.0, name)
    }
}
