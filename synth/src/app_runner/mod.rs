//! AWS App Runner: services, and the connections to where their source is.

mod connection;
mod health_check;
mod metric;
mod scaling;
mod service;
mod size;
mod source;

pub use connection::{Connection, ConnectionHandle};
pub use health_check::HealthCheck;
pub use metric::{Metric, MetricOf};
pub use scaling::Scaling;
pub use service::{Service, ServiceHandle};
pub use size::Size;
pub use source::{Ecr, GitHub, Runtime, Source};
