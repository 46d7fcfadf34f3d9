//! Calls of modules, and the settings of the configuration.

use hcl_edit::Span as _;
use hcl_edit::expr::{Expression, ObjectKey};
use hcl_edit::structure::Block;

use super::{Program, id};
use crate::environment::Binding;
use crate::expression::{Form, Mark, Unsayable};
use crate::rust::Rust;
use crate::source::{Declaration, text_of};
use crate::types::Type;

impl<'a> Program<'a> {
    pub(super) fn module(&mut self, declaration: &Declaration) {
        let repetition = self.repetition(declaration);
        let words = repetition.words(None);
        let source = match declaration.argument("source") {
            Some(source) => self.literal(declaration, source),
            None => {
                self.notes.left(declaration.place.clone(), "the call has no `source`");
                return;
            }
        };
        let mut rust = Rust::call("Module::new", [source]);
        for attribute in declaration.body.attributes() {
            let (name, value) = (attribute.key.as_str(), &attribute.value);
            let place = declaration.place.at(attribute.span());
            match name {
                "source" | "count" | "for_each" | "depends_on" => {}
                "version" => rust = rust.method("version", [self.literal(declaration, value)]),
                "providers" => rust = self.passed(rust, declaration, value),
                _ => match self.say(value, &Type::Any, &place, &words) {
                    Ok(code) if code.form == Form::Null => {
                        rust = rust.method("argument", [Rust::text(name), code.rust]);
                    }
                    Ok(code) if code.mark != Mark::Plain => {
                        rust = rust.method("argument", [Rust::text(name), code.into_term()]);
                    }
                    Ok(code) => {
                        let of = code.of.clone();
                        let input = format!("input::<{}>", of.rust());
                        rust = rust.method(input, [Rust::text(name), code.accepted(&of)]);
                    }
                    Err(Unsayable(why)) => self.notes.left(place, why),
                },
            }
        }
        self.unknown_in(declaration, &blocks_alone(declaration), &[], &[]);
        for word in self.dependencies(declaration) {
            rust = rust.method("depends_on", [Rust::word(word)]);
        }
        let (word, repeated) = (self.word(&declaration.address()), repetition.repeated());
        let added = repetition.added(id(declaration.label(0)), rust);
        self.add(&declaration.address(), &added);
        self.environment.bind(declaration.address(), Binding::Module { word, repeated });
    }

    /// `providers = { aws.there = aws.here }`
    fn passed(&mut self, rust: Rust, declaration: &Declaration, value: &Expression) -> Rust {
        let Expression::Object(passed) = value else {
            self.notes.left(declaration.place.within(value), "`providers` is no object");
            return rust;
        };
        passed.iter().fold(rust, |rust, (key, value)| {
            let key = match key {
                ObjectKey::Ident(name) => name.as_str().to_owned(),
                ObjectKey::Expression(Expression::String(text)) => text.as_str().to_owned(),
                ObjectKey::Expression(other) => text_of(other),
            };
            match self.configuration(declaration, value.expr()) {
                Some(word) => rust.method("provider_as", [Rust::text(&key), Rust::word(word)]),
                // The default configuration goes to the module by itself.
                None => rust,
            }
        })
    }

    pub(super) fn settings(&mut self, declaration: &Declaration) {
        for attribute in declaration.body.attributes() {
            let name = attribute.key.as_str();
            let place = declaration.place.at(attribute.span());
            if name == "required_version" {
                self.notes.look(place, "`required_version` follows from what the stack uses");
            } else {
                self.notes.left(place, format!("`{name}` of the block `terraform`"));
            }
        }
        for block in declaration.body.blocks() {
            match block.ident.as_str() {
                "required_providers" => self.required_providers(declaration, block),
                "backend" => self.backend(declaration, block),
                other => {
                    let place = declaration.place.of_block(block);
                    self.notes.left(place, format!("the block `{other}` of `terraform`"));
                }
            }
        }
    }

    fn backend(&mut self, declaration: &Declaration, block: &Block) {
        let kind = block.labels.first().map(|label| label.as_str()).unwrap_or_default();
        let mut rust = Rust::call("Backend::of_kind", [Rust::text(kind)]);
        for attribute in block.body.attributes() {
            let place = declaration.place.at(attribute.span());
            match self.speaker(&place).say(&attribute.value, &Type::Any) {
                Ok(code) => {
                    let of = code.of.clone();
                    let set = format!("set::<{}>", of.rust());
                    rust = rust.method(set, [Rust::text(attribute.key.as_str()), code.accepted(&of)]);
                }
                Err(Unsayable(why)) => self.notes.left(place, why),
            }
        }
        for nested in block.body.blocks() {
            let entries = nested.body.attributes().filter_map(|attribute| match &attribute.value {
                Expression::String(text) => {
                    Some(Rust::Tuple(vec![Rust::text(attribute.key.as_str()), Rust::text(text.as_str())]))
                }
                _ => None,
            });
            let entries = Rust::Array(entries.collect());
            rust = rust.method("block", [Rust::text(nested.ident.as_str()), entries]);
        }
        self.statement(&Rust::word("stack").method("backend", [rust]));
    }
}

/// The body without its arguments.
fn blocks_alone(declaration: &Declaration) -> hcl_edit::structure::Body {
    declaration.body.blocks().cloned().collect()
}
