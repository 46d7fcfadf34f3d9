//! What a generated crate is written with: the names of its modules, builders and functions, looked up by
//! Terraform's own. They come from the passes that write the crate, so the two cannot differ.

mod function;

use std::collections::BTreeMap;

pub use function::{Function, Parameter};

use crate::aws::SOURCE;
use crate::emit::{self, Part, TypeKind};
use crate::generate;
use crate::generic::GENERICS;
use crate::ident::camel;
use crate::previous::Previous;
use crate::schema::{Schema, SchemaError};
use crate::service::{AWS, Grouping};
use crate::shape::{Count, Field, FieldKind, Kind, Shape, ShapeId};
use crate::signature::Functions;

/// The committed schema of hashicorp/aws.
const AWS_SCHEMA: &[u8] = include_bytes!("../../schemas/hashicorp-aws-5.100.0.json.gz");

/// The committed signatures of Terraform's functions.
const FUNCTIONS: &[u8] = include_bytes!("../../schemas/terraform-1.11.4-functions.json.gz");

/// The crate `synth-aws` and the functions of `synth-core`.
#[derive(Debug)]
pub struct Api {
    /// By service and kind.
    parts: BTreeMap<(&'static str, TypeKind), Part>,
    provider: Part,
    functions: Functions,
}

impl Api {
    /// Reads the schemas that this crate carries.
    ///
    /// # Errors
    /// If they are damaged.
    pub fn aws() -> Result<Api, SchemaError> {
        let schema = Schema::read_gzip(AWS_SCHEMA, SOURCE.source)?;
        let functions = Functions::read_gzip(FUNCTIONS)?;
        let none = Previous::default();
        let modules = generate::modules(&schema, SOURCE.name, Grouping::Services(AWS)).0;
        let kinds = [TypeKind::Resource, TypeKind::Data, TypeKind::Ephemeral];
        let parts = modules.iter().flat_map(|(module, roots)| {
            kinds.map(|kind| ((*module, kind), Part::of(module, kind, roots, &none)))
        });
        let parts = parts.collect();
        Ok(Api { parts, provider: Part::of_provider(&schema.provider), functions })
    }

    /// The builder of a resource, data source or ephemeral resource.
    pub fn builder(&self, kind: TypeKind, type_name: &str) -> Option<Builder<'_>> {
        let service = Grouping::Services(AWS).place(SOURCE.name, type_name)?.module;
        let part = self.parts.get(&(service, kind))?;
        let root = part.roots.iter().find(|root| root.type_name == type_name)?;
        Some(Builder { service, kind, part, name: &root.name, shape: &root.shape })
    }

    /// The builder of the provider's configuration.
    pub fn provider(&self) -> Option<Builder<'_>> {
        let root = self.provider.roots.first()?;
        let (part, name, shape) = (&self.provider, root.name.as_str(), &root.shape);
        Some(Builder { service: "", kind: TypeKind::Resource, part, name, shape })
    }

    /// A function of Terraform's language.
    pub fn function(&self, name: &str) -> Option<Function> {
        let signature = self.functions.0.get(name)?;
        let generic = GENERICS.iter().find(|generic| generic.name == name);
        let parameters = match generic {
            Some(generic) => generic.accepts.iter().map(|accepts| Parameter::of(*accepts)).collect(),
            None => {
                let plain = signature.parameters.iter();
                let plain = plain.map(|one| Parameter::Value(emit::rust_type(&one.kind)));
                let several = signature.variadic_parameter.iter();
                plain.chain(several.map(|one| Parameter::Values(emit::rust_type(&one.kind)))).collect()
            }
        };
        let returns = match generic {
            Some(generic) => generic.returns.to_owned(),
            None => format!("Value<{}>", emit::rust_type(&signature.return_type)),
        };
        let generics = generic.map_or("", |generic| generic.generics);
        Some(Function { word: word(name), generics, parameters, returns })
    }
}

/// A word of Terraform as a word of Rust, as functions of bindings are named.
pub fn word(name: &str) -> String {
    crate::ident::snake(name)
}

/// A builder of the crate: of a type of the provider, of a nested block or of an object.
#[derive(Clone, Copy, Debug)]
pub struct Builder<'a> {
    service: &'a str,
    kind: TypeKind,
    part: &'a Part,
    name: &'a str,
    shape: &'a Shape,
}

