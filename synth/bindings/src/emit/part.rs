//! The types of one kind in a module, and what they and their blocks are called.

use std::collections::BTreeSet;

use super::{RESERVED, Root, TypeKind};
use crate::ident::camel;
use crate::previous::Previous;
use crate::schema::Entry;
use crate::service::TOGETHER;
use crate::shape::{Names, Shape, Shapes};

/// A module's types of one kind.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) shapes: Shapes,
    pub(crate) names: Names,
    pub(crate) roots: Vec<NamedRoot>,
}

/// A type, and the struct that builds it.
#[derive(Debug)]
pub(crate) struct NamedRoot {
    pub(crate) name: String,
    pub(crate) type_name: String,
    pub(crate) kind: TypeKind,
    pub(crate) shape: Shape,
}

impl Part {
    /// Names the types of a kind; what `previous` calls its blocks is not taken away.
    pub(crate) fn of(module: &str, kind: TypeKind, roots: &[Root<'_>], previous: &Previous) -> Part {
        let mut shapes = Shapes::default();
        let mut named = Vec::new();
        let mut taken: BTreeSet<String> = RESERVED.iter().map(|name| (*name).to_owned()).collect();
        for root in roots.iter().filter(|root| root.kind == kind) {
            let mut name = camel(root.short);
            // The provider's own blocks are beside the types where both are in the crate's root.
            if module == TOGETHER && name.starts_with("Provider") {
                name.insert_str(0, root.kind.suffix());
            }
            let is_settled = |name: &str| previous.has_block(module, kind.module(), name);
            while taken.contains(&name) || taken.contains(&format!("{name}Handle")) || is_settled(&name) {
                name.push_str(root.kind.suffix());
            }
            taken.extend([format!("{name}Handle"), name.clone()]);
            let mut shape = shapes.of_root(&root.entry.block);
            forget_root_arguments(&mut shape, root.kind);
            named.push(NamedRoot { name, type_name: root.type_name.to_owned(), kind, shape });
        }
        let mut names = Names::new(taken);
        for root in &named {
            names.name_below(&root.name, &root.shape, &shapes);
        }
        Part { shapes, names, roots: named }
    }

    /// The provider's own configuration.
    pub(crate) fn of_provider(entry: &Entry) -> Part {
        let mut shapes = Shapes::default();
        let mut shape = shapes.of_root(&entry.block);
        shape.fields.iter_mut().for_each(|field| field.readable = false);
        let mut names = Names::new(RESERVED.iter().map(|name| (*name).to_owned()).collect());
        names.name_below("Provider", &shape, &shapes);
        let kind = TypeKind::Resource;
        let root = NamedRoot { name: "Provider".to_owned(), type_name: String::new(), kind, shape };
        Part { shapes, names, roots: vec![root] }
    }
}

/// `id` cannot usefully be set on a resource, and `tags_all` is the provider's own sum of tags.
fn forget_root_arguments(shape: &mut Shape, kind: TypeKind) {
    for field in &mut shape.fields {
        if kind == TypeKind::Resource && !field.required && matches!(field.name.as_str(), "id" | "tags_all") {
            field.settable = false;
        }
    }
}
