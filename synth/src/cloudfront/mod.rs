//! Amazon CloudFront: distributions in front of private buckets and of services.

mod behavior;
mod distribution;
mod domains;
mod logging;
mod paths;
mod pattern;

pub use behavior::Behavior;
pub use distribution::{Distribution, DistributionHandle, PriceClass};
