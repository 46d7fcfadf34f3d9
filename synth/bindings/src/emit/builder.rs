//! Builders: one function for each argument, required ones tracked by a type parameter each.

use std::fmt::Write as _;

use super::{Registry, Root, types};
use crate::ident::snake;
use crate::shape::{Count, Field, FieldKind, Shape, Shapes};

/// What a builder fills.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Draft,
    Body,
}

impl Inside {
    fn field(self) -> &'static str {
        match self {
            Inside::Draft => "draft",
            Inside::Body => "body",
        }
    }

    fn type_name(self) -> &'static str {
        match self {
            Inside::Draft => "Draft",
            Inside::Body => "Body",
        }
    }
}

/// The builder of a type.
pub(super) fn root(
    out: &mut String,
    name: &str,
    root: &Root<'_>,
    shape: &Shape,
    shapes: &Shapes,
    registry: &Registry<'_>,
) {
    let (type_name, folder, source, version) =
        (root.type_name, root.kind.folder(), registry.source, registry.version);
    let page =
        type_name.strip_prefix(registry.provider).map_or(type_name, |rest| rest.trim_start_matches('_'));
    out.push('\n');
    describe(out, "", &root.entry.block.description);
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "/// The {} [`{type_name}`](https://registry.terraform.io/providers/{source}/{version}/docs/{folder}/{page}).",
        root.kind.noun()
    );
    let new = format!("Draft::new(ElementKind::{}, \"{type_name}\", &PROVIDER)", root.kind.element());
    structure(out, name, shape, shapes, Inside::Draft, &new);
    let generics = Generics::of(shape);
    let (bounds, parameters) = (generics.bounds(), generics.parameters());
    let _ = write!(
        out,
        "
impl{bounds} Construct for {name}{parameters} {{
    type Handle = {name}Handle;
    fn build(self, place: Place<'_, '_>) -> {name}Handle {{ {name}Handle(place.draft(self.draft)) }}
}}
impl{parameters} MetaArguments for {name}{parameters} {{
    fn draft_mut(&mut self) -> &mut Draft {{ &mut self.draft }}
}}
"
    );
}

