//! IAM policies as rules see them: found at their carriers, read from any spelling.

pub mod actions;
pub mod arn;
mod attachments;
mod carriers;
pub mod catalogue;
pub mod pattern;
mod policy;
mod read;

pub(crate) use attachments::values;
pub use attachments::{Attachment, Managed, Purpose, attachments};
pub use carriers::{arguments_of, find};
pub use policy::{Condition, Effect, Entries, Policy, PolicyKind, Principal, Statement};
pub use read::policy as read;
