//! IAM policies as rules see them: found at their carriers, read from any spelling.

mod accounts;
pub mod actions;
pub mod arn;
mod attachments;
mod carriers;
pub mod catalogue;
mod deputies;
pub mod environment;
mod form;
pub mod grant;
mod holders;
mod identities;
mod issuers;
mod key;
pub mod operation;
pub mod pattern;
mod policy;
mod read;
pub mod replacement;
pub mod resource;
mod size;
pub mod wide;

pub use accounts::{is_account, own_accounts};
pub use attachments::{Attachment, Managed, Purpose, attachments};
pub use carriers::{arguments_of, find};
pub(crate) use form::EMPTY;
pub(crate) use holders::{Principals, holders, references};
pub use identities::{Identity, identities};
pub use issuers::{ISSUERS, Issuer, Trusted, trusted};
pub use policy::{Condition, Effect, Entries, Flaw, Policy, PolicyKind, Principal, Statement};
pub(crate) use read::names_one_thing;
pub use read::policy as read;