impl<'a> Builder<'a> {
    /// The crate's module, which is a cargo feature too; empty for the provider's configuration.
    pub fn service(&self) -> &'a str {
        self.service
    }

    /// The struct, from the crate's root: `ecr::data::Repository`.
    pub fn path(&self) -> String {
        let parts = [self.service, self.kind.module(), self.name];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("::")
    }

    /// The argument, attribute or nested block of a name.
    pub fn member(&self, name: &str) -> Option<Member<'a>> {
        self.members().find(|member| member.name() == name)
    }

    /// Every argument, attribute and nested block.
    pub fn members(&self) -> impl Iterator<Item = Member<'a>> + use<'a> {
        let owner = *self;
        self.shape.fields.iter().map(move |field| Member { owner, field })
    }

    /// The builder of a nested block or object, by the name that its path gives it, if it has one there.
    fn nested(&self, field: &str, id: ShapeId) -> Option<Builder<'a>> {
        let names = &self.part.names;
        let name = names.known(&(self.name.to_owned() + &camel(field)), id).unwrap_or(names.of(id));
        Some(Builder { name, shape: self.part.shapes.get(id)?, ..*self })
    }

    fn holds(&self, field: &str, kind: &Kind) -> Holds<'a> {
        let inner = |kind: &Kind| Box::new(self.holds(field, kind));
        match kind {
            Kind::Text => Holds::Text,
            Kind::Number => Holds::Number,
            Kind::Bool => Holds::Bool,
            Kind::Any => Holds::Any,
            Kind::List(of) => Holds::List(inner(of)),
            Kind::Set(of) => Holds::Set(inner(of)),
            Kind::Map(of) => Holds::Map(inner(of)),
            Kind::Object(id) => self.nested(field, *id).map_or(Holds::Any, Holds::Object),
        }
    }
}

impl PartialEq for Builder<'_> {
    /// One struct may have several names.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.shape, other.shape)
    }
}

/// An argument, attribute or nested block.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    owner: Builder<'a>,
    field: &'a Field,
}

impl<'a> Member<'a> {
    /// Terraform's name.
    pub fn name(&self) -> &'a str {
        &self.field.name
    }

    /// The function that sets and the one that reads it.
    pub fn function(&self) -> &'a str {
        &self.field.function
    }

    /// Whether a builder without it does not compile.
    pub fn is_required(&self) -> bool {
        self.field.required && self.field.settable
    }

    /// Whether an author can set it.
    pub fn is_settable(&self) -> bool {
        self.field.settable
    }

    /// Whether a handle has a function for it.
    pub fn is_readable(&self) -> bool {
        self.field.readable
    }

    /// Whether the provider's schema marks it `sensitive`.
    pub fn is_sensitive(&self) -> bool {
        self.field.sensitive
    }

    /// Whether the provider keeps it in neither plan nor state.
    pub fn is_write_only(&self) -> bool {
        self.field.write_only
    }

    /// What its function takes, where it is a nested block.
    pub fn block(&self) -> Option<NestedBlock<'a>> {
        let FieldKind::Block { shape, count } = &self.field.kind else { return None };
        let builder = self.owner.nested(&self.field.name, *shape)?;
        Some(match count {
            Count::Single | Count::One(_) => NestedBlock::One(builder),
            Count::Many { .. } => NestedBlock::Many(builder),
            Count::Labelled => NestedBlock::Labelled(builder),
        })
    }

    /// The type of its value, of a reference to it where it is a nested block.
    pub fn holds(&self) -> Holds<'a> {
        self.owner.holds(&self.field.name, &self.field.kind.read())
    }

    /// Whether a value of it is an object that has every attribute, `null` where unset ("Attributes as Blocks").
    pub fn is_attribute(&self) -> bool {
        matches!(self.field.kind, FieldKind::Attribute(_))
    }
}

/// What the function of a nested block takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NestedBlock<'a> {
    /// One block.
    One(Builder<'a>),
    /// Any number of blocks.
    Many(Builder<'a>),
    /// A block for each label.
    Labelled(Builder<'a>),
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each is named as the type in synth-core")]
pub enum Holds<'a> {
    Text,
    Number,
    Bool,
    Any,
    List(Box<Holds<'a>>),
    Set(Box<Holds<'a>>),
    Map(Box<Holds<'a>>),
    /// An object; its reference is the struct of that name with `Ref` behind it.
    Object(Builder<'a>),
}

#[cfg(test)]
mod tests;
