//! What shapes are called.
//!
//! A nested block or object is named by its path: the type's name and the names of the fields that lead to it,
//! `apprunner::Service` › `source_configuration` › `image_repository`. In each type, every shape is followed once,
//! on its shortest path (the first in the order of names), and every field that leads to a shape gives it a name
//! there. Equal shapes are one struct under their first name; the others are that struct under other names.
//! So a name depends on one type of the provider alone: other types come, go and change without renaming anything.
//! Where two paths spell the same word, or a path and a type, the later path gets `Block` behind it;
//! but a type that is new in a provider leaves a block of the crate's earlier version its name
//! ([`crate::Previous`]), and gets `Resource` behind its own.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{Shape, ShapeId, Shapes};
use crate::ident::camel;

/// What can be done with a block or object.
#[derive(Clone, Copy)]
struct Use {
    built: bool,
    read: bool,
}

/// The names of a module's shapes.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// The name of the struct.
    of: BTreeMap<ShapeId, String>,
    /// Every name, those of the structs and the others.
    all: BTreeMap<String, ShapeId>,
    /// Names of other things: of types, handles, and what the generated code uses itself.
    taken: BTreeSet<String>,
    /// Shapes that an author can write.
    built: BTreeSet<ShapeId>,
    /// Shapes that a reference can reach.
    read: BTreeSet<ShapeId>,
}

impl Names {
    /// No names yet but those that cannot be had.
    pub(crate) fn new(taken: BTreeSet<String>) -> Self {
        Names { taken, ..Names::default() }
    }

    /// The name of a shape.
    pub(crate) fn of(&self, id: ShapeId) -> &str {
        self.of.get(&id).map_or("", String::as_str)
    }

    /// The name, where it stands for that shape.
    pub(crate) fn known(&self, name: &str, id: ShapeId) -> Option<&str> {
        let (name, known) = self.all.get_key_value(name)?;
        (*known == id).then_some(name)
    }

    /// The structs, by name.
    pub(crate) fn structs(&self) -> impl Iterator<Item = (&str, ShapeId)> {
        self.all.iter().filter(|(name, id)| self.of(**id) == *name).map(|(name, id)| (name.as_str(), *id))
    }

    /// The other names, with the struct's.
    pub(crate) fn aliases(&self) -> impl Iterator<Item = (&str, ShapeId)> {
        self.all.iter().filter(|(name, id)| self.of(**id) != *name).map(|(name, id)| (name.as_str(), *id))
    }

    /// Whether an author can write such a block or object.
    pub(crate) fn is_built(&self, id: ShapeId) -> bool {
        self.built.contains(&id)
    }

    /// Whether a reference can reach such a block or object.
    pub(crate) fn is_read(&self, id: ShapeId) -> bool {
        self.read.contains(&id)
    }

    /// Names the shapes below a type.
    pub(crate) fn name_below(&mut self, root: &str, shape: &Shape, shapes: &Shapes) {
        let mut open: VecDeque<(String, &Shape)> = VecDeque::from([(root.to_owned(), shape)]);
        let mut followed: BTreeSet<ShapeId> = BTreeSet::new();
        while let Some((parent, shape)) = open.pop_front() {
            for field in shape.fields.iter().filter(|field| field.settable || field.readable) {
                let Some(id) = field.kind.shape() else { continue };
                let Some(below) = shapes.get(id) else { continue };
                let name = self.free(parent.clone() + &camel(&field.name), id);
                self.of.entry(id).or_insert_with(|| name.clone());
                self.all.insert(name.clone(), id);
                if followed.insert(id) {
                    open.push_back((name, below));
                }
            }
        }
        self.follow(shape, shapes, Use { built: true, read: true });
    }

    /// The name, or one like it, where it does not stand for something else.
    fn free(&self, mut name: String, id: ShapeId) -> String {
        let is_other = |name: &str| {
            self.taken.contains(name)
                || self.taken.contains(&format!("{name}Ref"))
                || self.all.get(name).is_some_and(|other| *other != id)
                || name.strip_suffix("Ref").is_some_and(|name| self.all.contains_key(name))
                || self.all.contains_key(&format!("{name}Ref"))
        };
        while is_other(&name) {
            name.push_str("Block");
        }
        name
    }

    /// Marks what can be written and what can be read below a shape.
    fn follow(&mut self, shape: &Shape, shapes: &Shapes, within: Use) {
        for field in &shape.fields {
            let Some(id) = field.kind.shape() else { continue };
            let here = Use { built: within.built && field.settable, read: within.read && field.readable };
            let is_new = (here.built && self.built.insert(id)) | (here.read && self.read.insert(id));
            if let (true, Some(below)) = (is_new, shapes.get(id)) {
                self.follow(below, shapes, here);
            }
        }
    }
}
