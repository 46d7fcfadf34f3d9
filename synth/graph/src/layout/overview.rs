//! Large architectures: arrows between frames in place of arrows between what is in them, and no longer ones than can be placed.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::effort::{self, Key};
use crate::architecture::Architecture;

/// More arrows than these are not drawn one by one: nobody could follow them.
const MOST_ARROWS: usize = 140;
/// Arrows pass no more layers than these in all: the layout takes about 50 µs for each (`just graph-speed`).
const MOST_PASSED: usize = 12_000;

/// What is drawn of an architecture.
pub(super) struct Overview<'d> {
    /// The boxes and frames, all of them, and the arrows that are drawn.
    pub(super) drawn: Cow<'d, Architecture>,
    /// How many arrows are not, because they would pass too many layers.
    pub(super) left_out: usize,
}

/// The same architecture with no more arrows than can be followed: each leads between what is nearest to the ends in the
/// frame that both are in.
pub(super) fn of(drawn: &Architecture) -> Overview<'_> {
    if drawn.arrows.len() <= MOST_ARROWS {
        return Overview { drawn: Cow::Borrowed(drawn), left_out: 0 };
    }
    let mut reduced = Architecture { arrows: Default::default(), ..drawn.clone() };
    for ((from, to, meaning), arrow) in &drawn.arrows {
        let (from, to) = lifted(drawn, from, to);
        let kept = reduced.arrows.entry((from.clone(), to.clone(), *meaning)).or_default();
        kept.details.extend(arrow.details.iter().cloned());
        kept.labels.extend(arrow.labels.iter().cloned());
    }
    reduced.arrows.retain(|(from, to, _), _| from != to);
    let too_long = too_long(&reduced);
    too_long.iter().for_each(|key| {
        reduced.arrows.remove(key);
    });
    Overview { drawn: Cow::Owned(reduced), left_out: too_long.len() }
}

/// The longest arrows, as many as it takes for the others to be placed in time.
fn too_long(drawn: &Architecture) -> Vec<Key> {
    let mut passed: Vec<(&Key, usize)> = effort::passed(drawn).into_iter().collect();
    passed.sort_by_key(|(_, passed)| Reverse(*passed));
    let mut all: usize = passed.iter().map(|(_, passed)| passed).sum();
    let longest = passed.into_iter().take_while(|(_, passed)| {
        let is_too_long = all > MOST_PASSED;
        all = all.saturating_sub(*passed);
        is_too_long
    });
    longest.map(|(key, _)| key.clone()).collect()
}

/// The frames or boxes side by side that the ends are in.
fn lifted(drawn: &Architecture, from: &str, to: &str) -> (String, String) {
    let chain = |id: &str| {
        let mut chain: Vec<String> = drawn.around(id).into_iter().rev().map(str::to_owned).collect();
        chain.push(id.to_owned());
        chain
    };
    let (one, other) = (chain(from), chain(to));
    let sides = one.iter().zip(&other).find(|(one, other)| one != other);
    sides.map_or_else(|| (from.to_owned(), to.to_owned()), |(one, other)| (one.clone(), other.clone()))
}
