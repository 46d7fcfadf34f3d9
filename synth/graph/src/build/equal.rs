//! Fewer boxes and arrows that say the same: equal boxes become one, equal arrows of all that is in a frame one of the frame.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::architecture::{Architecture, Arrow, Group, Grouping, Meaning};
use crate::kind::Category;

/// So many equal boxes become one.
const EQUAL: usize = 4;

type End = (bool, String, Meaning, BTreeSet<String>);

/// Makes one box of several that only their names tell apart.
pub(crate) fn merge_nodes(drawn: &mut Architecture) {
    let mut ends: BTreeMap<&str, BTreeSet<End>> = BTreeMap::new();
    for ((from, to, meaning), arrow) in &drawn.arrows {
        let labels = arrow.labels.clone();
        ends.entry(from).or_default().insert((true, to.clone(), *meaning, labels.clone()));
        ends.entry(to).or_default().insert((false, from.clone(), *meaning, labels));
    }
    let mut alike: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for (id, node) in &drawn.nodes {
        if node.category == Category::Outside {
            continue; // who acts from outside is named
        }
        let ends = ends.get(id.as_str()).cloned().unwrap_or_default();
        let key = (node.group.clone(), node.kind.clone(), node.is_found, node.notes.clone(), ends);
        alike.entry(key).or_default().push(id.clone());
    }
    for ids in alike.into_values().filter(|ids| ids.len() >= EQUAL) {
        let Some(first) = ids.first().cloned() else { continue };
        let count = ids.len();
        for id in ids.iter().skip(1) {
            let Some(node) = drawn.nodes.remove(id) else { continue };
            rename(drawn, id, &first);
            if let Some(kept) = drawn.nodes.get_mut(&first) {
                kept.parts.extend(node.parts);
                kept.remarks.extend(node.remarks);
            }
        }
        if let Some(kept) = drawn.nodes.get_mut(&first) {
            kept.name = format!("{count} × {}", kept.kind);
            kept.kind = format!("{}, all alike", plural(&kept.kind));
        }
    }
}

fn plural(kind: &str) -> String {
    if kind.ends_with('y') && !kind.ends_with("ey") {
        format!("{}ies", kind.trim_end_matches('y'))
    } else {
        format!("{kind}s")
    }
}

fn rename(drawn: &mut Architecture, old: &str, new: &str) {
    let moved: Vec<(String, String, Meaning)> =
        drawn.arrows.keys().filter(|(from, to, _)| from == old || to == old).cloned().collect();
    for key in moved {
        let Some(arrow) = drawn.arrows.remove(&key) else { continue };
        let (from, to, meaning) = key;
        let end = |end: String| if end == old { new.to_owned() } else { end };
        add(drawn, (end(from), end(to), meaning), arrow);
    }
}

/// Adds to an arrow what another one says.
pub(crate) fn add(drawn: &mut Architecture, key: (String, String, Meaning), arrow: Arrow) {
    if key.0 == key.1 {
        return;
    }
    let kept = drawn.arrows.entry(key).or_default();
    kept.labels.extend(arrow.labels);
    kept.details.extend(arrow.details);
}

/// Puts boxes of one kind that are in no network side by side in a frame of their own.
pub(crate) fn group_kinds(drawn: &mut Architecture) {
    let mut alike: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (id, node) in &drawn.nodes {
        let kept = matches!(
            node.category,
            Category::Data
                | Category::Secret
                | Category::Messaging
                | Category::Observability
                | Category::Other
        );
        let Some(frame) = node.group.clone().filter(|_| kept) else { continue };
        if drawn.groups.get(&frame).is_some_and(|group| !is_of_one_kind(group)) {
            alike.entry((frame, node.kind.clone())).or_default().push(id.clone());
        }
    }
    for ((parent, kind), ids) in alike.into_iter().filter(|(_, ids)| ids.len() > 1) {
        let frame = format!("{parent}#{kind}");
        for id in ids {
            if let Some(node) = drawn.nodes.get_mut(&id) {
                node.group = Some(frame.clone());
            }
        }
        let (parent, title) = (Some(parent), plural(&kind));
        let group =
            Group { parent, kind: Grouping::Kind, title, note: String::new(), parts: BTreeSet::new() };
        drawn.groups.insert(frame, group);
    }
}

/// Makes one arrow of those that every box of a frame has, at either end.
pub(crate) fn merge_arrows(drawn: &mut Architecture) {
    let frames: Vec<(String, BTreeSet<String>)> = frames(drawn);
    for (frame, members) in &frames {
        for outgoing in [true, false] {
            lift(drawn, frame, members, outgoing);
        }
    }
}

/// The frames with at least two boxes, the largest first.
fn frames(drawn: &Architecture) -> Vec<(String, BTreeSet<String>)> {
    let inside = drawn.inside();
    let own = |id: &str| drawn.groups.get(id).is_some_and(is_of_one_kind);
    let frames = inside.into_iter().filter(|(id, members)| members.len() >= 2 && own(id));
    let mut frames: Vec<(String, BTreeSet<String>)> = frames
        .map(|(id, members)| (id.to_owned(), members.into_iter().map(str::to_owned).collect()))
        .collect();
    // Of two around the same boxes the inner one is meant.
    let order = |(id, members): &(String, BTreeSet<String>)| {
        (Reverse(members.len()), Reverse(drawn.around(id).len()), id.clone())
    };
    frames.sort_by_key(order);
    frames
}

/// Accounts and stacks hold what has nothing in common.
fn is_of_one_kind(group: &Group) -> bool {
    matches!(group.kind, Grouping::Cluster | Grouping::Subnets | Grouping::Network | Grouping::Kind)
}

/// Moves what all boxes of a frame have, label by label, to an arrow of the frame.
fn lift(drawn: &mut Architecture, frame: &str, members: &BTreeSet<String>, outgoing: bool) {
    let mut alike: BTreeMap<(String, Meaning, Option<String>), BTreeSet<String>> = BTreeMap::new();
    for ((from, to, meaning), arrow) in &drawn.arrows {
        let (own, other) = if outgoing { (from, to) } else { (to, from) };
        let is_inside = other == frame || drawn.around(other).contains(&frame);
        if members.contains(own) && !is_inside {
            let labels = arrow.labels.iter().cloned().map(Some);
            let labels: Vec<Option<String>> =
                if arrow.labels.is_empty() { vec![None] } else { labels.collect() };
            for label in labels {
                alike.entry((other.clone(), *meaning, label)).or_default().insert(own.clone());
            }
        }
    }
    for ((other, meaning, label), own) in alike.into_iter().filter(|(_, own)| own == members) {
        let ends = |own: String| {
            if outgoing { (own, other.clone(), meaning) } else { (other.clone(), own, meaning) }
        };
        for own in own {
            let key = ends(own);
            let Some(mut arrow) = drawn.arrows.remove(&key) else { continue };
            let details = arrow.details.clone();
            add(drawn, ends(frame.to_owned()), Arrow { labels: label.iter().cloned().collect(), details });
            if let Some(label) = &label {
                arrow.labels.remove(label);
                if !arrow.labels.is_empty() {
                    drawn.arrows.insert(key, arrow);
                }
            }
        }
    }
}
