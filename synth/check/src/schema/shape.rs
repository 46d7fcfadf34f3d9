//! What a body may hold: attributes and blocks, found by binary search, and their types, decoded one level at a time.

use super::image::{Image, search, section};
use super::{flag, kind};

/// Attributes and blocks that stand together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape<'s> {
    pub(super) image: &'s Image,
    pub(super) first_attribute: usize,
    pub(super) attributes: usize,
    pub(super) first_block: usize,
    pub(super) blocks: usize,
}

/// An attribute of a shape, or of an object type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribute<'s> {
    pub(crate) name: &'s str,
    pub(crate) of: TypeOf<'s>,
    flags: u16,
}

/// A block that may stand in another one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block<'s> {
    pub(crate) name: &'s str,
    pub(crate) shape: Shape<'s>,
    pub(crate) nesting: Nesting,
    pub(crate) min: u16,
    /// 0 is no limit.
    pub(crate) max: u16,
}

/// What a name stands for in a shape.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Found<'s> {
    Attribute(Attribute<'s>),
    Block(Block<'s>),
}

/// How often a block may stand, and what its values become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nesting {
    Single,
    List,
    Set,
    Map,
}

/// A type, not yet decoded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TypeOf<'s> {
    pub(super) image: &'s Image,
    id: u16,
}

/// A type, decoded one level deep.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form<'s> {
    Any,
    Text,
    Number,
    Bool,
    List(TypeOf<'s>),
    Set(TypeOf<'s>),
    Map(TypeOf<'s>),
    Object(Shape<'s>),
    Nested(Nesting, Shape<'s>),
}

impl<'s> Shape<'s> {
    /// The attribute of that name, and its number in the shape.
    pub(crate) fn attribute(self, name: &str) -> Option<(usize, Attribute<'s>)> {
        let row = search(0..self.attributes, |row| {
            self.image.name_bytes(self.image.narrow(self.attribute_row(row))).cmp(name.as_bytes())
        })?;
        Some((row, self.attribute_at(row)))
    }

    /// The block of that name, and its number in the shape.
    pub(crate) fn block(self, name: &str) -> Option<(usize, Block<'s>)> {
        let row = search(0..self.blocks, |row| {
            self.image.name_bytes(self.image.narrow(self.block_row(row))).cmp(name.as_bytes())
        })?;
        Some((row, self.block_at(row)))
    }

    /// The attribute or block of that name.
    pub(crate) fn find(self, name: &str) -> Option<Found<'s>> {
        let attribute = self.attribute(name).map(|(_, attribute)| Found::Attribute(attribute));
        attribute.or_else(|| self.block(name).map(|(_, block)| Found::Block(block)))
    }

    pub(crate) fn attributes(self) -> impl ExactSizeIterator<Item = Attribute<'s>> {
        (0..self.attributes).map(move |row| self.attribute_at(row))
    }

    pub(crate) fn blocks(self) -> impl ExactSizeIterator<Item = Block<'s>> {
        (0..self.blocks).map(move |row| self.block_at(row))
    }

    /// The numbers of the required attributes.
    pub(crate) fn required(self) -> impl Iterator<Item = usize> {
        let flags = move |row| self.image.narrow(self.attribute_row(row) + 4);
        (0..self.attributes).filter(move |row| flags(*row) & flag::REQUIRED != 0)
    }

    /// The numbers of the blocks that must stand at least once: of a single block, the plugin framework misses the
    /// required arguments even when the block is left out.
    pub(crate) fn needed(self) -> impl Iterator<Item = usize> {
        (0..self.blocks).filter(move |row| {
            let at = self.block_row(*row);
            let single = self.image.narrow(at + 4) == 0;
            self.image.narrow(at + 6) > 0
                || (single && self.image.shape(self.image.narrow(at + 2)).required().next().is_some())
        })
    }

    fn attribute_row(self, row: usize) -> usize {
        self.image.start(section::ATTRIBUTES) + Image::ATTRIBUTE * (self.first_attribute + row)
    }

    fn block_row(self, row: usize) -> usize {
        self.image.start(section::BLOCKS) + Image::BLOCK * (self.first_block + row)
    }

    pub(crate) fn attribute_at(self, row: usize) -> Attribute<'s> {
        let at = self.attribute_row(row);
        Attribute {
            name: self.image.name(self.image.narrow(at)),
            of: TypeOf { image: self.image, id: self.image.narrow(at + 2) },
            flags: self.image.narrow(at + 4),
        }
    }

    pub(crate) fn block_at(self, row: usize) -> Block<'s> {
        let at = self.block_row(row);
        Block {
            name: self.image.name(self.image.narrow(at)),
            shape: self.image.shape(self.image.narrow(at + 2)),
            nesting: nesting(self.image.narrow(at + 4)),
            min: self.image.narrow(at + 6),
            max: self.image.narrow(at + 8),
        }
    }
}

impl Attribute<'_> {
    pub(super) fn has(self, flag: u16) -> bool {
        self.flags & flag != 0
    }

    pub(crate) fn required(self) -> bool {
        self.has(flag::REQUIRED)
    }

    /// Whether a configuration may set it.
    pub(crate) fn settable(self) -> bool {
        self.has(flag::REQUIRED | flag::OPTIONAL)
    }

    pub(crate) fn sensitive(self) -> bool {
        self.has(flag::SENSITIVE)
    }

    pub(crate) fn write_only(self) -> bool {
        self.has(flag::WRITE_ONLY)
    }
}

impl<'s> TypeOf<'s> {
    pub(crate) fn form(self) -> Form<'s> {
        let at = self.image.start(section::TYPES) + 4 * usize::from(self.id);
        let operand = self.image.narrow(at + 2);
        let of = TypeOf { image: self.image, id: operand };
        match self.image.narrow(at) {
            kind::TEXT => Form::Text,
            kind::NUMBER => Form::Number,
            kind::BOOL => Form::Bool,
            kind::LIST => Form::List(of),
            kind::SET => Form::Set(of),
            kind::MAP => Form::Map(of),
            kind::OBJECT => Form::Object(self.image.shape(operand)),
            nested @ kind::NESTED.. => {
                Form::Nested(nesting(nested - kind::NESTED), self.image.shape(operand))
            }
            _ => Form::Any,
        }
    }
}

/// A group is a single block that is there even when it is not written ("group" in Terraform's configschema).
fn nesting(mode: u16) -> Nesting {
    match mode {
        0 | 1 => Nesting::Single,
        2 => Nesting::List,
        3 => Nesting::Set,
        _ => Nesting::Map,
    }
}
