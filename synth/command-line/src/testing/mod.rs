//! For tests of commands: the style of their help, and how they behave at their streams. What does not keep to it comes as
//! a list of sentences, which is empty where all is well.

mod colors;
mod streams;
mod style;
mod terminal;

pub use colors::colors;
pub use streams::streams;
pub use style::{breaches, exit_codes, missing_exit_codes};
pub use terminal::{Terminal, at_terminal};
