//! Bodies of blocks and lists of nested blocks.

use std::borrow::Cow;
use std::marker::PhantomData;

use crate::argument::ArgumentName;
use crate::each::Entries;
use crate::expression::Expression;
use crate::functions::Sequence;
use crate::term::Term;
use crate::value::Ref;

/// The arguments and nested blocks of a block, sorted by name as they are written. Setting one again replaces it;
/// what was never set is not written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body(Vec<(ArgumentName, Term)>);

impl Body {
    /// A body without arguments.
    pub const fn new() -> Self {
        Body(Vec::new())
    }

    /// Sets an argument or nested block.
    #[inline]
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Term>) {
        self.place(name.into().into(), value.into());
    }

    /// Sets an argument or nested block; the same as [`Body::set`] for names that the compiler need not convert.
    #[inline]
    pub fn put(&mut self, name: &'static str, value: impl Into<Term>) {
        self.place(ArgumentName::Static(name), value.into());
    }

    pub(crate) fn place(&mut self, name: ArgumentName, mut value: Term) {
        if let Term::List(blocks) = &mut value {
            keep_order(&name, blocks);
            let dynamic: Vec<Term> =
                blocks.extract_if(.., |block| matches!(block, Term::Dynamic(_))).collect();
            if !dynamic.is_empty() {
                let only_dynamic = blocks.is_empty();
                self.change_block("dynamic", |block| block.set_here(name.clone(), Term::List(dynamic)));
                if only_dynamic {
                    return;
                }
            }
        }
        self.set_here(name, value);
    }

    fn set_here(&mut self, name: ArgumentName, value: Term) {
        match self.find(&name) {
            Ok(at) => {
                if let Some((_, old)) = self.0.get_mut(at) {
                    *old = value;
                }
            }
            Err(at) => self.0.insert(at, (name, value)),
        }
    }

    /// Where a name is, or where it belongs.
    fn find(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| (**other).cmp(name))
    }

    /// The same body with an argument set.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Term>) -> Self {
        self.set(name, value);
        self
    }

    /// Sets each of `names` that is not set to `null`: attributes as blocks need every key to be present
    /// (Terraform, "Attributes as Blocks").
    #[must_use]
    pub fn filled(mut self, names: &[&'static str]) -> Self {
        for name in names {
            if let Err(at) = self.find(name) {
                self.0.insert(at, (ArgumentName::Static(name), Term::Null));
            }
        }
        self
    }

    /// The value of an argument.
    pub fn get(&self, name: &str) -> Option<&Term> {
        self.0.get(self.find(name).ok()?).map(|(_, value)| value)
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

    /// Takes an argument or nested block out.
    pub(crate) fn remove(&mut self, name: &str) -> Option<Term> {
        let at = self.find(name).ok()?;
        Some(self.0.remove(at).1)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Term> {
        let at = self.find(name).ok()?;
        self.0.get_mut(at).map(|(_, value)| value)
    }

    /// Gives back what memory is left: as a rule nothing more is set.
    pub(crate) fn shrink(&mut self) {
        if self.0.len() < self.0.capacity() {
            // A new allocation: the old one is whole for the next body, where a shrunk one would leave a piece behind it.
            let mut exact = Vec::with_capacity(self.0.len());
            exact.append(&mut self.0);
            self.0 = exact;
        }
    }

    pub(crate) fn into_entries(self) -> Vec<(ArgumentName, Term)> {
        self.0
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, &Term)> {
        self.0.iter().map(|(name, term)| (&**name, term))
    }

    pub(crate) fn terms(&self) -> impl Iterator<Item = &Term> {
        self.0.iter().map(|(_, term)| term)
    }

    pub(crate) fn terms_mut(&mut self) -> impl Iterator<Item = &mut Term> {
        self.0.iter_mut().map(|(_, term)| term)
    }
}

/// Makes all blocks of a type dynamic where Terraform would read them in another order than this one: members of a JSON
/// object are blocks in their order (json/spec.md, "Blocks"), and documents are sorted, so that `dynamic` stands before or
/// after the type.
fn keep_order(name: &str, blocks: &mut [Term]) {
    let is_dynamic = |block: &Term| matches!(block, Term::Dynamic(_));
    let as_read = if name < "dynamic" {
        blocks.is_sorted_by_key(is_dynamic)
    } else {
        blocks.is_sorted_by_key(|block| !is_dynamic(block))
    };
    if as_read {
        return;
    }
    for block in blocks {
        if let Term::Block(body) = block {
            let content = std::mem::take(body);
            let once = Term::List(vec![Term::Bool(true)]);
            *block = Term::Dynamic(Body::new().with("content", content).with("for_each", once));
        }
    }
}

/// A nested block: what a generated builder of one fills.
pub trait Nested {
    /// The block without its type.
    fn into_body(self) -> Body;
}

impl Nested for Body {
    fn into_body(self) -> Body {
        self
    }
}

impl From<Body> for Term {
    fn from(mut body: Body) -> Self {
        body.shrink();
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
        Blocks { blocks: blocks.into_iter().map(|block| block.into_body().into()).collect(), of: PhantomData }
    }
}

impl<T: Nested> Blocks<T> {
    /// One block for each entry of a map or set that Terraform goes through ("dynamic Blocks"). `iterator` is
    /// what an entry is called in the document: blocks inside of blocks need different ones.
    pub fn dynamic<V>(
        iterator: &'static str,
        entries: impl Entries<V>,
        build: impl FnOnce(Entry<V>) -> T,
    ) -> Self {
        Blocks::made(iterator, entries.into_for_each(), build)
    }

    /// One block for each item of a list or set of whatever type ("dynamic Blocks").
    pub fn dynamic_each<V>(
        iterator: &'static str,
        items: impl Sequence<V>,
        build: impl FnOnce(Entry<V>) -> T,
    ) -> Self {
        Blocks::made(iterator, items.into_sequence(), build)
    }

    fn made<V>(iterator: &'static str, for_each: Term, build: impl FnOnce(Entry<V>) -> T) -> Self {
        let content = build(Entry { iterator, of: PhantomData }).into_body();
        let block = Body::new()
            .with("content", content)
            .with("for_each", for_each)
            .with("iterator", Term::Verbatim(Box::new(Term::text(iterator))));
        Blocks { blocks: vec![Term::Dynamic(block)], of: PhantomData }
    }

    /// These blocks, and then others.
    #[must_use]
    pub fn and(mut self, others: impl Into<Blocks<T>>) -> Self {
        self.blocks.extend(others.into().blocks);
        self
    }
}

/// One entry of what a dynamic block goes through.
#[derive(Clone, Copy, Debug)]
pub struct Entry<V> {
    iterator: &'static str,
    of: PhantomData<fn() -> V>,
}

impl<V> Entry<V> {
    /// The entry's key; of a list, the item's position.
    pub fn key(&self) -> Ref<String> {
        Ref::of(Expression::Symbol(format!("{}.key", self.iterator).into()))
    }

    /// The entry's value; of a set, the key again.
    pub fn value(&self) -> Ref<V> {
        Ref::of(Expression::Symbol(format!("{}.value", self.iterator).into()))
    }
}

impl<T> Blocks<T> {
    /// The blocks, or why there must be another number of them: Terraform accepts from `least` to `most`. How
    /// many a dynamic block makes is not known yet.
    pub fn between(self, least: usize, most: usize) -> Term {
        let count = self.blocks.len();
        let is_dynamic = self.blocks.iter().any(|block| matches!(block, Term::Dynamic(_)));
        if is_dynamic || (least..=most).contains(&count) {
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
