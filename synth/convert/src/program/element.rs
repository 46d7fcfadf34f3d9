//! Resources, data sources and ephemeral resources.

use synth_bindings::{Builder, TypeKind};

use super::meta::Repetition;
use super::{Program, id};
use crate::environment::{Binding, Element, Word};
use crate::expression::Unsayable;
use crate::rust::Rust;
use crate::source::Declaration;
use crate::types::path;

/// The words that a block's expressions have.
pub(super) type Words<'a> = Vec<(String, Word<'a>)>;

impl<'a> Program<'a> {
    pub(super) fn element(&mut self, declaration: &Declaration) {
        let kind = match declaration.kind.as_str() {
            "data" => TypeKind::Data,
            "ephemeral" => TypeKind::Ephemeral,
            _ => TypeKind::Resource,
        };
        let api = self.environment.api;
        let found = api.builder(kind, declaration.label(0));
        let repetition = self.repetition(declaration);
        let words = repetition.words(found);
        let kept = self.notes.length();
        let typed = found.map(|builder| self.typed(declaration, builder, &words));
        let (rust, builder) = match typed {
            Some(Ok(rust)) => (Ok(rust), found),
            Some(Err(Unsayable(why))) => {
                self.notes.truncate(kept);
                self.notes.look(declaration.place.clone(), format!("written without types: {why}"));
                (self.untyped(declaration, kind, &words), None)
            }
            None => (self.untyped(declaration, kind, &words), None),
        };
        let rust = match rust {
            Ok(rust) => rust,
            Err(Unsayable(why)) => return self.notes.left(declaration.place.clone(), why),
        };
        if let Some(builder) = builder {
            self.uses(builder);
        }
        let rust = self.meta(rust, declaration, &words);
        let (word, repeated) = (self.word(&declaration.address()), repetition.repeated());
        let added = repetition.added(id(declaration.label(1)), rust);
        self.add(&declaration.address(), &added);
        let binding = Binding::Element(Element { word, kind, builder, repeated });
        self.environment.bind(declaration.address(), binding);
    }

    fn typed(
        &mut self,
        declaration: &Declaration,
        builder: Builder<'a>,
        words: &Words<'a>,
    ) -> Result<Rust, Unsayable> {
        let new = Rust::call(format!("{}::new", path(builder)), []);
        self.filled(new, builder, &declaration.body, &declaration.place, words, super::body::Level::Element)
    }
}

impl Repetition<'_> {
    /// The statement that adds one or several.
    pub(super) fn added(self, id: Rust, one: Rust) -> Rust {
        let stack = Rust::word("stack");
        match self {
            Repetition::Once => stack.method("add", [id, one]),
            Repetition::Count { count, word } => {
                let parameter = if one.mentions(&word) { word } else { "_".to_owned() };
                stack.method("add_count", [id, count, Rust::closure(parameter, one)])
            }
            Repetition::ForEach { entries, word, .. } => {
                let parameter = if one.mentions(&word) { word } else { "_".to_owned() };
                stack.method("add_for_each", [id, entries, Rust::closure(parameter, one)])
            }
        }
    }
}
