//! The arguments and blocks of a typed builder.

use std::collections::BTreeSet;

use hcl_edit::expr::Expression;
use hcl_edit::structure::{Attribute, Block, Body, Structure};
use synth_bindings::{Builder, Member};

use super::Program;
use super::element::Words;
use super::secret::{Plaintext, secret, write_only};
use crate::expression::{Form, Unsayable, unsayable};
use crate::rust::Rust;
use crate::source::Place;
use crate::types::Type;

/// What stands in the body of any resource besides its own arguments ("Meta-Arguments").
const META_ARGUMENTS: [&str; 4] = ["count", "for_each", "depends_on", "provider"];
const META_BLOCKS: [&str; 3] = ["lifecycle", "provisioner", "connection"];

/// Whether a body is that of an element, which has meta-arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Element,
    Nested,
}

impl Level {
    fn is_meta_argument(self, name: &str) -> bool {
        self == Level::Element && META_ARGUMENTS.contains(&name)
    }

    fn is_meta_block(self, name: &str) -> bool {
        self == Level::Element && META_BLOCKS.contains(&name)
    }
}

/// What a body says, each argument and each type of block once.
pub(super) enum Piece<'b> {
    Argument(&'b Attribute),
    Blocks(&'b str, Vec<&'b Block>),
}

/// The pieces of a body, in the order in which they begin; not the meta-arguments and meta-blocks of an element.
pub(super) fn pieces(body: &Body, level: Level) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut types: BTreeSet<&str> = BTreeSet::new();
    for structure in body {
        match structure {
            Structure::Attribute(attribute) if !level.is_meta_argument(attribute.key.as_str()) => {
                pieces.push(Piece::Argument(attribute));
            }
            Structure::Block(block) if !level.is_meta_block(block_name(block)) => {
                let name = block_name(block);
                if types.insert(name) {
                    let all = body.blocks().filter(|block| block_name(block) == name);
                    pieces.push(Piece::Blocks(name, all.collect()));
                }
            }
            Structure::Attribute(_) | Structure::Block(_) => {}
        }
    }
    pieces
}

impl<'a> Program<'a> {
    /// A builder with everything that stands in a body.
    pub(super) fn filled(
        &mut self,
        mut rust: Rust,
        builder: Builder<'a>,
        body: &Body,
        place: &Place,
        words: &Words<'a>,
        level: Level,
    ) -> Result<Rust, Unsayable> {
        let mut set: BTreeSet<&str> = BTreeSet::new();
        for piece in pieces(body, level) {
            match piece {
                Piece::Argument(attribute) => {
                    let name = attribute.key.as_str();
                    let here = place.at(hcl_edit::Span::span(attribute));
                    match builder.member(name).filter(Member::is_settable) {
                        Some(member) => {
                            if let Some(value) = self.argument(member, &attribute.value, &here, words)? {
                                set.insert(member.name());
                                rust = rust.method(member.function(), [value]);
                            }
                        }
                        None => {
                            let code = self.say(&attribute.value, &Type::Any, &here, words)?;
                            self.notes.look(here, format!("`{name}` is no argument that the bindings know"));
                            rust = rust.method("argument", [Rust::text(name), code.into_term()]);
                        }
                    }
                }
                Piece::Blocks(name, blocks) => {
                    let Some(member) = builder.member(name).filter(Member::is_settable) else {
                        return unsayable(format!("the block `{name}` is not known"));
                    };
                    set.insert(member.name());
                    rust = self.blocks(rust, member, blocks, place, words)?;
                }
            }
        }
        match builder.members().find(|member| member.is_required() && !set.contains(member.name())) {
            Some(missing) => unsayable(format!("`{}` is required and missing", missing.name())),
            None => Ok(rust),
        }
    }

    /// The value of an argument; none where it is `null` and may be left out.
    fn argument(
        &mut self,
        member: Member<'a>,
        value: &Expression,
        place: &Place,
        words: &Words<'a>,
    ) -> Result<Option<Rust>, Unsayable> {
        if !member.is_attribute() {
            return unsayable(format!("the block `{}` is given as a value", member.name()));
        }
        let of = Type::held(&member.holds());
        let code = self.say(value, &of, place, words)?;
        if code.form == Form::Null && !member.is_required() {
            return Ok(None);
        }
        let (rust, plaintext) = match (member.is_write_only(), member.is_sensitive()) {
            (true, _) => write_only(code, &of),
            (false, true) => secret(code, &of),
            (false, false) => (code.accepted(&of), Plaintext::No),
        };
        if plaintext == Plaintext::Yes {
            let message = format!("`{}` is a secret that stands in the program as plain text", member.name());
            self.notes.look(place.clone(), message);
        }
        Ok(Some(rust))
    }

    /// An expression among the words of the blocks around.
    pub(super) fn say(
        &mut self,
        expression: &Expression,
        wanted: &Type<'a>,
        place: &Place,
        words: &Words<'a>,
    ) -> crate::expression::Said<'a> {
        let mut speaker = self.speaker(place);
        speaker.words = words.clone();
        speaker.say(expression, wanted)
    }
}

/// The type of a block, that of the blocks that it makes where it is `dynamic`.
pub(super) fn block_name(block: &Block) -> &str {
    match (block.ident.as_str(), block.labels.first()) {
        ("dynamic", Some(label)) => label.as_str(),
        (name, _) => name,
    }
}
