//! Nested blocks with labels.

use std::marker::PhantomData;

use crate::block::Nested;
use crate::term::{Term, Text};

/// Nested blocks of one type by their labels.
#[derive(Clone, Debug)]
pub struct BlockMap<T> {
    blocks: Vec<(Text, Term)>,
    of: PhantomData<fn() -> T>,
}

impl<K: Into<Text>, T: Nested> FromIterator<(K, T)> for BlockMap<T> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(blocks: I) -> Self {
        let blocks = blocks.into_iter().map(|(label, block)| (label.into(), Term::Block(block.into_body())));
        BlockMap { blocks: blocks.collect(), of: PhantomData }
    }
}

impl<K: Into<Text>, T: Nested, const N: usize> From<[(K, T); N]> for BlockMap<T> {
    fn from(blocks: [(K, T); N]) -> Self {
        blocks.into_iter().collect()
    }
}

impl<T> From<BlockMap<T>> for Term {
    fn from(blocks: BlockMap<T>) -> Self {
        Term::Object(blocks.blocks)
    }
}
