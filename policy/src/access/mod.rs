//! Access: which requests policies allow.
//!
//! ```text
//!  iam::Policy ──of──▶ Policy: statements of globs, conditions, principals
//!  configuration ──▶ Sets: those of one principal or resource together
//!                      │
//!  Request ────────────┼──▶ allows, authorize ──▶ Answer: yes, no, or undecided and why
//!                      ├──▶ may: a deed on a thing that is not named ──▶ a request, none, or undecided
//!                      └──▶ new_access, compare ──▶ NewAccess: none, a request, or undecided
//! ```
//!
//! An answer is `Undecided` where the documentation of AWS does not decide, or something is not known.

mod answer;
mod authorize;
mod caller;
mod compare;
mod condition;
mod decide;
mod difference;
mod glob;
mod policy;
mod principal;
mod question;
mod read;
mod request;
mod sets;
mod situation;
mod standing;

pub use answer::Answer;
pub use authorize::{Place, Policies, authorize};
pub use caller::Caller;
pub use compare::compare;
pub(crate) use condition::{Comparison, Measure, Network, Operator, Quantifier, TextKind};
pub use difference::{Deed, NewAccess, Thing, may, new_access};
pub(crate) use glob::without_place;
pub use glob::{Letter, Symbol, Word, word, word_of, written};
pub use policy::Policy;
pub use question::{granted, public};
pub use request::{Context, Key, References, Request};
pub use sets::{Set, Sets};
pub use situation::Situation;