/// The builder of the provider's configuration.
pub(super) fn provider(out: &mut String, shape: &Shape, shapes: &Shapes, registry: &Registry<'_>) {
    let (source, version) = (registry.source, registry.version);
    let _ = write!(
        out,
        "\n/// The configuration of [`{source}`](https://registry.terraform.io/providers/{source}/{version}/docs).\n"
    );
    structure(out, "Provider", shape, shapes, Inside::Body, "Body::new()");
    let generics = Generics::of(shape);
    let (bounds, parameters) = (generics.bounds(), generics.parameters());
    let _ = write!(
        out,
        "
impl{bounds} Provider{parameters} {{
    /// Configures the provider of a stack.
    #[track_caller]
    pub fn configure(self, stack: &mut synth_core::Scope<'_>) -> synth_core::ProviderHandle {{ self.configure_at(synth_core::THIS, synth_core::Origin::caller(), stack) }}
    /// Adds a configuration beside the default one, for whatever names it.
    #[track_caller]
    pub fn configure_as(self, id: impl Into<synth_core::Id>, stack: &mut synth_core::Scope<'_>) -> synth_core::ProviderHandle {{ self.configure_at(id, synth_core::Origin::caller(), stack) }}
    /// Adds a configuration that was written somewhere else than in the caller's code.
    pub fn configure_at(self, id: impl Into<synth_core::Id>, origin: synth_core::Origin, stack: &mut synth_core::Scope<'_>) -> synth_core::ProviderHandle {{ stack.provider(&PROVIDER, id.into(), origin, self.body) }}
}}
"
    );
}

/// The builder of a nested block.
pub(super) fn nested(out: &mut String, name: &str, shape: &Shape, shapes: &Shapes) {
    out.push_str("\n/// A nested block.\n");
    structure(out, name, shape, shapes, Inside::Body, "Body::new()");
    let generics = Generics::of(shape);
    let (bounds, parameters) = (generics.bounds(), generics.parameters());
    let filled = if shape.filled {
        let names: Vec<String> = shape.fields.iter().map(|field| format!("\"{}\"", field.name)).collect();
        format!(".filled(&[{}])", names.join(", "))
    } else {
        String::new()
    };
    let _ = write!(
        out,
        "
impl{bounds} From<{name}{parameters}> for Body {{
    fn from(block: {name}{parameters}) -> Body {{ block.body{filled} }}
}}
"
    );
}

/// Another name of a nested block.
pub(super) fn alias(out: &mut String, name: &str, of: &str, shape: &Shape) {
    let generics = Generics::of(shape);
    let (defaults, parameters) = (generics.defaults(), generics.parameters());
    let _ = write!(out, "\n/// The same block as [`{of}`].\npub type {name}{defaults} = {of}{parameters};\n");
}

fn structure(out: &mut String, name: &str, shape: &Shape, shapes: &Shapes, inside: Inside, new: &str) {
    let generics = Generics::of(shape);
    let (field, kind) = (inside.field(), inside.type_name());
    let (defaults, parameters, missing) = (generics.defaults(), generics.parameters(), generics.missing());
    let (marker, start) = if generics.required.is_empty() {
        (String::new(), String::new())
    } else {
        let marker = format!("    set: core::marker::PhantomData<({},)>,\n", generics.names().join(", "));
        (marker, ", set: core::marker::PhantomData".to_owned())
    };
    let _ = write!(
        out,
        "#[derive(Clone, Debug)]
#[must_use = \"a builder does nothing until it is added or used\"]
pub struct {name}{defaults} {{
    {field}: {kind},
{marker}}}

impl {name}{missing} {{
    /// Without any argument yet.
    #[inline] pub fn new() -> Self {{ {name} {{ {field}: {new}{start} }} }}
}}
"
    );
    if shape.fields.iter().any(|field| field.settable) {
        let _ = writeln!(out, "\nimpl{parameters} {name}{parameters} {{");
        for argument in shape.fields.iter().filter(|field| field.settable) {
            setter(out, name, argument, shapes, inside, &generics);
        }
        out.push_str("}\n");
    }
}

fn setter(out: &mut String, name: &str, field: &Field, shapes: &Shapes, inside: Inside, generics: &Generics) {
    let function = snake(&field.name);
    let (accepts, value, words) = match &field.kind {
        FieldKind::Argument(kind) => {
            let (face, into) = match (field.write_only, field.sensitive) {
                (true, _) => ("IntoWriteOnly", "value.into_write_only()"),
                (false, true) => ("IntoSecret", "value.into_secret()"),
                (false, false) => ("Into", "value.into()"),
            };
            let kind_name = types::rust(kind);
            let accepts = match face {
                "Into" => format!("impl Into<Value<{kind_name}>>"),
                face => format!("impl {face}<{kind_name}>"),
            };
            (accepts, into, types::words(kind))
        }
        FieldKind::Nested { shape, count: Count::One } => {
            (shapes.name(*shape).to_owned(), "Body::from(value)", "block".to_owned())
        }
        FieldKind::Nested { shape, count: Count::Many } => {
            (format!("impl Into<Blocks<{}>>", shapes.name(*shape)), "value.into()", "blocks".to_owned())
        }
    };
    let mut traits = vec![if field.required { "required" } else { "optional" }];
    traits.extend(field.sensitive.then_some("sensitive"));
    traits.extend(field.write_only.then_some("write-only"));
    describe(out, "    ", &field.description);
    let _ = writeln!(out, "    /// `{}`: {words}, {}.", field.name, traits.join(", "));
    if field.deprecated {
        out.push_str("    #[deprecated(note = \"the provider's schema marks it so\")]\n");
    }
    let target = inside.field();
    let set = if field.write_only && inside == Inside::Draft { "set_write_only" } else { "set" };
    let result = generics.after(name, field);
    let end = if field.required {
        format!("{name} {{ {target}: self.{target}, set: core::marker::PhantomData }}")
    } else {
        "self".to_owned()
    };
    let _ = writeln!(
        out,
        "    #[inline] pub fn {function}(mut self, value: {accepts}) -> {result} \
         {{ self.{target}.{set}(\"{}\", {value}); {end} }}",
        field.name
    );
}

/// The schema's own words, if it has any. What they show as code is not Rust: no indentation, and fences say so.
fn describe(out: &mut String, indent: &str, description: &str) {
    let mut inside = false;
    for line in description.trim().lines().map(str::trim) {
        let fence = line.starts_with("```");
        let language = if fence && !inside && line == "```" { "text" } else { "" };
        inside ^= fence;
        let _ = writeln!(out, "{indent}/// {line}{language}");
    }
    if !description.trim().is_empty() {
        let _ = writeln!(out, "{indent}///");
    }
}

/// The type parameters of a builder: one for each required argument.
struct Generics {
    required: Vec<String>,
}

impl Generics {
    fn of(shape: &Shape) -> Self {
        let required = shape.fields.iter().filter(|field| field.required).map(|field| field.name.clone());
        Generics { required: required.collect() }
    }

    fn names(&self) -> Vec<String> {
        (0..self.required.len()).map(|number| format!("S{number}")).collect()
    }

    fn list(&self, each: impl Fn(&str, &str) -> String) -> String {
        if self.required.is_empty() {
            return String::new();
        }
        let names = self.names();
        let each: Vec<String> =
            self.required.iter().zip(&names).map(|(argument, name)| each(argument, name)).collect();
        format!("<{}>", each.join(", "))
    }

    fn parameters(&self) -> String {
        self.list(|_, name| name.to_owned())
    }

    fn defaults(&self) -> String {
        self.list(|_, name| format!("{name} = Yes"))
    }

    fn missing(&self) -> String {
        self.list(|argument, _| format!("No<required::{}>", snake(argument)))
    }

    fn bounds(&self) -> String {
        self.list(|argument, name| format!("{name}: IsSet<required::{}>", snake(argument)))
    }

    /// The builder's type after a field was set.
    fn after(&self, name: &str, field: &Field) -> String {
        if !field.required {
            return "Self".to_owned();
        }
        let set = |argument: &str, state: &str| {
            if argument == field.name { "Yes".into() } else { state.to_owned() }
        };
        format!("{name}{}", self.list(set))
    }
}
