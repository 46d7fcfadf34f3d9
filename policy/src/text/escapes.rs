//! The characters of a text that are written as escapes.

use crate::source::{large, small};

/// One character that is written as an escape: where it is in the decoded text, and where its
/// escape begins after the first byte of the written one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Escape {
    pub(super) at: u32,
    pub(super) from: u32,
}

impl Escape {
    pub(crate) fn new(at: usize, from: usize) -> Escape {
        Escape { at: small(at), from: small(from) }
    }
}

/// All of a text, in order.
#[derive(Clone, Debug)]
pub(super) enum Escapes {
    /// Where the characters are, each before the last one of one byte for an escape of two: so are all quotes in a policy.
    Short(Box<[u16]>),
    /// Any others.
    Any(Box<[Escape]>),
}

impl Escapes {
    pub(super) fn of(escapes: Vec<Escape>) -> Escapes {
        let short = |(index, escape): (usize, &Escape)| {
            let at = u16::try_from(escape.at).ok()?;
            (Escape::of_short(index, at) == *escape).then_some(at)
        };
        match escapes.iter().enumerate().map(short).collect() {
            Some(all) => Escapes::Short(all),
            None => Escapes::Any(escapes.into()),
        }
    }

    /// How many characters are not after a byte of the decoded text.
    pub(super) fn up_to(&self, byte: usize) -> usize {
        match self {
            Escapes::Short(all) => all.partition_point(|at| usize::from(*at) <= byte),
            Escapes::Any(all) => all.partition_point(|escape| large(escape.at) <= byte),
        }
    }

    pub(super) fn get(&self, index: usize) -> Option<Escape> {
        match self {
            Escapes::Short(all) => all.get(index).map(|at| Escape::of_short(index, *at)),
            Escapes::Any(all) => all.get(index).copied(),
        }
    }
}

impl Escape {
    /// One before which so many escapes have a byte more than their characters.
    fn of_short(index: usize, at: u16) -> Escape {
        Escape::new(at.into(), index.saturating_add(at.into()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Escapes of `more` bytes more than their characters, so far apart.
        #[test]
        fn each_is_where_it_was_put(
            written in prop::collection::vec((0..40_000_usize, 1..3_usize), 0..6),
            byte in 0..100_000_usize,
        ) {
            let (mut at, mut from) = (0, 0);
            let mut all = Vec::new();
            for (apart, more) in written {
                (at, from) = (at + apart, from + apart);
                all.push(Escape::new(at, from));
                (at, from) = (at + 1, from + 1 + more);
            }
            let escapes = Escapes::of(all.clone());
            let read: Vec<Escape> = (0..all.len()).map_while(|index| escapes.get(index)).collect();
            prop_assert_eq!(escapes.up_to(byte), all.iter().filter(|escape| large(escape.at) <= byte).count());
            prop_assert_eq!(escapes.get(all.len()), None);
            prop_assert_eq!(read, all);
        }
    }
}
