//! Which elements each document has, and in which order.

use crate::id::NodeId;
use crate::names::Names;
use crate::tree::{Content, Element, ElementKind, Tree};

/// An element with its name and handle.
pub(crate) type Named<'t> = (&'t str, NodeId, &'t Element);

/// The elements of one kind and label, sorted by name.
#[derive(Debug)]
pub(crate) struct Group<'t> {
    pub(crate) kind: ElementKind,
    /// The resource type, the provider's or backend's name; empty where the block has no type label.
    pub(crate) label: &'static str,
    pub(crate) elements: Vec<Named<'t>>,
}

/// A stack's elements, in the order of its document.
#[derive(Debug)]
pub(crate) struct Layout<'t> {
    pub(crate) stack: NodeId,
    /// Sorted by kind and label.
    pub(crate) groups: Vec<Group<'t>>,
}

impl<'t> Layout<'t> {
    /// All elements of a kind.
    pub(crate) fn of(&self, kind: ElementKind) -> &[Group<'t>] {
        let from = self.groups.partition_point(|group| group.kind < kind);
        let to = self.groups.partition_point(|group| group.kind <= kind);
        self.groups.get(from..to).unwrap_or_default()
    }

    fn put(&mut self, element: Named<'t>) {
        let (.., Element { kind, type_name: label, .. }) = element;
        let found = self.groups.binary_search_by(|group| (group.kind, group.label).cmp(&(*kind, *label)));
        let at = found.unwrap_or_else(|at| {
            self.groups.insert(at, Group { kind: *kind, label, elements: Vec::new() });
            at
        });
        if let Some(group) = self.groups.get_mut(at) {
            group.elements.push(element);
        }
    }
}

/// Brings the elements of each stack into order; stacks stay in the order in which they were added.
pub(crate) fn arrange<'t>(tree: &'t Tree, names: &'t Names<'_>) -> Vec<Layout<'t>> {
    let mut layouts: Vec<Layout<'t>> = Vec::new();
    // The position in `layouts` of the stack that each node is part of; a parent comes before its children.
    let mut stacks: Vec<usize> = Vec::with_capacity(tree.nodes.len());
    for (id, node) in tree.iter() {
        let mut stack = stacks.get(node.parent.index as usize).copied().unwrap_or_default();
        match &node.content {
            Content::Stack => {
                stack = layouts.len();
                layouts.push(Layout { stack: id, groups: Vec::new() });
            }
            Content::Element(element) => {
                if let Some(layout) = layouts.get_mut(stack) {
                    layout.put((names.of(id), id, element));
                }
            }
            Content::Root | Content::Construct { .. } => {}
        }
        stacks.push(stack);
    }
    for group in layouts.iter_mut().flat_map(|layout| &mut layout.groups) {
        // Stable: elements that share a name stay in the order in which they were added.
        group.elements.sort_by_cached_key(|(name, ..)| (beginning(name), *name));
    }
    layouts
}

/// The first 16 bytes of a name as a number of the same order: as good as all of most names, and compared without
/// going to where the name is.
fn beginning(name: &str) -> u128 {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(name.bytes()).for_each(|(byte, of_name)| *byte = of_name);
    u128::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_beginning_never_contradicts_the_order_of_names(
            one in "[a-b\\x00]{0,20}|[a-b]{14,18}|\\PC{0,8}",
            other in "[a-b\\x00]{0,20}|[a-b]{14,18}|\\PC{0,8}",
        ) {
            prop_assert_eq!((beginning(&one), &one).cmp(&(beginning(&other), &other)), one.cmp(&other));
        }
    }
}
