//! What an architecture is written as.

mod dot;
mod escape;
mod html;
mod mermaid;
mod outline;
mod sign;
mod svg;

pub use dot::dot;
pub use html::html;
pub use mermaid::mermaid;
pub use svg::svg;

use crate::architecture::Meaning;

/// The colour of an arrow where a style sheet cannot say it; that of the light style.
fn colour(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Reaches => "#1f6feb",
        Meaning::May => "#a83fa0",
        Meaning::Trusted => "#1a7f4b",
        Meaning::Uses => "#7d8798",
    }
}
