//! Boxes and frames in the order of languages that write what is inside of a frame between its two ends.

use std::collections::BTreeMap;

use crate::architecture::{Architecture, Group, Node};

/// One part of the outline: a box, or an end of a frame.
pub(super) enum Part<'a> {
    /// A box, by the name that it has in the language.
    Box(&'a str, &'a Node),
    /// What follows is inside of this frame.
    Open(&'a str, &'a Group),
    /// The frame that was opened last holds nothing.
    Hollow(&'a str),
    /// The frame that was opened last ends.
    Close,
}

/// The parts of a picture, each with the number of frames around it.
pub(super) fn outline<'a>(
    drawn: &'a Architecture,
    ids: &'a BTreeMap<&str, String>,
) -> Vec<(usize, Part<'a>)> {
    let mut parts = Vec::new();
    inside(&mut parts, drawn, ids, None, 0);
    parts
}

fn inside<'a>(
    parts: &mut Vec<(usize, Part<'a>)>,
    drawn: &'a Architecture,
    ids: &'a BTreeMap<&str, String>,
    frame: Option<&str>,
    depth: usize,
) {
    for (id, node) in drawn.nodes.iter().filter(|(_, node)| node.group.as_deref() == frame) {
        let Some(place) = ids.get(id.as_str()) else { continue };
        parts.push((depth, Part::Box(place, node)));
    }
    for (id, group) in drawn.groups.iter().filter(|(_, group)| group.parent.as_deref() == frame) {
        let Some(place) = ids.get(id.as_str()) else { continue };
        parts.push((depth, Part::Open(place, group)));
        let before = parts.len();
        inside(parts, drawn, ids, Some(id), depth.saturating_add(1));
        if parts.len() == before {
            parts.push((depth.saturating_add(1), Part::Hollow(place)));
        }
        parts.push((depth, Part::Close));
    }
}
