//! Terraform's own resource.

use crate::construct::Construct;
use crate::draft::{Draft, Handle};
use crate::id::NodeId;
use crate::meta::MetaArguments;
use crate::scope::Place;
use crate::tree::ElementKind;
use crate::value::{Ref, Value};

/// Terraform's own resource `terraform_data`: keeps a value, and triggers what depends on it.
#[derive(Clone, Debug)]
pub struct TerraformData {
    draft: Draft,
}

impl TerraformData {
    /// Without a value.
    #[expect(clippy::new_without_default, reason = "as every builder of a resource")]
    pub fn new() -> Self {
        TerraformData { draft: Draft::builtin(ElementKind::Resource, "terraform_data") }
    }

    /// The value that is kept and given out.
    #[must_use]
    pub fn input<T>(mut self, value: impl Into<Value<T>>) -> Self {
        self.draft.set("input", value.into());
        self
    }

    /// Is made anew when this changes.
    #[must_use]
    pub fn triggers_replace<T>(mut self, value: impl Into<Value<T>>) -> Self {
        self.draft.set("triggers_replace", value.into());
        self
    }
}

impl MetaArguments for TerraformData {
    fn draft_mut(&mut self) -> &mut Draft {
        &mut self.draft
    }
}

impl Construct for TerraformData {
    type Handle = TerraformDataHandle;

    fn build(self, place: Place<'_, '_>) -> TerraformDataHandle {
        TerraformDataHandle(place.draft(self.draft))
    }
}

/// A `terraform_data` of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerraformDataHandle(NodeId);

impl Handle for TerraformDataHandle {
    const KIND: &'static str = "terraform_data";

    fn node(self) -> NodeId {
        self.0
    }
}

impl TerraformDataHandle {
    /// A random id, new with every replacement.
    pub fn id(self) -> Ref<String> {
        Ref::attribute(self.0, "id")
    }

    /// The kept value.
    pub fn output<T>(self) -> Ref<T> {
        Ref::attribute(self.0, "output")
    }
}
