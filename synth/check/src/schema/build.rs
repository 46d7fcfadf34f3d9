//! Writes the image of an exported schema: equal names, types and shapes once, everything of a fixed width.
//!
//! Of the 50,621 blocks of hashicorp/aws 5.100.0, 4,564 differ.

use std::collections::{BTreeMap, HashMap};

use super::export::{Attribute, Block, Entry, Export, Function, Language, Nesting, Type};
use super::{Element, Image, LANGUAGE, SECTIONS, SchemaError, flag, kind};

#[derive(Default)]
struct Builder {
    names: HashMap<String, u16>,
    name_ends: Vec<u8>,
    text: Vec<u8>,
    types: Table,
    shapes: HashMap<(Vec<u8>, Vec<u8>), u16>,
    shape_rows: Vec<u8>,
    attributes: Vec<u8>,
    blocks: Vec<u8>,
}

/// Rows of bytes, equal ones once.
#[derive(Default)]
struct Table {
    known: HashMap<Vec<u8>, u16>,
    rows: Vec<u8>,
}

impl Table {
    fn put(&mut self, row: Vec<u8>) -> Result<u16, SchemaError> {
        let next = narrow(self.known.len())?;
        Ok(*self.known.entry(row).or_insert_with_key(|row| {
            self.rows.extend_from_slice(row);
            next
        }))
    }
}

/// What a provider, or the language, has: the element, the provider's number, the name, and the shape.
type Root = (Element, u8, String, u16);

/// The image of every provider in what `terraform providers schema -json` prints, and of the functions in what
/// `terraform metadata functions -json` prints.
pub(super) fn image(exports: &[&str], languages: &[&str]) -> Result<Vec<u8>, SchemaError> {
    let mut builder = Builder::default();
    let mut roots: Vec<Root> = Vec::new();
    let mut index = 0;
    for export in exports {
        let export: Export = serde_json::from_str(export)?;
        for (address, provider) in &export.provider_schemas {
            let mut root = |element: Element, name: &str, value: u16| {
                roots.push((element, index, name.to_owned(), value));
            };
            root(Element::Provider, address, builder.entry(&provider.provider)?);
            let sections: [(Element, &BTreeMap<String, Entry>); 3] = [
                (Element::Resource, &provider.resource_schemas),
                (Element::Data, &provider.data_source_schemas),
                (Element::Ephemeral, &provider.ephemeral_resource_schemas),
            ];
            for (element, entries) in sections {
                for (name, entry) in entries {
                    root(element, name, builder.entry(entry)?);
                }
            }
            for (name, function) in &provider.functions {
                root(Element::Function, name, builder.function(function)?);
            }
            index += 1;
        }
    }
    for language in languages {
        let language: Language = serde_json::from_str(language)?;
        roots.push((Element::Provider, index, LANGUAGE.to_owned(), builder.block(&Block::default())?));
        // Each stands twice: as `core::upper` too.
        for (name, function) in language.function_signatures.iter().filter(|(name, _)| !name.contains("::")) {
            roots.push((Element::Function, index, name.clone(), builder.function(function)?));
        }
        index += 1;
    }
    roots.sort();
    let mut root_rows = Vec::new();
    for (element, provider, name, value) in roots {
        root_rows.extend(builder.name(&name)?.to_le_bytes());
        root_rows.extend([element as u8, provider]);
        root_rows.extend(value.to_le_bytes());
    }
    Ok(builder.finish(root_rows))
}

impl Builder {
    fn entry(&mut self, entry: &Entry) -> Result<u16, SchemaError> {
        self.block(&entry.block)
    }

    /// A function is a shape whose first attribute is what it gives; the others are its parameters, in order.
    fn function(&mut self, function: &Function) -> Result<u16, SchemaError> {
        let mut rows = Vec::new();
        let mut row = |name: u16, of: u16, flags: u16| {
            for part in [name, of, flags] {
                rows.extend(part.to_le_bytes());
            }
        };
        row(self.name("")?, self.of(&function.return_type)?, 0);
        let plain = function.parameters.iter().map(|parameter| (parameter, 0));
        let rest = function.variadic_parameter.iter().map(|parameter| (parameter, flag::VARIADIC));
        for (parameter, flags) in plain.chain(rest) {
            let flags = if parameter.is_nullable { flags | flag::OPTIONAL } else { flags };
            row(self.name(&parameter.name)?, self.of(&parameter.kind)?, flags);
        }
        self.shape(rows, Vec::new())
    }

    fn block(&mut self, block: &Block) -> Result<u16, SchemaError> {
        let attributes = self.rows(&block.attributes)?;
        let mut blocks = Vec::new();
        for (name, nested) in &block.block_types {
            let shape = self.block(&nested.block)?;
            for part in
                [self.name(name)?, shape, nesting(nested.nesting_mode), nested.min_items, nested.max_items]
            {
                blocks.extend(part.to_le_bytes());
            }
        }
        self.shape(attributes, blocks)
    }

