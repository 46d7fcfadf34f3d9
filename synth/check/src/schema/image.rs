//! Reads an image: finds a provider's element, a shape's attribute or block by binary search, by names in order.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use super::function::Function;
use super::shape::Shape;
use super::{Element, SECTIONS};

/// Tables of rows. Outside of the tables it reads as zeros, so a damaged image gives wrong answers, not crashes.
#[derive(Debug)]
pub(crate) struct Image {
    bytes: Cow<'static, [u8]>,
    /// The names, one after the other.
    text: Cow<'static, str>,
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

pub(super) mod section {
    pub(in crate::schema) const NAMES: usize = 0;
    pub(in crate::schema) const TEXT: usize = 1;
    pub(in crate::schema) const TYPES: usize = 2;
    pub(in crate::schema) const SHAPES: usize = 3;
    pub(in crate::schema) const ATTRIBUTES: usize = 4;
    pub(in crate::schema) const BLOCKS: usize = 5;
    pub(in crate::schema) const ROOTS: usize = 6;
}

impl Image {
    pub(super) const MAGIC: [u8; 8] = *b"synthtf2";
    pub(super) const ATTRIBUTE: usize = 6;
    pub(super) const BLOCK: usize = 10;
    const SHAPE: usize = 12;
    const ROOT: usize = 6;

    pub(super) fn open(bytes: Cow<'static, [u8]>) -> Image {
        let mut image = Image { bytes, text: Cow::Borrowed(""), starts: [0; SECTIONS], roots: 0 };
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
        let text = image.start(section::TEXT)..image.start(section::TYPES);
        image.text = match &image.bytes {
            Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes.get(text).unwrap_or_default()),
            Cow::Owned(bytes) => {
                Cow::Owned(String::from_utf8_lossy(bytes.get(text).unwrap_or_default()).into_owned())
            }
        };
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

    pub(super) fn start(&self, section: usize) -> usize {
        self.starts.get(section).copied().unwrap_or(self.bytes.len())
    }

    pub(super) fn narrow(&self, at: usize) -> u16 {
        self.bytes.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |bytes| u16::from_le_bytes(*bytes))
    }

    fn wide(&self, at: usize) -> usize {
        let bytes = self.bytes.get(at..).and_then(<[u8]>::first_chunk);
        bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes)) as usize
    }

    pub(super) fn name(&self, id: u16) -> &str {
        self.text.get(self.name_range(id)).unwrap_or_default()
    }

    pub(super) fn name_bytes(&self, id: u16) -> &[u8] {
        self.text.as_bytes().get(self.name_range(id)).unwrap_or_default()
    }

    fn name_range(&self, id: u16) -> Range<usize> {
        let row = self.start(section::NAMES) + 4 * usize::from(id);
        let start = if id == 0 { 0 } else { self.wide(row - 4) };
        start..self.wide(row)
    }

    /// Element, provider, name and value.
    fn root(&self, row: usize) -> (u8, u8, &str, u16) {
        let at = self.start(section::ROOTS) + Image::ROOT * row;
        let [element, provider] = self.narrow(at + 2).to_le_bytes();
        (element, provider, self.name(self.narrow(at)), self.narrow(at + 4))
    }

    pub(super) fn shape(&self, id: u16) -> Shape<'_> {
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

    /// The function of that name.
    pub(crate) fn function(self, name: &str) -> Option<Function<'s>> {
        self.find(Element::Function, name).map(|id| Function::new(self.image.shape(id)))
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

/// The row at which `order` is equal, of rows in order.
pub(super) fn search(rows: Range<usize>, order: impl Fn(usize) -> Ordering) -> Option<usize> {
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
