//! AWS App Runner: services, and the connections to where their source is.

mod connection;
mod deploy;
mod domain;
mod environment;
mod handle;
mod health_check;
mod metric;
mod name;
mod observability;
mod scaling;
mod service;
mod size;
mod source;
mod vpc_connector;

pub use connection::{Connection, ConnectionHandle};
pub(crate) use deploy::{grant_deploy, grant_update};
pub use domain::{CustomDomain, CustomDomainHandle};
pub use handle::ServiceHandle;
pub use health_check::HealthCheck;
pub use metric::{Metric, MetricOf};
pub use scaling::Scaling;
pub use service::Service;
pub use size::Size;
pub use source::{Ecr, GitHub, Image, Runtime, Source};
pub use vpc_connector::{VpcConnector, VpcConnectorHandle};
