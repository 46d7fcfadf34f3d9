//! The account that a stack is applied to.

use synth_aws::{meta, sts};
use synth_core::{Ref, Scope, Value, text};

/// The account's number. A stack asks for it once.
pub(crate) fn current(scope: &mut Scope<'_>) -> Ref<String> {
    Ref::attribute(scope.shared("current", sts::data::CallerIdentity::new()), "account_id")
}

/// The account as a principal: whoever its own policies let.
pub(crate) fn root(scope: &mut Scope<'_>) -> Value<String> {
    let partition: Ref<String> =
        Ref::attribute(scope.shared("current", meta::data::Partition::new()), "partition");
    text!("arn:{}:iam::{}:root", partition, current(scope))
}
