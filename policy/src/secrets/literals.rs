//! Every literal string of a configuration with the names that lead to it, also behind encodings.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

use super::detect::{self, Match};
use super::layers::Layer;
use super::walk::{Encodings, Place, Walk};
use crate::known::Later;
use crate::node::Value;
use crate::terraform::{Block, Kind};
use crate::text::Text;

/// A literal string in its place.
#[derive(Clone, Debug)]
pub struct Literal {
    /// The index of its block among the configuration's blocks.
    pub block: usize,
    way: Arc<Way>,
    /// The string.
    pub text: Text,
    /// The secrets in it that their form gives away.
    pub matches: Vec<Match>,
}

/// The way to literals, which many share: resources of a type have the same arguments.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Way {
    /// The keys that lead to it from the body of the block.
    pub path: Vec<String>,
    /// The key that names it: the last of the path, or its sibling `name`.
    pub name: String,
    /// The encodings it was behind, from the outside in.
    pub layers: Vec<Layer>,
}

impl Deref for Literal {
    type Target = Way;

    fn deref(&self) -> &Way {
        &self.way
    }
}

/// Collects the literals of all blocks; what is too large to be unpacked is pushed to `unread`.
#[must_use]
pub fn literals(blocks: &[Block], unread: &mut Vec<Later>) -> Vec<Literal> {
    let mut found = Vec::new();
    let mut ways: BTreeSet<Arc<Way>> = BTreeSet::new();
    for (index, block) in blocks.iter().enumerate() {
        let mut visit = |place: &Place| {
            if let Value::Text(text) = &place.node.value {
                let way = Way {
                    path: place.path.to_vec(),
                    name: place.name.to_owned(),
                    layers: place.layers.to_vec(),
                };
                let way = ways.get(&way).cloned().unwrap_or_else(|| {
                    let way = Arc::new(way);
                    ways.insert(Arc::clone(&way));
                    way
                });
                let matches = detect::find(&said(block, place), text);
                found.push(Literal { block: index, way, text: text.clone(), matches });
            }
        };
        // The name of what is a value itself is the name of that value.
        let name = match block.kind {
            Kind::Local | Kind::Value | Kind::Other => block.name(),
            _ => "",
        };
        unread.append(&mut Walk::new(Encodings::All, &mut visit).through(&block.body, name));
    }
    found
}

/// What the keys say about a value: `datadog.api_key`.
fn said(block: &Block, place: &Place) -> String {
    let outer = place.path.len().checked_sub(2).and_then(|index| place.path.get(index));
    let outer = match (block.kind, place.path.len()) {
        (Kind::Provider | Kind::Variable | Kind::Output, 1) => block.name(),
        _ => outer.map_or("", String::as_str),
    };
    match (outer, place.name) {
        ("", name) => name.to_owned(),
        (outer, "default" | "value" | "") => outer.to_owned(),
        (outer, name) => format!("{outer}.{name}"),
    }
}
