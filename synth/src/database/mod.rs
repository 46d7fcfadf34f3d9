//! Amazon RDS: databases of PostgreSQL.

mod check;
mod handle;
mod metric;
mod password;
mod postgres;
mod storage;
mod window;

pub use handle::PostgresHandle;
pub use metric::{Metric, MetricOf, Metrics};
pub use password::{GeneratedPassword, GeneratedPasswordHandle, Password};
pub use postgres::{Availability, Postgres};
pub use storage::Storage;
