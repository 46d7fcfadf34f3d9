//! Blocks by content. A provider declares the same nested block many times; equal ones become one struct
//! (50,621 block instances of hashicorp/aws 5.100.0 have 4,564 shapes).

use std::collections::BTreeMap;

use crate::ident::camel;
use crate::schema::{Attribute, Block, Nesting, Type};

/// A nested block or object: its fields, by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Shape {
    pub(crate) fields: Vec<Field>,
    /// Attributes as blocks need every key to be present, `null` where unset.
    pub(crate) filled: bool,
}

/// The index of a shape in [`Shapes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ShapeId(usize);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) kind: FieldKind,
    pub(crate) description: String,
    pub(crate) required: bool,
    /// Whether the author can set it.
    pub(crate) settable: bool,
    /// Whether it can be read back.
    pub(crate) computed: bool,
    pub(crate) sensitive: bool,
    pub(crate) write_only: bool,
    pub(crate) deprecated: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FieldKind {
    /// A value.
    Argument(Type),
    /// A nested block or object.
    Nested { shape: ShapeId, count: Count },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Count {
    One,
    Many,
}

/// The shapes of one module.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    shapes: Vec<Shape>,
    known: BTreeMap<Shape, ShapeId>,
    names: BTreeMap<ShapeId, String>,
    /// Other names of shapes: the same block elsewhere.
    pub(crate) aliases: BTreeMap<String, ShapeId>,
}

impl Shapes {
    pub(crate) fn get(&self, id: ShapeId) -> Option<&Shape> {
        self.shapes.get(id.0)
    }

    pub(crate) fn name(&self, id: ShapeId) -> &str {
        self.names.get(&id).map_or("", String::as_str)
    }

    /// The shapes that have names, by name.
    pub(crate) fn named(&self) -> BTreeMap<&str, &Shape> {
        self.names.iter().filter_map(|(id, name)| Some((name.as_str(), self.get(*id)?))).collect()
    }

    /// The shape of a block, its nested blocks interned.
    pub(crate) fn of_block(&mut self, block: &Block) -> Shape {
        let mut fields: Vec<Field> =
            block.attributes.iter().map(|(name, attribute)| self.of_attribute(name, attribute)).collect();
        for (name, nested) in &block.block_types {
            let shape = self.of_block(&nested.block);
            let one = match nested.nesting_mode {
                Nesting::Single | Nesting::Group => true,
                Nesting::List | Nesting::Set => nested.max_items == 1,
                Nesting::Map => false,
            };
            let count = if one { Count::One } else { Count::Many };
            fields.push(Field {
                name: name.clone(),
                kind: FieldKind::Nested { shape: self.intern(shape), count },
                description: nested.block.description.clone(),
                required: nested.min_items > 0,
                settable: true,
                computed: false,
                sensitive: false,
                write_only: false,
                deprecated: false,
            });
        }
        fields.sort_by(|a, b| a.name.cmp(&b.name));
        Shape { fields, filled: false }
    }

    fn of_attribute(&mut self, name: &str, attribute: &Attribute) -> Field {
        let settable = attribute.required || attribute.optional;
        let kind = match (&attribute.nested_type, &attribute.kind) {
            (Some(nested), _) if nested.nesting_mode != Nesting::Map => {
                let fields =
                    nested.attributes.iter().map(|(name, inner)| self.of_attribute(name, inner)).collect();
                let count = if nested.nesting_mode == Nesting::Single { Count::One } else { Count::Many };
                FieldKind::Nested { shape: self.intern(Shape { fields, filled: false }), count }
            }
            (_, Some(kind)) if settable => self.of_type(kind),
            (_, Some(kind)) => FieldKind::Argument(kind.clone()),
            _ => FieldKind::Argument(Type::Any),
        };
        Field {
            name: name.to_owned(),
            kind,
            description: attribute.description.clone(),
            required: attribute.required,
            settable,
            computed: true,
            sensitive: attribute.sensitive,
            write_only: attribute.write_only,
            deprecated: attribute.deprecated,
        }
    }

    /// A settable object, or a list or set of them, is written as a block is.
    fn of_type(&mut self, kind: &Type) -> FieldKind {
        let (fields, count) = match kind {
            Type::Object(fields) => (fields, Count::One),
            Type::List(of) | Type::Set(of) => match of.as_ref() {
                Type::Object(fields) => (fields, Count::Many),
                _ => return FieldKind::Argument(kind.clone()),
            },
            _ => return FieldKind::Argument(kind.clone()),
        };
        let fields = fields.iter().map(|(name, kind)| Field {
            name: name.clone(),
            kind: self.of_type(kind),
            description: String::new(),
            required: false,
            settable: true,
            computed: false,
            sensitive: false,
            write_only: false,
            deprecated: false,
        });
        let shape = Shape { fields: fields.collect(), filled: true };
        FieldKind::Nested { shape: self.intern(shape), count }
    }

    fn intern(&mut self, shape: Shape) -> ShapeId {
        if let Some(id) = self.known.get(&shape) {
            return *id;
        }
        let id = ShapeId(self.shapes.len());
        self.shapes.push(shape.clone());
        self.known.insert(shape, id);
        id
    }

    /// Names the settable shapes below a root by their path; a shape that has a name gets an alias.
    /// `taken` are the names of the module's other types.
    pub(crate) fn name_below(&mut self, root: &str, shape: &Shape, taken: &dyn Fn(&str) -> bool) {
        let mut open = vec![(root.to_owned(), shape.clone())];
        while let Some((parent, shape)) = open.pop() {
            for field in shape.fields.iter().filter(|field| field.settable) {
                let FieldKind::Nested { shape: id, .. } = field.kind else { continue };
                let mut name = parent.clone() + &camel(&field.name);
                while taken(&name) || self.is_another(&name, id) {
                    name.push_str("Block");
                }
                if self.names.contains_key(&id) {
                    if self.names.get(&id) != Some(&name) {
                        self.aliases.insert(name, id);
                    }
                } else if let Some(shape) = self.get(id).cloned() {
                    self.names.insert(id, name.clone());
                    open.push((name, shape));
                }
            }
        }
    }

    /// Whether a name stands for another shape already: words joined differently can spell the same.
    fn is_another(&self, name: &str, id: ShapeId) -> bool {
        self.names.iter().any(|(other, known)| known == name && *other != id)
            || self.aliases.get(name).is_some_and(|other| *other != id)
    }
}
