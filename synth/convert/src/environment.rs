//! What is in scope: the elements that were converted before, by their addresses.

use std::collections::{BTreeMap, BTreeSet};

use synth_bindings::{Api, Builder, Function, TypeKind};

use crate::expression::Mark;
use crate::types::Type;

/// What expressions may refer to.
#[derive(Debug)]
pub(crate) struct Environment<'a> {
    pub(crate) api: &'a Api,
    /// By address: `var.name`, `data.aws_region.current`.
    bindings: BTreeMap<String, Binding<'a>>,
    /// The words of Rust that elements have.
    words: BTreeSet<String>,
}

/// What an element is in Rust.
#[derive(Clone, Debug)]
pub(crate) enum Binding<'a> {
    /// A variable or a local: a reference.
    Named { word: String, of: Type<'a>, mark: Mark },
    /// A resource, data source or ephemeral resource: a handle.
    Element(Element<'a>),
    /// A module call: a handle.
    Module { word: String, repeated: Repeated },
    /// A configuration of a provider: a handle.
    Provider { word: String },
}

/// A handle of a provider's object.
#[derive(Clone, Debug)]
pub(crate) struct Element<'a> {
    pub(crate) word: String,
    pub(crate) kind: TypeKind,
    /// None where there are no bindings.
    pub(crate) builder: Option<Builder<'a>>,
    pub(crate) repeated: Repeated,
}

/// How many objects an element makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeated {
    Once,
    /// `count`
    Counted,
    /// `for_each`
    Keyed,
}

/// What a word of an expression stands for.
#[derive(Clone, Debug)]
pub(crate) enum Word<'a> {
    /// What a `for` expression names: a value.
    Bound { word: String, of: Type<'a> },
    /// The iterator of a `dynamic` block, or `each`: it has a key and a value.
    Entry { word: String, key: Type<'a>, value: Type<'a> },
    /// `count`
    Count { word: String },
    /// `self`
    Own(Option<Builder<'a>>),
}

impl<'a> Word<'a> {
    pub(crate) fn bound(word: &str, of: Type<'a>) -> Self {
        Word::Bound { word: word.to_owned(), of }
    }

    /// Whether the document names it differently than the source.
    pub(crate) fn is_bound(&self) -> bool {
        matches!(self, Word::Bound { .. })
    }
}

impl<'a> Environment<'a> {
    pub(crate) fn new(api: &'a Api, words: BTreeSet<String>) -> Self {
        Environment { api, bindings: BTreeMap::new(), words }
    }

    pub(crate) fn bind(&mut self, address: String, binding: Binding<'a>) {
        self.bindings.insert(address, binding);
    }

    pub(crate) fn find(&self, address: &str) -> Option<&Binding<'a>> {
        self.bindings.get(address)
    }

    /// The addresses of what must not be shown.
    pub(crate) fn marked(&self) -> impl Iterator<Item = (&String, Mark)> {
        self.bindings.iter().filter_map(|(address, binding)| match binding {
            Binding::Named { mark, .. } if *mark != Mark::Plain => Some((address, *mark)),
            Binding::Element(Element { kind: TypeKind::Ephemeral, .. }) => Some((address, Mark::Ephemeral)),
            _ => None,
        })
    }

    /// A function of Terraform's language.
    pub(crate) fn function(&self, name: &str) -> Option<Function> {
        self.api.function(name)
    }

    /// A word that hides no element.
    pub(crate) fn free(&self, wanted: &str) -> String {
        let mut word = wanted.to_owned();
        while self.words.contains(&word) {
            word.push('_');
        }
        word
    }
}
