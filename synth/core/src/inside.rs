//! What is inside of a construct.

use crate::id::NodeId;
use crate::tree::{Content, ElementKind, Tree};

/// The nodes inside of each node, by links from sibling to sibling.
#[derive(Debug)]
pub(crate) struct Inside {
    first: Vec<u32>,
    next: Vec<u32>,
}

impl Inside {
    pub(crate) fn of(tree: &Tree) -> Self {
        // The root is nobody's child, so its index can mean that there is none.
        let mut inside = Inside { first: vec![0; tree.nodes.len()], next: vec![0; tree.nodes.len()] };
        for node in tree.nodes.iter().skip(1).rev() {
            let index = node.handle.index;
            let first =
                inside.first.get_mut(node.parent.index as usize).map(|first| std::mem::replace(first, index));
            if let (Some(first), Some(next)) = (first, inside.next.get_mut(index as usize)) {
                *next = first;
            }
        }
        inside
    }

    /// The resources, data sources and modules that a handle stands for: itself, or all in the construct.
    pub(crate) fn elements(&self, tree: &Tree, node: NodeId) -> Vec<NodeId> {
        let mut found = Vec::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            match tree.node(node).map(|node| &node.content) {
                Some(Content::Element(element)) => match element.kind {
                    ElementKind::Resource
                    | ElementKind::Data
                    | ElementKind::Ephemeral
                    | ElementKind::Module => {
                        found.push(node);
                    }
                    _ => {}
                },
                Some(_) => {
                    let mut child = self.first.get(node.index as usize).copied().unwrap_or_default();
                    while child != 0 {
                        open.extend(tree.nodes.get(child as usize).map(|node| node.handle));
                        child = self.next.get(child as usize).copied().unwrap_or_default();
                    }
                }
                None => {}
            }
        }
        found
    }
}
