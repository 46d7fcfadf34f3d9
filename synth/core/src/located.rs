//! Where everything of an app is in its documents, for whoever goes on with handles after synthesis.

use std::collections::BTreeMap;

use crate::draft::Handle;
use crate::id::{Id, NodeId};
use crate::names;
use crate::tree::{Content, ElementKind, Tree};

/// The addresses that Terraform knows an app's objects by: `aws_sqs_queue.jobs`, `data.aws_region.here`,
/// `module.network`. Objects made by `count` or `for_each` are here without their index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Located(BTreeMap<NodeId, Vec<String>>);

impl Located {
    /// The addresses of what a handle stands for: of the element itself, or of everything in the construct, its main
    /// resource first. Empty where the handle belongs to another app, or to what has no address.
    pub fn of(&self, handle: impl Handle) -> &[String] {
        self.0.get(&handle.node()).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn in_tree(tree: &Tree) -> Located {
        let names = names::assign(tree);
        let mut found: Vec<(Rank, NodeId, String)> = Vec::new();
        for (id, node) in tree.iter() {
            let Content::Element(element) = &node.content else { continue };
            let (prefix, name) = (element.kind.address_prefix(), names.of(id));
            let address = match element.kind {
                ElementKind::Resource | ElementKind::Data | ElementKind::Ephemeral => {
                    format!("{prefix}{}.{name}", element.type_name)
                }
                ElementKind::Module => format!("{prefix}{name}"),
                _ => continue,
            };
            let rank = match (element.kind, &node.id) {
                (ElementKind::Resource, Id::This) => Rank::Main,
                (ElementKind::Resource, _) => Rank::Resource,
                _ => Rank::Other,
            };
            found.push((rank, id, address));
        }
        found.sort();
        let mut located = Located::default();
        for (_, id, address) in found {
            for (above, _) in tree.ancestors(id) {
                located.0.entry(above).or_default().push(address.clone());
            }
        }
        located
    }
}

/// The order within a construct; what is alike stays in the order in which it was added.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// A resource that is named as its construct is.
    Main,
    Resource,
    Other,
}
