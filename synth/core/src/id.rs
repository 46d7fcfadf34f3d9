//! What nodes are called, and the handles they are known by.

use crate::term::Text;

/// What a node is called among its siblings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Id {
    /// An id of its own.
    Named(Text),
    /// The element is the main one of its construct and takes the construct's name.
    This,
    /// A whole name, legal in Terraform, whatever construct the element is in: for passes.
    Exact(Text),
}

/// The id of a construct's main element: it is named as the construct is.
pub const THIS: Id = Id::This;

impl From<&str> for Id {
    fn from(id: &str) -> Self {
        Id::Named(id.into())
    }
}

impl From<String> for Id {
    fn from(id: String) -> Self {
        Id::Named(id.into())
    }
}

/// A copyable handle of a node. It also holds a fingerprint of the node's path, so that a handle of another
/// app is noticed when the app is resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId {
    pub(crate) index: u32,
    fingerprint: u32,
}

impl NodeId {
    pub(crate) const ROOT: NodeId = NodeId { index: 0, fingerprint: 0x811c_9dc5 };

    /// A hash of the parent's fingerprint, the node's kind and its id.
    pub(crate) fn child(self, index: u32, kind: &str, id: &Id) -> NodeId {
        let id = match id {
            Id::Named(id) => id.as_bytes(),
            Id::Exact(name) => name.as_bytes(),
            Id::This => &[],
        };
        NodeId { index, fingerprint: mixed(mixed(self.fingerprint, kind.as_bytes()), id) }
    }
}

/// A fingerprint that text was added to, with its length: it ends where it ends.
fn mixed(fingerprint: u32, text: &[u8]) -> u32 {
    // A product moves bits up alone; the rotation brings them back, so that no later word undoes an earlier one.
    let step = |hash: u32, word: u32| (hash.rotate_left(13) ^ word).wrapping_mul(0x0100_0193);
    let (words, rest) = text.as_chunks::<4>();
    let hash = words.iter().fold(fingerprint, |hash, word| step(hash, u32::from_le_bytes(*word)));
    let hash = rest.iter().fold(hash, |hash, byte| step(hash, u32::from(*byte)));
    step(hash, u32::try_from(text.len()).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn nodes_of_ten_thousand_ids_have_fingerprints_of_their_own() {
        let ids: Vec<String> = (0..10_000).map(|number| format!("bucket{number}")).collect();
        let handles = ids.iter().map(|id| NodeId::ROOT.child(1, "aws_s3_bucket", &Id::from(id.as_str())));
        let distinct: BTreeSet<NodeId> = handles.collect();
        // By chance alone two of 10,000 share one of 2³² fingerprints once in ninety times.
        assert!(distinct.len() >= 9_999, "{}", distinct.len());
    }
}
