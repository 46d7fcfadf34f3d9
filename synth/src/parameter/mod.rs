//! Parameters of AWS Systems Manager, one by one and as trees.

mod name;
mod single;
mod tree;

pub(crate) use single::grant_read;
pub use single::{Parameter, ParameterHandle};
pub(crate) use tree::{GROUP, attribute};
pub use tree::{ParameterTree, ParameterTreeHandle};
