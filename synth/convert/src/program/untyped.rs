//! Bodies without types: of objects without bindings, and of what the bindings cannot say.

use hcl_edit::expr::Expression;
use hcl_edit::structure::{Block, Body};
use synth_bindings::TypeKind;

use super::Program;
use super::body::{Level, Piece, pieces};
use super::element::Words;
use crate::expression::{Form, Unsayable, unsayable};
use crate::rust::Rust;
use crate::source::{Declaration, Place};
use crate::types::Type;

impl<'a> Program<'a> {
    /// An object of a provider, or a type, without bindings.
    pub(super) fn untyped(
        &mut self,
        declaration: &Declaration,
        kind: TypeKind,
        words: &Words<'a>,
    ) -> Result<Rust, Unsayable> {
        let function = match kind {
            TypeKind::Resource => "resource",
            TypeKind::Data => "data",
            TypeKind::Ephemeral => "ephemeral",
        };
        let type_name = Rust::text(declaration.label(0));
        let new = match self.provider_of(declaration.label(0), declaration) {
            None => Rust::call(format!("Untyped::builtin_{function}"), [type_name]),
            Some(provider) => {
                let provider = Rust::Borrow(Box::new(Rust::word(provider)));
                Rust::call(format!("Untyped::{function}"), [type_name, provider])
            }
        };
        self.with(new, "argument", &declaration.body, &declaration.place, words, Level::Element)
    }

    /// A body of any block.
    pub(super) fn untyped_body(
        &mut self,
        body: &Body,
        place: &Place,
        words: &Words<'a>,
    ) -> Result<Rust, Unsayable> {
        self.with(Rust::call("Body::new", []), "with", body, place, words, Level::Nested)
    }

    fn with(
        &mut self,
        mut rust: Rust,
        setter: &str,
        body: &Body,
        place: &Place,
        words: &Words<'a>,
        level: Level,
    ) -> Result<Rust, Unsayable> {
        for piece in pieces(body, level) {
            let (name, value) = match piece {
                Piece::Argument(attribute) => {
                    let name = attribute.key.as_str();
                    let value = match (name, &attribute.value) {
                        // Words of provisioners.
                        ("when" | "on_failure", Expression::Variable(word)) => {
                            Rust::call("Term::text", [Rust::text(word.as_str())])
                        }
                        (_, value) => {
                            let here = place.at(hcl_edit::Span::span(attribute));
                            let code = self.say(value, &Type::Any, &here, words)?;
                            if code.form == Form::Null {
                                continue;
                            }
                            code.into_term()
                        }
                    };
                    (name, value)
                }
                Piece::Blocks(name, blocks) => (name, self.untyped_blocks(blocks, place, words)?),
            };
            rust = rust.method(setter, [Rust::text(name), value]);
        }
        Ok(rust)
    }

    pub(super) fn untyped_blocks(
        &mut self,
        blocks: Vec<&Block>,
        place: &Place,
        words: &Words<'a>,
    ) -> Result<Rust, Unsayable> {
        let (mut plain, mut all) = (Vec::new(), None);
        let is_dynamic = |block: &&Block| block.ident.as_str() == "dynamic";
        for block in blocks.iter().filter(|block| !is_dynamic(block)) {
            plain.push(self.untyped_body(&block.body, &place.of_block(block), words)?);
        }
        if !plain.is_empty() {
            all = Some(Rust::call("Blocks::from", [Rust::Array(plain)]));
        }
        for block in blocks.into_iter().filter(is_dynamic) {
            let dynamic = self.dynamic(block, place, words)?;
            let Some(content) = block.body.get_blocks("content").next() else {
                return unsayable("a dynamic block without `content`");
            };
            let content = self.untyped_body(&content.body, &place.of_block(content), &dynamic.words)?;
            let made = dynamic.around(content);
            all = Some(match all {
                Some(before) => Rust::method(before, "and", [made]),
                None => made,
            });
        }
        match all {
            Some(all) => Ok(all),
            None => unsayable("blocks of no type"),
        }
    }
}
