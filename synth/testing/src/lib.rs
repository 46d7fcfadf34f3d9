//! Assertions about what stacks are written as.
//!
//! ```text
//!  your stack ──▶ Synthesized ──▶ has_resource, has_output, counts     partial: what is not said may be anything
//!                     │        ├▶ snapshot                             whole: the committed file, or a diff
//!                     │        ├▶ valid                              by the provider's schema, in process
//!                     │        └▶ plans                              by terraform
//!                     └ refused ─▶ Problems
//! ```
//!
//! ```
//! use serde_json::json;
//! use synth_aws::ecr;
//! use synth_core::Scope;
//! use synth_testing::Synthesized;
//!
//! fn images(stack: &mut Scope<'_>) {
//!     stack.add("shop", ecr::Repository::new().name("shop").image_tag_mutability("IMMUTABLE"));
//! }
//!
//! let stack = Synthesized::stack(images);
//! stack.has_resource::<ecr::Repository>(json!({ "name": "shop" }));
//! stack.has_resources::<ecr::Repository>(1);
//! stack.valid();
//! assert_eq!(stack.document()["terraform"]["required_providers"]["aws"]["source"], "hashicorp/aws");
//! ```

#![expect(clippy::panic, reason = "an assertion fails by panicking")]

mod find;
mod matching;
mod snapshot;
mod synthesized;
mod valid;

pub use matching::differences;
pub use synth_check::Schemas;
pub use synthesized::Synthesized;
