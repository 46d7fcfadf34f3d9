//! Where everything is: boxes, frames and lines in pixels, from the top left.

use std::collections::BTreeMap;

use crate::architecture::Meaning;

/// A picture, laid out.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
    /// The boxes and frames by id.
    pub places: BTreeMap<String, Rectangle>,
    /// The arrows.
    pub lines: Vec<Line>,
    /// How many arrows are not drawn, because they are too long.
    pub left_out: usize,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rectangle {
    /// Its left side.
    pub x: f64,
    /// Its upper side.
    pub y: f64,
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
}

impl Rectangle {
    /// Whether both have a part in common, more than a side.
    #[must_use]
    pub fn overlaps(&self, other: &Rectangle) -> bool {
        self.x + self.width > other.x
            && other.x + other.width > self.x
            && self.y + self.height > other.y
            && other.y + other.height > self.y
    }
}

/// An arrow with its bends and its label.
#[derive(Clone, Debug)]
pub struct Line {
    /// Where it starts.
    pub from: String,
    /// Where it ends.
    pub to: String,
    /// What it means.
    pub meaning: Meaning,
    /// Its points.
    pub points: Vec<(f64, f64)>,
    /// Where its label is, if it has one, and its lines of text.
    pub label: Option<(Rectangle, Vec<String>)>,
}
