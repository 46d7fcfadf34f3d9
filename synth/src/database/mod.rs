//! Amazon RDS: databases of PostgreSQL.

mod check;
mod password;
mod postgres;
mod storage;
mod window;

pub use password::{GeneratedPassword, GeneratedPasswordHandle, Password};
pub use postgres::{Availability, Postgres, PostgresHandle};
pub use storage::Storage;
