//! Providers: their configurations, and where they come from.

use std::collections::BTreeMap;

use hcl_edit::expr::{Expression, ObjectKey};
use hcl_edit::structure::Block;

use super::body::Level;
use super::{Program, id};
use crate::environment::Binding;
use crate::expression::Unsayable;
use crate::rust::{Rust, text_literal};
use crate::source::{Declaration, text_of};
use crate::types::path;

/// The provider with bindings.
const TYPED: &str = "aws";

/// Its static in the bindings.
const AWS: &str = "aws::PROVIDER";

/// A provider as the configuration requires it.
#[derive(Clone, Debug)]
pub(super) struct Required {
    source: String,
    version: String,
    is_used: bool,
}

/// The providers of the `terraform` blocks, by local name.
pub(super) fn required(declarations: &[Declaration]) -> BTreeMap<String, Required> {
    let mut all = BTreeMap::new();
    let settings = declarations.iter().filter(|declaration| declaration.kind == "terraform");
    for block in settings.flat_map(|declaration| declaration.body.get_blocks("required_providers")) {
        for attribute in block.body.attributes() {
            let name = attribute.key.as_str().to_owned();
            let source = text(&attribute.value, "source").unwrap_or_else(|| format!("hashicorp/{name}"));
            let version = match &attribute.value {
                Expression::String(version) => Some(version.as_str().to_owned()),
                other => text(other, "version"),
            };
            let version = version.unwrap_or_else(|| ">= 0.0.0".to_owned());
            all.insert(name, Required { source, version, is_used: false });
        }
    }
    all
}

/// A text in an object.
fn text(object: &Expression, wanted: &str) -> Option<String> {
    match member(object, wanted) {
        Some(Expression::String(text)) => Some(text.as_str().to_owned()),
        _ => None,
    }
}

/// What an object has under a key.
fn member<'e>(object: &'e Expression, wanted: &str) -> Option<&'e Expression> {
    let Expression::Object(object) = object else { return None };
    object.iter().find_map(|(key, value)| {
        let is_it = match key {
            ObjectKey::Ident(name) => name.as_str() == wanted,
            ObjectKey::Expression(Expression::Variable(name)) => name.as_str() == wanted,
            ObjectKey::Expression(Expression::String(name)) => name.as_str() == wanted,
            ObjectKey::Expression(_) => false,
        };
        is_it.then(|| value.expr())
    })
}

impl<'a> Program<'a> {
    pub(super) fn provider(&mut self, declaration: &Declaration) {
        let name = declaration.label(0);
        let alias = match declaration.argument("alias") {
            Some(Expression::String(alias)) => Some(alias.as_str().to_owned()),
            _ => None,
        };
        let api = self.environment.api;
        let made = match api.provider().filter(|_| name == TYPED) {
            Some(builder) => {
                let body = without_alias(declaration);
                let new = Rust::call(format!("{}::new", path(builder)), []);
                self.filled(new, builder, &body, &declaration.place, &Vec::new(), Level::Nested).map(|rust| {
                    match &alias {
                        Some(alias) => rust.method("configure_as", [id(alias), Rust::word("stack")]),
                        None => rust.method("configure", [Rust::word("stack")]),
                    }
                })
            }
            None => self.untyped_provider(declaration, alias.as_deref()),
        };
        match made {
            Ok(rust) => {
                let word = self.word(&declaration.address());
                self.add(&declaration.address(), &rust);
                self.environment.bind(declaration.address(), Binding::Provider { word });
            }
            Err(Unsayable(why)) => self.notes.left(declaration.place.clone(), why),
        }
    }

    pub(super) fn required_providers(&mut self, declaration: &Declaration, block: &Block) {
        if block.body.has_attribute(TYPED) {
            let place = declaration.place.of_block(block);
            self.notes.look(place, "the version of `aws` is that of the bindings");
        }
        for attribute in block.body.attributes() {
            let Some(Expression::Array(passed)) = member(&attribute.value, "configuration_aliases") else {
                continue;
            };
            for one in passed.iter() {
                let named = match one {
                    Expression::String(text) => text.as_str().to_owned(),
                    other => text_of(other),
                };
                self.passed_provider(&named);
            }
        }
    }

    /// `aws.dns`, which the module's caller gives.
    fn passed_provider(&mut self, named: &str) {
        let (local, alias) = named.split_once('.').unwrap_or((named, ""));
        let provider = if local == TYPED { AWS.to_owned() } else { self.required_provider(local) };
        let address = format!("provider.{named}");
        let word = self.environment.free(&synth_bindings::word(alias));
        let arguments = [Rust::Borrow(Box::new(Rust::word(provider))), id(alias)];
        let rust = Rust::word("stack").method("passed_provider", arguments);
        self.words.insert(address.clone(), word.clone());
        self.add(&address, &rust);
        self.environment.bind(address, Binding::Provider { word });
    }

    fn untyped_provider(
        &mut self,
        declaration: &Declaration,
        alias: Option<&str>,
    ) -> Result<Rust, Unsayable> {
        let provider = self.required_provider(declaration.label(0));
        let body = self.untyped_body(&without_alias(declaration), &declaration.place, &Vec::new())?;
        let id = match alias {
            Some(alias) => Rust::call("Id::from", [Rust::text(alias)]),
            None => Rust::word("THIS"),
        };
        let origin = Rust::call("Origin::caller", []);
        let provider = Rust::Borrow(Box::new(Rust::word(provider)));
        Ok(Rust::word("stack").method("provider", [provider, id, origin, body]))
    }

    /// The static of the provider of a type; none for what Terraform has itself.
    pub(super) fn provider_of(&mut self, type_name: &str, declaration: &Declaration) -> Option<String> {
        let local = match declaration.argument("provider") {
            Some(named) => {
                let named = text_of(named);
                named.trim().split('.').next().unwrap_or_default().trim_matches('"').to_owned()
            }
            None => type_name.split('_').next().unwrap_or_default().to_owned(),
        };
        match local.as_str() {
            "terraform" => None,
            TYPED => Some(AWS.to_owned()),
            _ => Some(self.required_provider(&local)),
        }
    }

    fn required_provider(&mut self, local: &str) -> String {
        let required = self.providers.entry(local.to_owned()).or_insert_with(|| Required {
            source: format!("hashicorp/{local}"),
            version: ">= 0.0.0".to_owned(),
            is_used: true,
        });
        required.is_used = true;
        static_name(local)
    }

    /// The providers without bindings.
    pub(super) fn statics(&self) -> String {
        let used = self.providers.iter().filter(|(name, required)| required.is_used && *name != TYPED);
        let statics = used.map(|(name, Required { source, version, .. })| {
            let [text, source, version] = [name, source, version].map(|text| text_literal(text));
            format!(
                "\nstatic {}: Provider =\n    Provider {{ name: {text}, source: {source}, version: {version} }};\n",
                static_name(name)
            )
        });
        statics.collect()
    }
}

fn static_name(local: &str) -> String {
    synth_bindings::word(local).to_uppercase()
}

fn without_alias(declaration: &Declaration) -> hcl_edit::structure::Body {
    let mut body = declaration.body.clone();
    body.remove_attribute("alias");
    // Terraform itself takes no notice of it any more, where the providers are required.
    body.remove_attribute("version");
    body
}
