//! Every literal string of a configuration with the names that lead to it, also behind encodings.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Deref;

use super::detect::{self, Match};
use super::layers::Layer;
use super::names;
use super::walk::{Encodings, Place, Walk};
use crate::known::Later;
use crate::node::Value;
use crate::source::{large, small};
use crate::terraform::{Block, Kind};
use crate::text::Text;

/// The literal strings of a configuration, in the order in which they are written. There are nearly as many as there are
/// values.
#[derive(Debug, Default)]
pub struct Literals {
    all: Vec<Entry>,
    ways: Vec<Way>,
    /// The secrets in those that have any, by their place among all.
    matches: BTreeMap<usize, Vec<Match>>,
}

#[derive(Debug)]
struct Entry {
    block: u32,
    way: u32,
    text: Text,
}

/// A literal string in its place.
#[derive(Clone, Copy, Debug)]
pub struct Literal<'l> {
    /// The index of its block among the configuration's blocks.
    pub block: usize,
    way: &'l Way,
    /// The string.
    pub text: &'l Text,
    /// The secrets in it that their form gives away.
    pub matches: &'l [Match],
}

/// The way to literals, which many share: resources of a type have the same arguments.
#[derive(Debug)]
pub struct Way {
    /// The keys that lead to it from the body of the block.
    pub path: Vec<String>,
    /// The key that names it: the last of the path, or its sibling `name`.
    pub name: String,
    /// Whether that name says that the value is secret.
    pub is_secret: bool,
    /// The encodings it was behind, from the outside in.
    pub layers: Vec<Layer>,
}

impl Deref for Literal<'_> {
    type Target = Way;

    fn deref(&self) -> &Way {
        self.way
    }
}

impl Literals {
    /// Each literal.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Literal<'_>> {
        self.all.iter().enumerate().filter_map(|(index, Entry { block, way, text })| {
            let matches = self.matches.get(&index).map(Vec::as_slice).unwrap_or_default();
            Some(Literal { block: large(*block), way: self.ways.get(large(*way))?, text, matches })
        })
    }
}

/// Collects the literals of all blocks; what is too large to be unpacked is pushed to `unread`.
#[must_use]
pub fn literals(blocks: &[Block], unread: &mut Vec<Later>) -> Literals {
    let mut found = Literals::default();
    let mut ways = Ways::default();
    for (index, block) in blocks.iter().enumerate() {
        let mut visit = |place: &Place| {
            if let Value::Text(text) = &place.node.value
                && !is_type(block, place)
            {
                let matches = detect::find(&said(block, place), text);
                if !matches.is_empty() {
                    found.matches.insert(found.all.len(), matches);
                }
                found.all.push(Entry { block: small(index), way: ways.of(place), text: text.clone() });
            }
        };
        // The name of what is a value itself is the name of that value.
        let name = match block.kind {
            Kind::Local | Kind::Value | Kind::Other => block.name(),
            _ => "",
        };
        unread.append(&mut Walk::new(Encodings::All, &mut visit).through(&block.body, name));
    }
    found.all.shrink_to_fit();
    Literals { ways: ways.all, ..found }
}

/// Whether a text is the type of a variable, which is no value: `object({ user = string, password = string })`.
fn is_type(block: &Block, place: &Place) -> bool {
    block.kind == Kind::Variable && matches!(place.path, [key] if key == "type")
}

/// The ways that were met so far, by their keys one after the other: nearly every literal is on one of them.
#[derive(Default)]
struct Ways {
    all: Vec<Way>,
    by_keys: BTreeMap<String, u32>,
    keys: String,
}

impl Ways {
    /// The index of the way to a place.
    fn of(&mut self, place: &Place) -> u32 {
        self.keys.clear();
        for key in place.path.iter().map(String::as_str).chain([place.name]) {
            self.keys.push_str(key);
            self.keys.push('\n');
        }
        self.keys.extend(place.layers.iter().map(|layer| layer.name()));
        // Keys may hold any character, so that two ways can come to the same text.
        let is_of_place = |index: u32| self.all.get(large(index)).is_some_and(|way| way.is(place));
        if let Some(index) = self.by_keys.get(self.keys.as_str()).copied().filter(|index| is_of_place(*index))
        {
            return index;
        }
        let index = small(self.all.len());
        self.all.push(Way::of(place));
        self.by_keys.insert(self.keys.clone(), index);
        index
    }
}

impl Way {
    fn of(place: &Place) -> Way {
        Way {
            path: place.path.to_vec(),
            name: place.name.to_owned(),
            is_secret: names::is_secret(place.name),
            layers: place.layers.to_vec(),
        }
    }

    fn is(&self, place: &Place) -> bool {
        self.path == place.path && self.name == place.name && self.layers == place.layers
    }
}

/// What the keys say about a value: `datadog.api_key`.
fn said<'s>(block: &'s Block, place: &'s Place) -> Cow<'s, str> {
    let outer = place.path.len().checked_sub(2).and_then(|index| place.path.get(index));
    let outer = match (block.kind, place.path.len()) {
        (Kind::Provider | Kind::Variable | Kind::Output, 1) => block.name(),
        _ => outer.map_or("", String::as_str),
    };
    match (outer, place.name) {
        ("", name) => name.into(),
        (outer, "default" | "value" | "") => outer.into(),
        (outer, name) => format!("{outer}.{name}").into(),
    }
}
