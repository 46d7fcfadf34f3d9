//! IAM policies as rules see them: found at their carriers, read from any spelling.

pub mod actions;
pub mod arn;
mod carriers;
pub mod pattern;
mod policy;
mod read;

pub use carriers::find;
pub use policy::{Condition, Effect, Entries, Policy, PolicyKind, Principal, Statement};
pub use read::policy as read;
