//! AWS IAM: who may do what.
//!
//! ```text
//! constructs ─ grant ─▶ grants: by principal ─▶ statement: the fewest that allow just that
//!                                                  │
//!                                                  ▼
//!                              one policy beside the role, user or group
//! ```

mod github;
mod grants;
mod name;
mod permissions;
mod principal;
mod role;
mod statement;
mod trust;
mod user;

pub use github::{GitHubProvider, GitHubProviderHandle, Workflows};
pub(crate) use grants::document;
pub use grants::grant_pass_role;
pub use principal::Principal;
pub use role::{Role, RoleHandle};
pub(crate) use statement::tests;
pub use user::{User, UserHandle};