    fn rows(&mut self, attributes: &BTreeMap<String, Attribute>) -> Result<Vec<u8>, SchemaError> {
        let mut rows = Vec::new();
        for (name, attribute) in attributes {
            let of = match (&attribute.kind, &attribute.nested_type) {
                (Some(of), _) => self.of(of)?,
                (None, Some(nested)) => {
                    let attributes = self.rows(&nested.attributes)?;
                    let shape = self.shape(attributes, Vec::new())?;
                    self.kind(kind::NESTED + nesting(nested.nesting_mode), shape)?
                }
                (None, None) => self.kind(kind::ANY, 0)?,
            };
            let flags = [
                (attribute.required, flag::REQUIRED),
                (attribute.optional, flag::OPTIONAL),
                (attribute.sensitive, flag::SENSITIVE),
                (attribute.write_only, flag::WRITE_ONLY),
                (attribute.deprecated, flag::DEPRECATED),
            ];
            let flags = flags.iter().filter(|(set, _)| *set).fold(0, |flags, (_, flag)| flags | flag);
            for part in [self.name(name)?, of, flags] {
                rows.extend(part.to_le_bytes());
            }
        }
        Ok(rows)
    }

    fn of(&mut self, of: &Type) -> Result<u16, SchemaError> {
        let (kind, operand) = match of {
            Type::Primitive(name) => match name.as_str() {
                "string" => (kind::TEXT, 0),
                "number" => (kind::NUMBER, 0),
                "bool" => (kind::BOOL, 0),
                _ => (kind::ANY, 0),
            },
            Type::Collection(name, of) => match name.as_str() {
                "list" => (kind::LIST, self.of(of)?),
                "set" => (kind::SET, self.of(of)?),
                "map" => (kind::MAP, self.of(of)?),
                _ => (kind::ANY, 0),
            },
            Type::Object(_, fields) => {
                let mut rows = Vec::new();
                for (name, of) in fields {
                    for part in [self.name(name)?, self.of(of)?, flag::REQUIRED] {
                        rows.extend(part.to_le_bytes());
                    }
                }
                (kind::OBJECT, self.shape(rows, Vec::new())?)
            }
        };
        self.kind(kind, operand)
    }

    fn kind(&mut self, kind: u16, operand: u16) -> Result<u16, SchemaError> {
        self.types.put([kind.to_le_bytes(), operand.to_le_bytes()].concat())
    }

    fn shape(&mut self, attributes: Vec<u8>, blocks: Vec<u8>) -> Result<u16, SchemaError> {
        let key = (attributes, blocks);
        if let Some(known) = self.shapes.get(&key) {
            return Ok(*known);
        }
        let id = narrow(self.shapes.len())?;
        let (attributes, blocks) = &key;
        let first_attribute = wide(self.attributes.len() / Image::ATTRIBUTE)?;
        let first_block = wide(self.blocks.len() / Image::BLOCK)?;
        self.shape_rows.extend(first_attribute.to_le_bytes());
        self.shape_rows.extend(first_block.to_le_bytes());
        self.shape_rows.extend(narrow(attributes.len() / Image::ATTRIBUTE)?.to_le_bytes());
        self.shape_rows.extend(narrow(blocks.len() / Image::BLOCK)?.to_le_bytes());
        self.attributes.extend(attributes);
        self.blocks.extend(blocks);
        self.shapes.insert(key, id);
        Ok(id)
    }

    fn name(&mut self, name: &str) -> Result<u16, SchemaError> {
        if let Some(known) = self.names.get(name) {
            return Ok(*known);
        }
        let id = narrow(self.names.len())?;
        self.text.extend(name.as_bytes());
        self.name_ends.extend(wide(self.text.len())?.to_le_bytes());
        self.names.insert(name.to_owned(), id);
        Ok(id)
    }

    fn finish(self, roots: Vec<u8>) -> Vec<u8> {
        let sections: [Vec<u8>; SECTIONS] = [
            self.name_ends,
            self.text,
            self.types.rows,
            self.shape_rows,
            self.attributes,
            self.blocks,
            roots,
        ];
        let mut image = Image::MAGIC.to_vec();
        for section in &sections {
            // No section reaches 4 GiB: ids of rows have 16 bits, and `wide` has refused longer text.
            image.extend(u32::try_from(section.len()).unwrap_or(u32::MAX).to_le_bytes());
        }
        image.extend(sections.concat());
        image
    }
}

fn nesting(mode: Nesting) -> u16 {
    match mode {
        Nesting::Single => 0,
        Nesting::Group => 1,
        Nesting::List => 2,
        Nesting::Set => 3,
        Nesting::Map => 4,
    }
}

fn narrow(number: usize) -> Result<u16, SchemaError> {
    u16::try_from(number).map_err(|_| SchemaError::TooLarge)
}

fn wide(number: usize) -> Result<u32, SchemaError> {
    u32::try_from(number).map_err(|_| SchemaError::TooLarge)
}
