//! Builders: one function for each argument, required ones tracked by a type parameter each.

use std::fmt::Write as _;

use super::generics::Generics;
use super::{Module, Root, docs, types};
use crate::shape::{Count, Field, FieldKind, Form, Kind, Shape, ShapeId};

/// The builder and the handle of a type.
pub(super) fn root(out: &mut String, name: &str, root: &Root<'_>, shape: &Shape, module: &Module<'_>) {
    let registry = module.registry;
    let (type_name, folder) = (root.type_name, root.kind.folder());
    let page =
        type_name.strip_prefix(registry.provider).map_or(type_name, |rest| rest.trim_start_matches('_'));
    let url = docs::code(&format!("{}/docs/{folder}/{page}", registry.url()));
    let code = docs::code(type_name);
    out.push_str("\nelement! {\n");
    docs::describe(out, "    ", &root.entry.block.description);
    docs::paragraph(out, "    ", &root.entry.block.description);
    let (noun, element) = (root.kind.noun(), root.kind.element());
    let deprecated = deprecated(root.entry.block.deprecated);
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "    /// The {noun} [`{code}`]({url}).
{deprecated}    {name}, {name}Handle: {element} {type_name:?} ({})
}}
",
        Generics::of(shape).declared()
    );
    setters(out, name, shape, module, Inside::Draft);
}

