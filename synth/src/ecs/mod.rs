//! Amazon ECS on AWS Fargate: containers without machines to look after.

mod cluster;
mod container;
mod health_check;
mod image;
mod metric;
mod name;
mod namespace;
mod service;
mod size;
mod task;

pub use cluster::{Cluster, ClusterHandle, Insights};
pub use container::Container;
pub use health_check::HealthCheck;
pub use image::{Image, RegistryLogin};
pub use metric::{Metric, MetricOf, Metrics};
pub use namespace::{Namespace, NamespaceHandle};
pub use service::{Service, ServiceHandle};
pub use size::Size;
pub use task::{Architecture, Task};
