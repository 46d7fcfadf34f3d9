//! Who acts.

use synth_core::NodeId;

/// Who can be granted permissions.
pub trait Principal {
    /// The construct that acts: a role or a user.
    fn principal(&self) -> NodeId;
}
