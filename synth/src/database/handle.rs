//! What others refer to of a database.

use synth_core::{Ephemeral, Handle, NodeId, Number, Of, Ref, text};

use super::metric::Metrics;
use super::password::GeneratedPasswordHandle;

/// A database of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostgresHandle(pub(super) NodeId);

impl Handle for PostgresHandle {
    const KIND: &'static str = "postgres";

    fn node(self) -> NodeId {
        self.0
    }
}

impl PostgresHandle {
    /// The instance's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }

    /// The instance's identifier.
    pub fn id(self) -> Ref<String> {
        Of::Handle(self).export("id")
    }

    /// The name under which it answers.
    pub fn host(self) -> Ref<String> {
        Of::Handle(self).export("host")
    }

    /// The port on which it answers.
    pub fn port(self) -> Ref<Number> {
        Of::Handle(self).export("port")
    }

    /// Host and port: `HOST:PORT`.
    pub fn endpoint(self) -> Ref<String> {
        Of::Handle(self).export("endpoint")
    }

    /// The first user's name.
    pub fn username(self) -> Ref<String> {
        Of::Handle(self).export("username")
    }

    /// The database inside of it that was asked for, or else `postgres`.
    pub fn database(self) -> Ref<String> {
        Of::Handle(self).export("database")
    }

    /// The ARN of the secret in which RDS keeps the password: only with
    /// [`Password::kept_by_rds`](super::Password::kept_by_rds).
    pub fn secret_arn(self) -> Ref<String> {
        Of::Handle(self).export("secret_arn")
    }

    /// The instance's metrics, for alarms.
    pub fn metrics(self) -> Metrics {
        Metrics::of(self.id())
    }

    /// How applications connect: `postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=require`, for a secret that
    /// keeps it.
    pub fn connection_string(self, password: GeneratedPasswordHandle) -> Ephemeral<String> {
        let (user, host, port, database) = (self.username(), self.host(), self.port(), self.database());
        password.value().map(|password| {
            text!("postgres://{}:{}@{}:{}/{}?sslmode=require", user, password, host, port, database)
        })
    }
}
