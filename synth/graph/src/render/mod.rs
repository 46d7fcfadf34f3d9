//! What an architecture is written as.

mod dot;
mod escape;
mod html;
mod mermaid;
mod sign;
mod svg;

pub use dot::dot;
pub use html::html;
pub use mermaid::mermaid;
pub use svg::svg;
