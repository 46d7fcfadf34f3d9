//! An application that keeps logs.

/// The log group that the application writes to.
pub const LOG_GROUP: &str = "/stranger/orders";
