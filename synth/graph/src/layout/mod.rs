//! From an architecture to places: sizes of texts, then the Eclipse Layout Kernel's layered layout, which places frames in
//! frames and leads arrows around boxes (<https://eclipse.dev/elk/reference/algorithms/org-eclipse-elk-layered.html>).

mod effort;
mod elk;
mod overview;
mod scene;
pub mod text;

use crate::architecture::{Architecture, Arrow, Group, Node};

pub use scene::{Line, Rectangle, Scene};
use text::Weight;

/// Sizes of letters, in pixels.
pub const NAME: f64 = 13.0;
/// The lines below the name, and what stands on arrows.
pub const SMALL: f64 = 11.0;
/// How high a line of small text is.
pub const LINE: f64 = 15.0;
/// The widest that a text in a box is.
const WIDEST: f64 = 270.0;
/// The widest that a line on an arrow is.
const WIDEST_LABEL: f64 = 240.0;
/// So many lines stand on an arrow; the rest are in its details.
const LABEL_LINES: usize = 3;
/// What a box has at its left for the sign of its kind.
pub const SIGN: f64 = 34.0;

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The layout library refused.
    #[error("the picture could not be laid out: {0}")]
    Layout(String),
}

/// Places everything. Of large architectures the arrows are drawn between frames, as far as boxes are in some; the longest ones of
/// what is larger still are not drawn, and counted.
///
/// # Errors
///
/// If the layout library cannot place it.
pub fn scene(drawn: &Architecture) -> Result<Scene, Error> {
    let overview = overview::of(drawn);
    Ok(Scene { left_out: overview.left_out, ..elk::place(&overview.drawn)? })
}

/// The lines of text in a box: its name, what it is, and what else is said.
#[must_use]
pub fn lines(node: &Node) -> Vec<String> {
    let name = text::fitted(&node.name, NAME, Weight::Bold, WIDEST);
    let small = [&node.kind].into_iter().chain(&node.notes);
    let small = small.map(|line| text::fitted(line, SMALL, Weight::Plain, WIDEST));
    [name].into_iter().chain(small).collect()
}

/// The lines of text on an arrow.
#[must_use]
pub fn label(arrow: &Arrow) -> Vec<String> {
    let fitted = |line: &String| text::fitted(line, SMALL, Weight::Plain, WIDEST_LABEL);
    let more = arrow.labels.len().saturating_sub(LABEL_LINES);
    if more == 0 {
        return arrow.labels.iter().map(fitted).collect();
    }
    let shown = LABEL_LINES.saturating_sub(1);
    let rest = arrow.labels.len().saturating_sub(shown);
    arrow.labels.iter().take(shown).map(fitted).chain([format!("+{rest} more")]).collect()
}

/// The title of a frame and what is said beside it.
#[must_use]
pub fn title(group: &Group) -> (String, String) {
    let title = text::fitted(&group.title, SMALL, Weight::Bold, WIDEST);
    (title, text::fitted(&group.note, SMALL, Weight::Plain, WIDEST))
}
