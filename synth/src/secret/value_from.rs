//! What containers read the values of environment variables from.

use synth_core::{Grant, Of, Ref, Text};

use super::json::{self, SecretKey};
use super::{SecretHandle, grant_read};
use crate::iam::Principal;
use crate::parameter::{self, ParameterHandle, ParameterTreeHandle};

/// Where the value of an environment variable is read from when a container starts; ECS and App Runner call it
/// `valueFrom`. The container's configuration holds an ARN, not the value.
#[derive(Clone, Debug)]
pub enum ValueFrom {
    /// A whole secret.
    Secret(Of<SecretHandle>),
    /// One key of a secret that holds a JSON object.
    Key(Of<SecretHandle>, Text),
    /// A parameter.
    Parameter(Of<ParameterHandle>),
    /// A parameter of a tree, by the name of its environment variable.
    OfTree(Of<ParameterTreeHandle>, Text),
}

impl From<SecretHandle> for ValueFrom {
    fn from(secret: SecretHandle) -> Self {
        ValueFrom::Secret(secret.into())
    }
}

impl From<SecretKey> for ValueFrom {
    fn from(key: SecretKey) -> Self {
        ValueFrom::Key(key.secret.into(), key.name.into())
    }
}

impl From<ParameterHandle> for ValueFrom {
    fn from(parameter: ParameterHandle) -> Self {
        ValueFrom::Parameter(parameter.into())
    }
}

impl ValueFrom {
    /// The ARN as a container's configuration holds it, with `:key::` behind it where one key is read.
    pub fn arn(&self) -> Ref<String> {
        match self {
            ValueFrom::Secret(secret) => secret.export("arn"),
            ValueFrom::Key(secret, key) => secret.export(json::attribute(key)),
            ValueFrom::Parameter(parameter) => parameter.export("arn"),
            ValueFrom::OfTree(tree, variable) => tree.export(parameter::attribute(variable)),
        }
    }

    /// Lets a principal read the value. Of a secret it is the whole, whichever key is read.
    pub fn grant_read(&self, principal: &impl Principal) -> Grant {
        match self {
            ValueFrom::Secret(secret) | ValueFrom::Key(secret, _) => grant_read(secret, principal),
            ValueFrom::Parameter(_) | ValueFrom::OfTree(..) => parameter::grant_read(self.arn(), principal),
        }
    }
}

#[cfg(feature = "documents")]
mod document {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use serde::{Deserialize, Deserializer};

    use super::{Of, ValueFrom};

    impl<'de> Deserialize<'de> for ValueFrom {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let text = String::deserialize(deserializer)?;
            Ok(match text.split_once('.') {
                Some((secret, key)) => ValueFrom::Key(Of::Named(secret.into()), key.into()),
                None => ValueFrom::Secret(Of::Named(text.into())),
            })
        }
    }

    impl JsonSchema for ValueFrom {
        fn schema_name() -> Cow<'static, str> {
            "ValueFrom".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({
                "type": "string",
                "description": "The name of a secret of this stack, or of one of its keys: `database.password`."
            })
        }
    }
}
