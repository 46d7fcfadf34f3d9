//! Bodies of blocks and lists of nested blocks.

use std::marker::PhantomData;

use crate::term::Term;

/// The arguments and nested blocks of a block, in the order in which they were set. Setting one again
/// replaces it; what was never set is not written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body(Vec<(&'static str, Term)>);

impl Body {
    /// A body without arguments.
    pub const fn new() -> Self {
        Body(Vec::new())
    }

    /// Sets an argument or nested block.
    pub fn set(&mut self, name: &'static str, value: impl Into<Term>) {
        let value = value.into();
        match self.get_mut(name) {
            Some(old) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// The same body with an argument set.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Term>) -> Self {
        self.set(name, value);
        self
    }

    /// Sets each of `names` that is not set to `null`: attributes as blocks need every key to be present
    /// (Terraform, "Attributes as Blocks").
    #[must_use]
    pub fn filled(mut self, names: &[&'static str]) -> Self {
        for name in names {
            if self.get(name).is_none() {
                self.0.push((name, Term::Null));
            }
        }
        self
    }

    /// The value of an argument.
    pub fn get(&self, name: &str) -> Option<&Term> {
        self.0.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// Changes the nested block of a name, which is made where there is none yet.
    pub(crate) fn change_block(&mut self, name: &'static str, change: impl FnOnce(&mut Body)) {
        if let Some(Term::Block(block)) = self.get_mut(name) {
            return change(block);
        }
        let mut block = Body::new();
        change(&mut block);
        self.set(name, block);
    }

    /// Adds to a list, which is made where there is none yet.
    pub(crate) fn push(&mut self, name: &'static str, value: impl Into<Term>) {
        match self.get_mut(name) {
            Some(Term::List(list)) => list.push(value.into()),
            _ => self.set(name, Term::List(vec![value.into()])),
        }
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Term> {
        self.0.iter_mut().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    pub(crate) fn into_entries(self) -> Vec<(&'static str, Term)> {
        self.0
    }

    pub(crate) fn entries(&self) -> &[(&'static str, Term)] {
        &self.0
    }

    pub(crate) fn terms(&self) -> impl Iterator<Item = &Term> {
        self.0.iter().map(|(_, term)| term)
    }

    pub(crate) fn terms_mut(&mut self) -> impl Iterator<Item = &mut Term> {
        self.0.iter_mut().map(|(_, term)| term)
    }
}

/// A nested block: what a generated builder of one fills.
pub trait Nested {
    /// The block without its type.
    fn into_body(self) -> Body;
}

impl From<Body> for Term {
    fn from(body: Body) -> Self {
        Term::Block(body)
    }
}

/// Any number of nested blocks of one type.
#[derive(Clone, Debug)]
pub struct Blocks<T> {
    blocks: Vec<Term>,
    of: PhantomData<fn() -> T>,
}

impl<T: Nested> Blocks<T> {
    fn collect(blocks: impl IntoIterator<Item = T>) -> Self {
        Blocks {
            blocks: blocks.into_iter().map(|block| Term::Block(block.into_body())).collect(),
            of: PhantomData,
        }
    }
}

impl<T> Blocks<T> {
    /// The blocks, or why there must be another number of them: Terraform accepts from `least` to `most`.
    pub fn between(self, least: usize, most: usize) -> Term {
        let count = self.blocks.len();
        if (least..=most).contains(&count) {
            return self.into();
        }
        let accepted = match (least, most) {
            (least, usize::MAX) => format!("at least {least}"),
            (0, most) => format!("at most {most}"),
            (least, most) if least == most => format!("exactly {least}"),
            (least, most) => format!("{least} to {most}"),
        };
        Term::Refused(format!("stands {count} times where Terraform accepts {accepted}").into())
    }
}

impl<T: Nested> From<T> for Blocks<T> {
    fn from(block: T) -> Self {
        Blocks::collect([block])
    }
}

impl<T: Nested, const N: usize> From<[T; N]> for Blocks<T> {
    fn from(blocks: [T; N]) -> Self {
        Blocks::collect(blocks)
    }
}

impl<T: Nested> From<Vec<T>> for Blocks<T> {
    fn from(blocks: Vec<T>) -> Self {
        Blocks::collect(blocks)
    }
}

impl<T> From<Blocks<T>> for Term {
    fn from(blocks: Blocks<T>) -> Self {
        Term::List(blocks.blocks)
    }
}

/// Nested blocks of one type by their labels.
#[derive(Clone, Debug)]
pub struct BlockMap<T> {
    blocks: Vec<(Box<str>, Term)>,
    of: PhantomData<fn() -> T>,
}

impl<K: Into<Box<str>>, T: Nested> FromIterator<(K, T)> for BlockMap<T> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(blocks: I) -> Self {
        let blocks = blocks.into_iter().map(|(label, block)| (label.into(), Term::Block(block.into_body())));
        BlockMap { blocks: blocks.collect(), of: PhantomData }
    }
}

impl<K: Into<Box<str>>, T: Nested, const N: usize> From<[(K, T); N]> for BlockMap<T> {
    fn from(blocks: [(K, T); N]) -> Self {
        blocks.into_iter().collect()
    }
}

impl<T> From<BlockMap<T>> for Term {
    fn from(blocks: BlockMap<T>) -> Self {
        Term::Object(blocks.blocks)
    }
}
