//! From the schema's blocks to shapes, each kept once.

use std::collections::{BTreeMap, BTreeSet};

use super::{Count, Field, FieldKind, Form, Kind, Order, Shape, ShapeId};
use crate::ident::snake;
use crate::schema::{Attribute, Block, NestedBlock, NestedType, Nesting, Presence, Type};

/// The shapes of one module.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    shapes: Vec<Shape>,
    known: BTreeMap<Shape, ShapeId>,
}

/// Where attributes stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// All can be read.
    Root,
    /// Only what the provider computes is worth reading: the rest is what the author wrote.
    Block,
    /// All can be read.
    Object,
}

impl Shapes {
    pub(crate) fn get(&self, id: ShapeId) -> Option<&Shape> {
        self.shapes.get(id.0)
    }

    /// The shape of a type's own block, its nested blocks interned.
    pub(crate) fn of_root(&mut self, block: &Block) -> Shape {
        let mut shape = self.of_block(block, Inside::Root);
        name_functions(&mut shape);
        shape
    }

    /// The type of an attribute, the objects in it interned.
    pub(crate) fn of_type(&mut self, kind: &Type) -> Kind {
        match kind {
            Type::Text => Kind::Text,
            Type::Number => Kind::Number,
            Type::Bool => Kind::Bool,
            Type::Any => Kind::Any,
            Type::List(of) => Kind::List(Box::new(self.of_type(of))),
            Type::Set(of) => Kind::Set(Box::new(self.of_type(of))),
            Type::Map(of) => Kind::Map(Box::new(self.of_type(of))),
            Type::Object(fields) => {
                let fields = fields.iter().map(|(name, kind)| Field {
                    kind: FieldKind::Attribute(self.of_type(kind)),
                    settable: true,
                    readable: true,
                    ..field(name)
                });
                let fields = fields.collect();
                Kind::Object(self.intern(Shape { form: Form::Filled, fields }))
            }
            Type::Structure(fields) => {
                let fields = fields.iter().map(|(name, (kind, presence))| Field {
                    kind: FieldKind::Attribute(self.of_type(kind)),
                    required: *presence == Presence::Required,
                    settable: true,
                    readable: true,
                    ..field(name)
                });
                let fields = fields.collect();
                Kind::Object(self.intern(Shape { form: Form::Object, fields }))
            }
        }
    }

    fn of_block(&mut self, block: &Block, inside: Inside) -> Shape {
        let attributes = block.attributes.iter().map(|(name, it)| self.of_attribute(name, it, inside));
        let mut fields: Vec<Field> = attributes.collect();
        fields.extend(block.block_types.iter().map(|(name, nested)| self.of_nested(name, nested)));
        Shape { form: Form::Block, fields }
    }

    fn of_nested(&mut self, name: &str, nested: &NestedBlock) -> Field {
        let shape = self.of_block(&nested.block, Inside::Block);
        let readable = shape.fields.iter().any(|field| field.readable);
        let (least, most) = (nested.min_items, nested.max_items);
        let several = |order| {
            if most == 1 { Count::One(order) } else { Count::Many { order, least, most } }
        };
        let count = match nested.nesting_mode {
            Nesting::Single | Nesting::Group => Count::Single,
            Nesting::List => several(Order::List),
            Nesting::Set => several(Order::Set),
            Nesting::Map => Count::Labelled,
        };
        Field {
            kind: FieldKind::Block { shape: self.intern(shape), count },
            description: nested.block.description.clone(),
            required: least > 0,
            settable: true,
            readable,
            deprecated: nested.block.deprecated,
            ..field(name)
        }
    }

    fn of_attribute(&mut self, name: &str, attribute: &Attribute, inside: Inside) -> Field {
        let kind = match (&attribute.nested_type, &attribute.kind) {
            (Some(nested), _) => self.of_nested_type(nested),
            (None, Some(kind)) => self.of_type(kind),
            (None, None) => Kind::Any,
        };
        Field {
            kind: FieldKind::Attribute(kind),
            description: attribute.description.clone(),
            required: attribute.required,
            settable: attribute.required || attribute.optional,
            readable: !attribute.write_only && (inside != Inside::Block || attribute.computed),
            sensitive: attribute.sensitive,
            write_only: attribute.write_only,
            deprecated: attribute.deprecated,
            ..field(name)
        }
    }

    fn of_nested_type(&mut self, nested: &NestedType) -> Kind {
        let fields = nested.attributes.iter().map(|(name, it)| self.of_attribute(name, it, Inside::Object));
        let fields = fields.collect();
        let object = Kind::Object(self.intern(Shape { form: Form::Object, fields }));
        match nested.nesting_mode {
            Nesting::Single | Nesting::Group => object,
            Nesting::List => Kind::List(Box::new(object)),
            Nesting::Set => Kind::Set(Box::new(object)),
            Nesting::Map => Kind::Map(Box::new(object)),
        }
    }

    fn intern(&mut self, mut shape: Shape) -> ShapeId {
        name_functions(&mut shape);
        if let Some(id) = self.known.get(&shape) {
            return *id;
        }
        let id = ShapeId(self.shapes.len());
        self.shapes.push(shape.clone());
        self.known.insert(shape, id);
        id
    }
}

/// Sorts the fields and gives each a function's name of its own: words that Rust spells alike get a number, in
/// the order of Terraform's names.
fn name_functions(shape: &mut Shape) {
    shape.fields.sort_by(|a, b| a.name.cmp(&b.name));
    let mut taken: BTreeSet<String> = BTreeSet::new();
    // Names that need no change keep theirs, whatever else there is.
    taken.extend(shape.fields.iter().map(|field| &field.name).filter(|name| snake(name) == **name).cloned());
    for field in &mut shape.fields {
        let wanted = snake(&field.name);
        let mut function = wanted.clone();
        let mut number = 2;
        while function != field.name && taken.contains(&function) {
            function = format!("{wanted}_{number}");
            number += 1;
        }
        taken.insert(function.clone());
        field.function = function;
    }
}

/// An optional attribute of any type, to be filled in.
fn field(name: &str) -> Field {
    Field {
        name: name.to_owned(),
        function: String::new(),
        kind: FieldKind::Attribute(Kind::Any),
        description: String::new(),
        required: false,
        settable: false,
        readable: false,
        sensitive: false,
        write_only: false,
        deprecated: false,
    }
}
