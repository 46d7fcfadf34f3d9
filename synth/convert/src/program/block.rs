//! Nested blocks, static and dynamic.

use hcl_edit::expr::Expression;
use hcl_edit::structure::Block;
use synth_bindings::{Builder, Member, NestedBlock};

use super::Program;
use super::body::Level;
use super::element::Words;
use crate::environment::Word;
use crate::expression::{Unsayable, unsayable};
use crate::rust::Rust;
use crate::source::Place;
use crate::types::{Type, path};

/// A `dynamic` block without its content.
pub(super) struct Dynamic<'a> {
    /// `dynamic` or `dynamic_each`.
    function: &'static str,
    iterator: String,
    entries: Rust,
    word: String,
    pub(super) words: Words<'a>,
}

impl<'a> Program<'a> {
    /// A builder with the blocks of one type.
    pub(super) fn blocks(
        &mut self,
        rust: Rust,
        member: Member<'a>,
        blocks: Vec<&Block>,
        place: &Place,
        words: &Words<'a>,
    ) -> Result<Rust, Unsayable> {
        let is_dynamic = |block: &&Block| block.ident.as_str() == "dynamic";
        let (builder, is_one) = match (member.block(), Type::held(&member.holds())) {
            (Some(NestedBlock::One(builder)), _) => (builder, true),
            (Some(NestedBlock::Many(builder)), _) => (builder, false),
            (Some(NestedBlock::Labelled(_)), _) => return unsayable("blocks with labels"),
            // "Attributes as Blocks": the values of a list or set that may be written as blocks.
            (None, Type::List(of) | Type::Set(of)) => match *of {
                Type::Object(builder) if !blocks.iter().any(is_dynamic) => (builder, false),
                _ if !member.is_required() => {
                    let value = self.untyped_blocks(blocks, place, words)?;
                    return Ok(rust.method("argument", [Rust::text(member.name()), value]));
                }
                _ => return unsayable(format!("dynamic blocks for the argument `{}`", member.name())),
            },
            (None, _) => return unsayable(format!("`{}` is no block", member.name())),
        };
        if !blocks.iter().any(is_dynamic) {
            let mut written = self.each_nested(builder, &blocks, place, words)?;
            let one = match (written.len(), is_one || member.block().is_some()) {
                (1, true) => written.remove(0),
                _ if is_one => {
                    return unsayable(format!("several blocks `{}`, where one may stand", member.name()));
                }
                _ => Rust::Array(written),
            };
            return Ok(rust.method(member.function(), [one]));
        }
        let whole = format!("Blocks::<{}>", path(builder));
        let mut all: Option<Rust> = None;
        // Terraform keeps the order of blocks, whether they are dynamic or not.
        for run in blocks.chunk_by(|one, other| !is_dynamic(one) && !is_dynamic(other)) {
            let next = match run.first().filter(|block| is_dynamic(block)) {
                Some(block) => {
                    let made = self.dynamic(block, place, words)?;
                    let content = block.body.get_blocks("content").next();
                    let Some(content) = content else {
                        return unsayable("a dynamic block without `content`");
                    };
                    let content = self.nested(builder, content, place, &made.words)?;
                    made.around(content)
                }
                None => Rust::Array(self.each_nested(builder, run, place, words)?),
            };
            all = Some(match all {
                Some(before) => before.method("and", [next]),
                None if run.first().is_some_and(is_dynamic) => next,
                None => Rust::call(format!("{whole}::from"), [next]),
            });
        }
        let Some(all) = all else { return Ok(rust) };
        if !is_one {
            return Ok(rust.method(member.function(), [all]));
        }
        if member.is_required() {
            return unsayable(format!("a dynamic block for `{}`, which is required", member.name()));
        }
        Ok(rust.method("argument", [Rust::text(member.name()), all]))
    }

    fn each_nested(
        &mut self,
        builder: Builder<'a>,
        blocks: &[&Block],
        place: &Place,
        words: &Words<'a>,
    ) -> Result<Vec<Rust>, Unsayable> {
        blocks.iter().map(|block| self.nested(builder, block, place, words)).collect()
    }

    fn nested(
        &mut self,
        builder: Builder<'a>,
        block: &Block,
        place: &Place,
        words: &Words<'a>,
    ) -> Result<Rust, Unsayable> {
        let new = Rust::call(format!("{}::new", path(builder)), []);
        self.filled(new, builder, &block.body, &place.of_block(block), words, Level::Nested)
    }

    /// What a dynamic block goes through, and the words that its content has.
    pub(super) fn dynamic(
        &mut self,
        block: &Block,
        place: &Place,
        words: &Words<'a>,
    ) -> Result<Dynamic<'a>, Unsayable> {
        let argument = |name| block.body.get_attribute(name).map(|attribute| &attribute.value);
        let iterator = match argument("iterator") {
            Some(Expression::Variable(name)) => name.as_str().to_owned(),
            Some(Expression::String(name)) => name.as_str().to_owned(),
            _ => block.labels.first().map(|label| label.as_str().to_owned()).unwrap_or_default(),
        };
        if argument("labels").is_some() {
            return unsayable("a dynamic block with labels");
        }
        let Some(for_each) = argument("for_each") else {
            return unsayable("a dynamic block without `for_each`");
        };
        let code = self.say(for_each, &Type::Any, place, words)?;
        let value = code.of.item();
        let (function, of) = match &code.of {
            Type::Map(_) => ("dynamic", code.of.clone()),
            Type::Structure(_) => ("dynamic", Type::map(value.clone())),
            Type::Set(of) if matches!(**of, Type::Text) => ("dynamic", code.of.clone()),
            Type::List(_) | Type::Set(_) => ("dynamic_each", code.of.clone()),
            _ => ("dynamic_each", Type::list(Type::Any)),
        };
        let entries = code.claimed(of).ready();
        let word = self.environment.free(&synth_bindings::word(&iterator));
        let entry = Word::Entry { word: word.clone(), key: Type::Text, value };
        let words = words.iter().cloned().chain([(iterator.clone(), entry)]).collect();
        Ok(Dynamic { function, iterator, entries, word, words })
    }
}

impl Dynamic<'_> {
    /// The dynamic blocks with their content.
    pub(super) fn around(self, content: Rust) -> Rust {
        let parameter = if content.mentions(&self.word) { self.word } else { "_".to_owned() };
        let arguments = [Rust::text(&self.iterator), self.entries, Rust::closure(parameter, content)];
        Rust::call(format!("Blocks::{}", self.function), arguments)
    }
}
