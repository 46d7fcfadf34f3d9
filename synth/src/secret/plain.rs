//! Values that may be secret, beside others that are not.

use synth_core::{Value, WriteOnly};

/// One of several values that are kept together, of which some are secret.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(rename_all = "snake_case")
)]
pub(crate) enum PlainOrSecret {
    /// A sensitive or ephemeral variable.
    Secret(WriteOnly<String>),
    /// A value that everybody may see, such as the host beside its password.
    Plain(Value<String>),
}
