//! Elastic Load Balancing: application load balancers, and what they send requests to.

mod balancer;
mod health_check;
mod metric;
mod path;
mod targets;

pub use balancer::{LoadBalancer, LoadBalancerHandle, Scheme};
pub use health_check::HealthCheck;
pub use metric::{Metric, MetricOf, Metrics};
pub use targets::{Targets, TargetsHandle};
