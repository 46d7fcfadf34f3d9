//! Reads what a construct is out of its code: what is said of it, how it is made, what it takes, what its handle gives.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use quote::ToTokens;
use regex::Regex;
use syn::{Attribute, Expr, FnArg, ImplItem, Item, Lit, Meta, ReturnType, Type, Visibility};

/// A function that people call.
#[derive(Clone, Debug)]
pub(crate) struct Function {
    /// Whose it is: `Service`.
    of: String,
    pub(crate) name: String,
    /// Its arguments without `self`: `name: impl Into<Value<String>>`.
    pub(crate) arguments: Vec<String>,
    pub(crate) about: String,
    takes_self: bool,
    gives: String,
}

/// A construct, as its code has it.
#[derive(Clone, Debug)]
pub(crate) struct Construct {
    /// The module of the library that it is in, or none where the library itself shows it.
    pub(crate) module: Option<String>,
    pub(crate) name: String,
    pub(crate) about: String,
    /// What the JSON Schema of stack files calls it.
    pub(crate) schema: String,
    /// What makes one, by what is written: `Service::new`.
    pub(crate) makers: Vec<(String, Function)>,
    /// What is said of one, call by call.
    pub(crate) settings: Vec<Function>,
    pub(crate) handle: String,
    pub(crate) gives: Vec<Function>,
}

impl Construct {
    /// `synth::ecs::Service`.
    pub(crate) fn path(&self) -> String {
        match &self.module {
            Some(module) => format!("synth::{module}::{}", self.name),
            None => format!("synth::{}", self.name),
        }
    }

    /// The name of its page, and of its examples: `ecs_service`.
    pub(crate) fn page(&self) -> String {
        let name = self.name.replace("GitHub", "Github");
        let mut words = String::new();
        for (at, one) in name.char_indices() {
            if one.is_uppercase() && at > 0 {
                words.push('_');
            }
            words.extend(one.to_lowercase());
        }
        match &self.module {
            Some(module) if words != *module => format!("{module}_{words}"),
            _ => words,
        }
    }
}

/// The code of a top-level module: a file, or the files of a folder.
#[derive(Default)]
struct Code {
    items: Vec<Item>,
}

impl Code {
    fn functions(&self) -> Vec<Function> {
        let implementations = self.items.iter().filter_map(|item| match item {
            Item::Impl(one) if one.trait_.is_none() => Some(one),
            _ => None,
        });
        let mut functions = Vec::new();
        for one in implementations {
            let of = last_segment(&one.self_ty);
            functions.extend(one.items.iter().filter_map(|item| match item {
                ImplItem::Fn(function) if matches!(function.vis, Visibility::Public(_)) => {
                    Some(read_function(&of, function))
                }
                _ => None,
            }));
        }
        functions
    }

    /// The attributes of a type.
    fn type_of(&self, name: &str) -> (&[Attribute], Vec<Function>) {
        for item in &self.items {
            match item {
                Item::Struct(one) if one.ident == name => return (&one.attrs, Vec::new()),
                Item::Enum(one) if one.ident == name => {
                    let variants = one.variants.iter().map(|variant| Function {
                        of: name.to_owned(),
                        name: variant.ident.to_string(),
                        arguments: Vec::new(),
                        about: about(&variant.attrs),
                        takes_self: false,
                        gives: "Self".to_owned(),
                    });
                    return (&one.attrs, variants.collect());
                }
                _ => {}
            }
        }
        panic!("the type `{name}` is not in its module");
    }
}

/// Every construct of the library in `source`, by page.
pub(crate) fn constructs(source: &Path) -> BTreeMap<String, Construct> {
    let mut constructs = BTreeMap::new();
    let library = syn::parse_file(&fs::read_to_string(source.join("lib.rs")).unwrap()).unwrap();
    let modules = library.items.iter().filter_map(|item| match item {
        Item::Mod(one) => Some((one.ident.to_string(), matches!(one.vis, Visibility::Public(_)))),
        _ => None,
    });
    for (module, is_public) in modules {
        let mut code = Code::default();
        for file in files(source, &module) {
            code.items.extend(syn::parse_file(&fs::read_to_string(file).unwrap()).unwrap().items);
        }
        let functions = code.functions();
        for item in &code.items {
            let Item::Impl(one) = item else { continue };
            let of_construct = one.trait_.as_ref().is_some_and(|(path, _)| path.is_ident("Construct"));
            if of_construct {
                let handle = one.items.iter().find_map(|item| match item {
                    ImplItem::Type(one) if one.ident == "Handle" => Some(written(&one.ty)),
                    _ => None,
                });
                let module = is_public.then(|| module.clone());
                let construct = read(&code, &functions, module, last_segment(&one.self_ty), handle.unwrap());
                constructs.insert(construct.page(), construct);
            }
        }
    }
    constructs
}

