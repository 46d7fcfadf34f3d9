//! What the layered layout will cost: it orders and places each layer that an arrow passes as it does a box.

use std::collections::{BTreeMap, BTreeSet};

use crate::architecture::{Architecture, Meaning};

/// The ends of an arrow and what it means.
pub(super) type Key = (String, String, Meaning);

/// How many layers each arrow passes, where boxes stand in layers behind whatever leads to them.
pub(super) fn passed(drawn: &Architecture) -> BTreeMap<&Key, usize> {
    let mut next: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (from, to, _) in drawn.arrows.keys() {
        next.entry(from).or_default().push(to);
        next.entry(to).or_default();
    }
    let order = order(&next);
    let ranks: BTreeMap<&str, usize> = order.iter().enumerate().map(|(rank, id)| (*id, rank)).collect();
    let mut layers: BTreeMap<&str, usize> = BTreeMap::new();
    for from in &order {
        let behind = layers.entry(from).or_default().saturating_add(1);
        // What leads back in a circle does not count: the layout turns it round.
        let forward = next.get(from).into_iter().flatten().filter(|to| ranks.get(*to) > ranks.get(from));
        for to in forward {
            let layer = layers.entry(to).or_default();
            *layer = behind.max(*layer);
        }
    }
    let layer = |id: &str| layers.get(id).copied().unwrap_or_default();
    let passed = |(from, to, _): &Key| layer(from).abs_diff(layer(to)).saturating_sub(1);
    drawn.arrows.keys().map(|key| (key, passed(key))).collect()
}

/// Each before what it leads to, circles apart: the reverse of the order in which a search in depth is done with them.
fn order<'d>(next: &BTreeMap<&'d str, Vec<&'d str>>) -> Vec<&'d str> {
    let leads_to = |id: &str| next.get(id).map_or([].iter(), |to| to.iter());
    let (mut seen, mut done) = (BTreeSet::new(), Vec::new());
    for start in next.keys() {
        if !seen.insert(*start) {
            continue;
        }
        let mut open = vec![(*start, leads_to(start))];
        while let Some((id, rest)) = open.last_mut() {
            match rest.find(|to| seen.insert(**to)) {
                Some(to) => open.push((to, leads_to(to))),
                None => {
                    done.push(*id);
                    open.pop();
                }
            }
        }
    }
    done.reverse();
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(arrows: &[(&str, &str)]) -> Vec<usize> {
        let mut drawn = Architecture::default();
        for (from, to) in arrows {
            drawn.arrow(from, to, Meaning::Uses, "", "");
        }
        passed(&drawn).into_values().collect()
    }

    #[test]
    fn an_arrow_passes_the_layers_between_its_ends() {
        assert_eq!(of(&[("a", "b"), ("a", "d"), ("b", "c"), ("c", "d")]), [0, 2, 0, 0]);
    }

    #[test]
    fn a_circle_has_layers_too() {
        assert_eq!(of(&[("a", "b"), ("b", "c"), ("c", "a")]), [0, 0, 1]);
    }

    #[test]
    fn nothing_passes_nothing() {
        assert_eq!(of(&[]), Vec::<usize>::new());
    }
}
