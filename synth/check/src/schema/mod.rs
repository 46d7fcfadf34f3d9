//! Providers' schemas as an image of fixed-width rows, searched where it lies: nothing is decoded but what is asked for.

mod build;
mod embedded;
mod export;
mod function;
mod image;
mod shape;

pub use embedded::{SOURCE, VERSION};
pub(crate) use function::{Function, Parameter};
pub(crate) use image::{Image, Provider};
pub(crate) use shape::{Block, Form, Found, Nesting, Shape, TypeOf};

use std::borrow::Cow;

/// The tables of an image.
const SECTIONS: usize = 7;

/// Where an image has the functions of Terraform's own language: no provider's address has no `/`.
const LANGUAGE: &str = "language";

/// What a provider has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum Element {
    Provider,
    Resource,
    Data,
    Ephemeral,
    Function,
}

/// How a type is written in an image; a nested type's nesting is added to the last.
mod kind {
    pub(super) const ANY: u16 = 0;
    pub(super) const TEXT: u16 = 1;
    pub(super) const NUMBER: u16 = 2;
    pub(super) const BOOL: u16 = 3;
    pub(super) const LIST: u16 = 4;
    pub(super) const SET: u16 = 5;
    pub(super) const MAP: u16 = 6;
    pub(super) const OBJECT: u16 = 7;
    pub(super) const NESTED: u16 = 8;
}

/// What an attribute is, as bits.
mod flag {
    pub(super) const REQUIRED: u16 = 1;
    pub(super) const OPTIONAL: u16 = 2;
    pub(super) const SENSITIVE: u16 = 4;
    pub(super) const WRITE_ONLY: u16 = 8;
    pub(super) const DEPRECATED: u16 = 16;
    /// Of a function's last parameter: any number of arguments.
    pub(super) const VARIADIC: u16 = 32;
}

/// Why a schema cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// The input is not what `terraform providers schema -json` or `terraform metadata functions -json` prints.
    #[error("this is not the output of `terraform providers schema -json`")]
    Format(#[from] serde_json::Error),
    /// More names, types or shapes than an image can number.
    #[error("the schema has more than 65,535 different names, types or blocks")]
    TooLarge,
}

/// The schemas that documents are checked against.
#[derive(Debug)]
pub struct Schemas {
    images: Vec<Image>,
}

impl Schemas {
    /// The schemas that this program carries: hashicorp/aws, and what is built into terraform.
    pub fn embedded() -> Schemas {
        Schemas { images: vec![embedded::image()] }
    }

    /// Adds the providers of what `terraform providers schema -json` prints; they come before the embedded ones.
    ///
    /// # Errors
    /// If the text is something else, or too large.
    pub fn add(&mut self, export: &str) -> Result<(), SchemaError> {
        let bytes = build::image(&[export], &[])?;
        self.images.insert(0, Image::open(Cow::Owned(bytes)));
        Ok(())
    }

    /// The version of a provider whose schema is known by version: the embedded one, unless another is given.
    pub(crate) fn version(&self, address: &str) -> Option<&'static str> {
        let (_, given) = self.images.split_last()?;
        let other = given.iter().any(|image| image.provider(address).is_some());
        let embedded = address.strip_prefix("registry.terraform.io/") == Some(SOURCE);
        (embedded && !other).then_some(VERSION)
    }

    /// The function of Terraform's own language, with or without `core::` before its name.
    pub(crate) fn function(&self, name: &str) -> Option<Function<'_>> {
        self.provider(LANGUAGE)?.function(name.strip_prefix("core::").unwrap_or(name))
    }

    /// The names of the language's functions.
    pub(crate) fn functions(&self) -> impl Iterator<Item = &str> {
        self.provider(LANGUAGE).into_iter().flat_map(|language| language.names(Element::Function))
    }

    /// The provider of that full address, `registry.terraform.io/hashicorp/aws`.
    pub(crate) fn provider(&self, address: &str) -> Option<Provider<'_>> {
        self.images.iter().find_map(|image| image.provider(address))
    }
}

/// The image of exported schemas and of the language's functions, as `Schemas::embedded` reads it.
///
/// # Errors
/// If one of the texts is not what `terraform providers schema -json` prints, if `functions` is not what `terraform
/// metadata functions -json` prints, or if they are too large together.
pub fn image(exports: &[&str], functions: &str) -> Result<Vec<u8>, SchemaError> {
    build::image(exports, &[functions])
}