fn read(
    code: &Code,
    functions: &[Function],
    module: Option<String>,
    name: String,
    handle: String,
) -> Construct {
    let (attributes, variants) = code.type_of(&name);
    let makes = |function: &&Function| {
        let own = function.of == name && !function.takes_self && function.gives == "Self";
        own || (function.of != name && function.gives.split('<').next() == Some(&name))
    };
    let makers = variants.iter().chain(functions.iter().filter(makes));
    let makers = makers.map(|function| (format!("{}::{}", function.of, function.name), function.clone()));
    let own = |type_name: &str| -> Vec<Function> {
        functions.iter().filter(|one| one.of == type_name && one.takes_self).cloned().collect()
    };
    let handle_name = handle.trim_start_matches('(').split([',', ')', '<']).next().unwrap_or_default();
    Construct {
        about: about(attributes),
        schema: schema_name(attributes).unwrap_or_else(|| name.clone()),
        makers: makers.collect(),
        settings: own(&name),
        gives: own(handle_name),
        handle,
        module,
        name,
    }
}

/// The pages of AWS that a module of the library names as the sources of its rules.
pub(crate) fn sources(source: &Path, module: &str) -> BTreeSet<String> {
    let quoted =
        Regex::new(r#""((?:AWS|Amazon|IAM)(?:[^"\\]|\\.)*(?:Guide|Reference)(?:[^"\\]|\\.)*)""#).unwrap();
    let mut sources = BTreeSet::new();
    for file in files(source, module) {
        let text = fs::read_to_string(file).unwrap();
        for found in quoted.captures_iter(&text) {
            let several = found[1].replace("\\\"", "\"");
            sources.extend(several.split("; ").map(str::to_owned));
        }
    }
    sources
}

fn files(source: &Path, module: &str) -> Vec<std::path::PathBuf> {
    let folder = source.join(module);
    if !folder.is_dir() {
        return vec![source.join(format!("{module}.rs"))];
    }
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.is_file());
    files.sort();
    files
}

fn read_function(of: &str, function: &syn::ImplItemFn) -> Function {
    let arguments = function.sig.inputs.iter().filter_map(|argument| match argument {
        FnArg::Typed(argument) => Some(format!("{}: {}", name_of(&argument.pat), written(&argument.ty))),
        FnArg::Receiver(_) => None,
    });
    Function {
        of: of.to_owned(),
        name: function.sig.ident.to_string(),
        arguments: arguments.collect(),
        about: about(&function.attrs),
        takes_self: function.sig.receiver().is_some(),
        gives: match &function.sig.output {
            ReturnType::Default => String::new(),
            ReturnType::Type(_, of) => written(of),
        },
    }
}

fn name_of(pattern: &syn::Pat) -> String {
    written(pattern).trim_start_matches("mut ").to_owned()
}

/// Code as people write it, from tokens, which have a space between any two.
fn written(code: &impl ToTokens) -> String {
    let mut text = code.to_token_stream().to_string();
    for (spaced, plain) in [
        (" :: ", "::"),
        (" < ", "<"),
        (" > ", ">"),
        (" >", ">"),
        ("< ", "<"),
        (" , ", ", "),
        ("& ", "&"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        ("[ ", "["),
        (" ]", "]"),
    ] {
        text = text.replace(spaced, plain);
    }
    text.replace(">=", "> =").replace("=>", "= >").replace(">+", "> +").replace(">->", "> ->")
}

/// What the documentation says, on one line a paragraph; links of rustdoc become code.
fn about(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(one) if one.path.is_ident("doc") => match &one.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value().trim().to_owned()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    // An example of rustdoc's ends what can be said in a table.
    let lines: Vec<String> = lines.take_while(|line| !line.starts_with("```")).collect();
    let paragraphs: Vec<String> = lines.split(String::is_empty).map(|lines| lines.join(" ")).collect();
    let paragraphs: Vec<&str> = paragraphs.iter().map(|one| one.trim_end_matches(':')).collect();
    // `[the words](Key::through)` and [`Key`] are links for rustdoc alone.
    let link = Regex::new(r"\[([^\]]+)\]\([\w:]+\)|\[(`[^`\]]+`)\]").unwrap();
    link.replace_all(paragraphs.join("\n\n").trim_end(), "$1$2").into_owned()
}

/// The last name of a type: `Service` of `super::Service<F>`.
fn last_segment(of: &Type) -> String {
    match of {
        Type::Path(path) => path.path.segments.last().unwrap().ident.to_string(),
        other => written(other),
    }
}

/// `rename = "…"` among the attributes for schemars.
fn schema_name(attributes: &[Attribute]) -> Option<String> {
    let all: String = attributes.iter().map(|one| one.to_token_stream().to_string()).collect();
    let (_, rest) =
        all.split_once("schemars (rename = \"").or_else(|| all.split_once("schemars(rename = \""))?;
    rest.split('"').next().map(str::to_owned)
}
