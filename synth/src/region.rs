//! The region that a stack is applied to.

use synth_aws::meta;
use synth_core::{Ref, Scope};

/// The name of the region of the stack's provider: `us-east-1`. A stack asks for it once.
pub(crate) fn current(scope: &mut Scope<'_>) -> Ref<String> {
    Ref::attribute(scope.shared("current", meta::data::Region::new()), "name")
}
