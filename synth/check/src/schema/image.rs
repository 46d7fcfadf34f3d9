//! Reads an image: finds a provider's element, a shape's attribute or block by binary search, by names in order.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use super::{Element, SECTIONS, flag, kind};

/// Tables of rows. Outside of the tables it reads as zeros, so a damaged image gives wrong answers, not crashes.
#[derive(Debug)]
pub(crate) struct Image {
    bytes: Cow<'static, [u8]>,
    starts: [usize; SECTIONS],
    roots: usize,
}

/// A provider of an image.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Provider<'s> {
    image: &'s Image,
    index: u8,
    configuration: u16,
}

/// Attributes and blocks that stand together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape<'s> {
    image: &'s Image,
    first_attribute: usize,
    attributes: usize,
    first_block: usize,
    blocks: usize,
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
    image: &'s Image,
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

mod section {
    pub(super) const NAMES: usize = 0;
    pub(super) const TEXT: usize = 1;
    pub(super) const TYPES: usize = 2;
    pub(super) const SHAPES: usize = 3;
    pub(super) const ATTRIBUTES: usize = 4;
    pub(super) const BLOCKS: usize = 5;
    pub(super) const ROOTS: usize = 6;
}

impl Image {
    pub(super) const MAGIC: [u8; 8] = *b"synthtf1";
    pub(super) const ATTRIBUTE: usize = 6;
    pub(super) const BLOCK: usize = 10;
    const SHAPE: usize = 12;
    const ROOT: usize = 6;

    pub(super) fn open(bytes: Cow<'static, [u8]>) -> Image {
        let mut image = Image { bytes, starts: [0; SECTIONS], roots: 0 };
        let mut at = Image::MAGIC.len() + 4 * SECTIONS;
        let mut starts = [0; SECTIONS];
        for (section, start) in starts.iter_mut().enumerate() {
            let length = image.wide(Image::MAGIC.len() + 4 * section);
            *start = at;
            at += length;
            if section == section::ROOTS {
                image.roots = length / Image::ROOT;
            }
        }
        image.starts = starts;
        image
    }

    pub(super) fn provider(&self, address: &str) -> Option<Provider<'_>> {
        // Providers sort first.
        (0..self.roots)
            .map(|row| self.root(row))
            .take_while(|(element, ..)| *element == Element::Provider as u8)
            .find(|(_, _, name, _)| *name == address)
            .map(|(_, index, _, configuration)| Provider { image: self, index, configuration })
    }

    fn start(&self, section: usize) -> usize {
        self.starts.get(section).copied().unwrap_or(self.bytes.len())
    }

    fn narrow(&self, at: usize) -> u16 {
        let bytes = self.bytes.get(at..at + 2).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u16::from_le_bytes)
    }

    fn wide(&self, at: usize) -> usize {
        let bytes = self.bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u32::from_le_bytes) as usize
    }

    fn name(&self, id: u16) -> &str {
        str::from_utf8(self.name_bytes(id)).unwrap_or_default()
    }

    fn name_bytes(&self, id: u16) -> &[u8] {
        let row = self.start(section::NAMES) + 4 * usize::from(id);
        let start = if id == 0 { 0 } else { self.wide(row - 4) };
        let text = self.start(section::TEXT);
        self.bytes.get(text + start..text + self.wide(row)).unwrap_or_default()
    }

    /// Element, provider, name and value.
    fn root(&self, row: usize) -> (u8, u8, &str, u16) {
        let at = self.start(section::ROOTS) + Image::ROOT * row;
        let [element, provider] = self.narrow(at + 2).to_le_bytes();
        (element, provider, self.name(self.narrow(at)), self.narrow(at + 4))
    }

    fn shape(&self, id: u16) -> Shape<'_> {
        let at = self.start(section::SHAPES) + Image::SHAPE * usize::from(id);
        Shape {
            image: self,
            first_attribute: self.wide(at),
            first_block: self.wide(at + 4),
            attributes: usize::from(self.narrow(at + 8)),
            blocks: usize::from(self.narrow(at + 10)),
        }
    }
}

impl<'s> Provider<'s> {
    /// The shape of a resource, data source or ephemeral resource.
    pub(crate) fn shape(self, element: Element, name: &str) -> Option<Shape<'s>> {
        self.find(element, name).map(|id| self.image.shape(id))
    }

    /// The shape of the provider's own configuration.
    pub(crate) fn configuration(self) -> Shape<'s> {
        self.image.shape(self.configuration)
    }

    /// How many arguments a function takes.
    pub(crate) fn arity(self, function: &str) -> Option<(usize, Option<usize>)> {
        let arity = self.find(Element::Function, function)?;
        let parameters = usize::from(arity & !flag::VARIADIC);
        Some((parameters, (arity & flag::VARIADIC == 0).then_some(parameters)))
    }

    /// The names of all elements of a kind.
    pub(crate) fn names(self, element: Element) -> impl Iterator<Item = &'s str> {
        (0..self.image.roots)
            .map(move |row| self.image.root(row))
            .filter(move |(kind, provider, ..)| (*kind, *provider) == (element as u8, self.index))
            .map(|(_, _, name, _)| name)
    }

    fn find(self, element: Element, name: &str) -> Option<u16> {
        let key = (element as u8, self.index, name);
        let row = search(0..self.image.roots, |row| {
            let (element, provider, name, _) = self.image.root(row);
            (element, provider, name).cmp(&key)
        })?;
        Some(self.image.root(row).3)
    }
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
    pub(crate) fn required(self) -> bool {
        self.flags & flag::REQUIRED != 0
    }

    /// Whether a configuration may set it.
    pub(crate) fn settable(self) -> bool {
        self.flags & (flag::REQUIRED | flag::OPTIONAL) != 0
    }

    pub(crate) fn sensitive(self) -> bool {
        self.flags & flag::SENSITIVE != 0
    }

    pub(crate) fn write_only(self) -> bool {
        self.flags & flag::WRITE_ONLY != 0
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

fn search(rows: Range<usize>, order: impl Fn(usize) -> Ordering) -> Option<usize> {
    let (mut low, mut high) = (rows.start, rows.end);
    while low < high {
        let middle = low.midpoint(high);
        match order(middle) {
            Ordering::Equal => return Some(middle),
            Ordering::Less => low = middle + 1,
            Ordering::Greater => high = middle,
        }
    }
    None
}
