//! Large architectures: arrows between frames in place of arrows between what is in them.

use std::borrow::Cow;

use crate::architecture::Architecture;

/// More arrows than these are not drawn one by one: nobody could follow them, and their layout takes minutes (docs/graph.md has
/// the measurement).
const MOST_ARROWS: usize = 140;

/// The same architecture with no more arrows than can be followed: each leads between what is nearest to the ends in the
/// frame that both are in.
pub(super) fn reduced(drawn: &Architecture) -> Cow<'_, Architecture> {
    if drawn.arrows.len() <= MOST_ARROWS {
        return Cow::Borrowed(drawn);
    }
    let mut reduced = Architecture { arrows: Default::default(), ..drawn.clone() };
    for ((from, to, meaning), arrow) in &drawn.arrows {
        let (from, to) = lifted(drawn, from, to);
        let kept = reduced.arrows.entry((from.clone(), to.clone(), *meaning)).or_default();
        kept.details.extend(arrow.details.iter().cloned());
        kept.labels.extend(arrow.labels.iter().cloned());
    }
    reduced.arrows.retain(|(from, to, _), _| from != to);
    Cow::Owned(reduced)
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