/// The builder of the provider's configuration.
pub(super) fn provider(out: &mut String, shape: &Shape, module: &Module<'_>) {
    let registry = module.registry;
    let generics = Generics::of(shape);
    let _ = write!(
        out,
        "
block! {{
    /// The configuration of [`{}`]({}/docs).
    Provider ({})
}}

impl{} Provider{} {{
    /// Configures the provider of a stack.
    #[track_caller]
    pub fn configure(self, stack: &mut synth_core::Scope<'_>) -> synth_core::ProviderHandle {{ self.configure_at(synth_core::THIS, synth_core::Origin::caller(), stack) }}
    /// Adds a configuration beside the default one, for whatever names it.
    #[track_caller]
    pub fn configure_as(self, id: impl Into<synth_core::Id>, stack: &mut synth_core::Scope<'_>) -> synth_core::ProviderHandle {{ self.configure_at(id, synth_core::Origin::caller(), stack) }}
    /// Adds a configuration that was written somewhere else than in the caller's code.
    pub fn configure_at(self, id: impl Into<synth_core::Id>, origin: synth_core::Origin, stack: &mut synth_core::Scope<'_>) -> synth_core::ProviderHandle {{ stack.provider(&PROVIDER, id.into(), origin, self.0) }}
}}
",
        docs::code(registry.source),
        docs::code(&registry.url()),
        generics.declared(),
        generics.bounds(),
        generics.parameters(),
    );
    setters(out, "Provider", shape, module, Inside::Body);
}

/// The builder of a nested block or object.
pub(super) fn nested(out: &mut String, name: &str, shape: &Shape, id: ShapeId, module: &Module<'_>) {
    let declared = Generics::of(shape).declared();
    let object = match shape.form {
        Form::Block => String::new(),
        Form::Object => format!(" => {name}Ref []"),
        Form::Filled => {
            let names: Vec<String> = shape.fields.iter().map(|field| format!("{:?}", field.name)).collect();
            format!(" => {name}Ref [{}]", names.join(", "))
        }
    };
    if module.names.is_built(id) {
        let _ = writeln!(out, "\nblock! {{ {name} ({declared}){object} }}");
        setters(out, name, shape, module, Inside::Body);
    }
}

/// What a builder fills.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    Draft,
    Body,
    /// The call of a module.
    Call,
}

pub(super) fn setters(out: &mut String, name: &str, shape: &Shape, module: &Module<'_>, inside: Inside) {
    let generics = Generics::of(shape);
    let parameters = generics.parameters();
    if shape.fields.iter().any(|field| field.settable) {
        let _ = writeln!(out, "impl{parameters} {name}{parameters} {{");
        for field in shape.fields.iter().filter(|field| field.settable) {
            setter(out, name, field, module, inside, &generics);
        }
        out.push_str("}\n");
    }
}

fn setter(
    out: &mut String,
    name: &str,
    field: &Field,
    module: &Module<'_>,
    inside: Inside,
    generics: &Generics,
) {
    let Accepted { accepts, value, words, inline } = accepted(field, module, inside);
    let mut traits = vec![if field.required { "required" } else { "optional" }];
    traits.extend(field.sensitive.then_some("sensitive"));
    traits.extend(field.write_only.then_some(if inside == Inside::Call {
        "ephemeral"
    } else {
        "write-only"
    }));
    docs::describe(out, "    ", &field.description);
    docs::paragraph(out, "    ", &field.description);
    let _ = writeln!(out, "    /// `{}`: {words}, {}.", docs::code(&field.name), traits.join(", "));
    out.push_str(deprecated(field.deprecated));
    let set = if field.write_only && inside == Inside::Draft { "set_write_only" } else { "put" };
    let result = generics.after(name, field);
    let end = if field.required { format!("{name}(self.0, PhantomData)") } else { "self".to_owned() };
    let (inline, function) = (if inline { "#[inline] " } else { "" }, &field.function);
    let _ = writeln!(
        out,
        "    {inline}pub fn {function}(mut self, v: {accepts}) -> {result} {{ self.0.{set}({:?}, {value}); {end} }}",
        field.name
    );
}

/// The attribute that marks what the schema marks as deprecated.
pub(super) fn deprecated(is: bool) -> &'static str {
    if is { "    #[deprecated(note = \"the provider's schema marks it so\")]\n" } else { "" }
}

/// What a setter takes, and how it becomes a term.
struct Accepted {
    accepts: String,
    value: String,
    words: String,
    /// Generic functions are compiled where they are used, others only if they are marked.
    inline: bool,
}

fn accepted(field: &Field, module: &Module<'_>, inside: Inside) -> Accepted {
    let generic =
        |accepts, value: &str, words| Accepted { accepts, value: value.to_owned(), words, inline: false };
    let block = |shape| module.names.of(shape);
    match &field.kind {
        FieldKind::Attribute(kind) => {
            let (rust, words) = (types::rust(kind, &module.names), types::words(kind));
            match (field.write_only, field.sensitive) {
                (true, _) => generic(format!("impl IntoWriteOnly<{rust}>"), "v.into_write_only()", words),
                (_, true) => generic(format!("impl IntoSecret<{rust}>"), "v.into_secret()", words),
                _ if inside == Inside::Call && *kind == Kind::Any => {
                    generic("impl AnyValue".to_owned(), "v.into_any()", words)
                }
                _ => generic(format!("impl Into<Value<{rust}>>"), "v.into()", words),
            }
        }
        FieldKind::Block { shape, count: Count::Single | Count::One(_) } => Accepted {
            accepts: block(*shape).to_owned(),
            value: "v.into_body()".to_owned(),
            words: "block".to_owned(),
            inline: true,
        },
        FieldKind::Block { shape, count: Count::Labelled } => generic(
            format!("impl Into<BlockMap<{}>>", block(*shape)),
            "v.into()",
            "labelled blocks".to_owned(),
        ),
        FieldKind::Block { shape, count: Count::Many { least, most, .. } } => {
            let (words, value) = match (*least, *most) {
                (0, 0) => ("blocks".to_owned(), "v.into()".to_owned()),
                (least, 0) => {
                    (format!("{least} or more blocks"), format!("v.into().between({least}, usize::MAX)"))
                }
                (least, most) => {
                    (format!("{least} to {most} blocks"), format!("v.into().between({least}, {most})"))
                }
            };
            generic(format!("impl Into<Blocks<{}>>", block(*shape)), &value, words)
        }
    }
}
