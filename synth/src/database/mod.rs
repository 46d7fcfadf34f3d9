//! Amazon RDS: databases of PostgreSQL.

mod check;
mod metric;
mod password;
mod postgres;
mod storage;
mod window;

pub use metric::{Metric, MetricOf, Metrics};
pub use password::{GeneratedPassword, GeneratedPasswordHandle, Password};
pub use postgres::{Availability, Postgres, PostgresHandle};
pub use storage::Storage;
