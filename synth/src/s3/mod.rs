//! Amazon S3: buckets that keep to themselves, and who may do what with their objects.

mod bucket;
mod lifecycle;
mod name;
mod objects;
mod policy;

pub use bucket::{Bucket, BucketHandle};
pub use lifecycle::Expiry;
pub use objects::Objects;
