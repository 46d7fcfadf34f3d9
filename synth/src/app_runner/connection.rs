//! App Runner's connection to a source code provider.

use synth_aws::apprunner;
use synth_core::{Construct, Handle, NodeId, Of, Place, Ref, THIS, Value};

use super::name;

/// A connection to GitHub. AWS creates it pending: somebody completes the handshake in the console once, and
/// services can use it from then on (AWS App Runner Developer Guide, "Managing App Runner connections").
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields),
    schemars(rename = "AppRunnerConnection")
)]
pub struct Connection {
    /// The connection's name: 4 to 32 letters, digits, `-` and `_`.
    name: Value<String>,
}

impl Connection {
    /// A connection to GitHub.
    pub fn github(name: impl Into<Value<String>>) -> Self {
        Connection { name: name.into() }
    }
}

impl Construct for Connection {
    type Handle = ConnectionHandle;

    fn build(self, place: Place<'_, '_>) -> ConnectionHandle {
        let mut scope = place.construct(ConnectionHandle::KIND);
        let conditions = name::check(&mut scope, "/name", "a connection's name", &self.name, 4..=32);
        let connection = apprunner::Connection::new().connection_name(self.name).provider_type("GITHUB");
        let connection = scope.add(THIS, conditions.on(connection));
        scope.export("arn", connection.arn());
        ConnectionHandle(scope.node())
    }
}

/// A connection of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectionHandle(NodeId);

impl Handle for ConnectionHandle {
    const KIND: &'static str = "app_runner_connection";

    fn node(self) -> NodeId {
        self.0
    }
}

impl ConnectionHandle {
    /// The connection's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }
}
