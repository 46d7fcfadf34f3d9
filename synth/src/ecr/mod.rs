//! Amazon ECR: repositories of images, and who may pull from them and push to them.

mod expiry;
mod name;
mod repository;

pub use repository::{ExistingRepository, Repository, RepositoryHandle};
pub(crate) use repository::{grant_push, pull, tags_are_immutable};
