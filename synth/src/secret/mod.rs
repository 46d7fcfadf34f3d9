//! A secret of AWS Secrets Manager.

mod json;
mod plain;
mod value_from;

use std::collections::BTreeMap;

use synth_aws::secretsmanager;
use synth_core::{
    Construct, Grant, Handle, IntoWriteOnly, NodeId, Number, Of, Place, Problem, Ref, Scope, THIS, Value,
    WriteOnly,
};

use crate::iam::Principal;
use crate::limit::{Limit, Numbers, Preconditions};
pub use json::{JsonSecret, Keys, SecretKey};
pub(crate) use plain::PlainOrSecret;
pub use value_from::ValueFrom;

/// A secret whose value is sent to AWS and kept in neither the configuration nor the state.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields)
)]
pub struct Secret {
    /// The secret's name, with `/` to group: `shop/database`.
    name: Value<String>,
    /// What the secret is for.
    #[cfg_attr(feature = "documents", serde(default))]
    description: Option<Value<String>>,
    /// The value: a sensitive or ephemeral variable. Without one, the value is set outside of Terraform.
    #[cfg_attr(feature = "documents", serde(default))]
    value: Option<WriteOnly<String>>,
    /// A JSON object instead of one value: containers can read its keys one by one.
    #[cfg_attr(feature = "documents", serde(default))]
    json: BTreeMap<String, PlainOrSecret>,
    /// The value's version: raise it to send the value again.
    #[cfg_attr(feature = "documents", serde(default = "first_version"))]
    value_version: u32,
    /// Days for which a destroyed secret can be restored: 7 to 30, or 0 to delete it at once.
    #[cfg_attr(feature = "documents", serde(default = "longest_recovery"))]
    recovery_days: Value<Number>,
}

fn first_version() -> u32 {
    1
}

/// The service's own default ("DeleteSecret", AWS Secrets Manager API Reference).
fn longest_recovery() -> Value<Number> {
    30.into()
}

impl Secret {
    /// A secret of that name, without a value yet.
    pub fn new(name: impl Into<Value<String>>) -> Self {
        Secret {
            name: name.into(),
            description: None,
            value: None,
            json: BTreeMap::new(),
            value_version: first_version(),
            recovery_days: longest_recovery(),
        }
    }

    /// What the secret is for.
    #[must_use]
    pub fn description(mut self, description: impl Into<Value<String>>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// The value: a sensitive or ephemeral variable, or another sensitive value.
    #[must_use]
    pub fn value(mut self, value: impl IntoWriteOnly<String>) -> Self {
        self.value = Some(value.into_write_only());
        self
    }

    /// The value's version: raise it to send the value again.
    #[must_use]
    pub fn value_version(mut self, version: u32) -> Self {
        self.value_version = version;
        self
    }

    /// Days for which a destroyed secret can be restored: 7 to 30, or 0 to delete it at once.
    #[must_use]
    pub fn recovery_days(mut self, days: impl Into<Value<Number>>) -> Self {
        self.recovery_days = days.into();
        self
    }

    fn check(&self, scope: &mut Scope<'_>) -> Preconditions {
        let limit = Limit {
            property: "/recovery_days",
            what: "the days for which a secret can be restored",
            source: "AWS Secrets Manager API Reference, \"DeleteSecret\"",
        };
        let accepted = Numbers::RangeOrZero(7..=30, "to delete it at once");
        let conditions = limit.number(scope, &self.recovery_days, &accepted, |days| {
            format!("a secret cannot be recoverable for {days} days")
        });
        if self.value.is_some() && !self.json.is_empty() {
            scope.refuse(
                Problem::new("a secret holds one value, or a JSON object")
                    .at("/json")
                    .help("make the value one of the object's keys"),
            );
        }
        json::check(&self.json, scope);
        conditions
    }

    fn write(self, scope: &mut Scope<'_>) -> SecretHandle {
        let conditions = self.check(scope);
        let mut secret =
            secretsmanager::Secret::new().name(self.name).recovery_window_in_days(self.recovery_days);
        if let Some(description) = self.description {
            secret = secret.description(description);
        }
        let secret = scope.add(THIS, conditions.on(secret));
        scope.export("arn", secret.arn());
        scope.export("name", secret.name());
        for key in self.json.keys() {
            scope.export(json::attribute(key), json::value_from(secret.arn(), key));
        }
        let value = if self.json.is_empty() { self.value } else { Some(json::text(self.json)) };
        if let Some(value) = value {
            let version = secretsmanager::SecretVersion::new()
                .secret_id(secret.id())
                .secret_string_wo(value)
                .secret_string_wo_version(self.value_version);
            scope.add(THIS, version);
        }
        SecretHandle(scope.node())
    }
}

impl Construct for Secret {
    type Handle = SecretHandle;

    fn build(self, place: Place<'_, '_>) -> SecretHandle {
        self.write(&mut place.construct(SecretHandle::KIND))
    }
}

/// A secret of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecretHandle(NodeId);

impl Handle for SecretHandle {
    const KIND: &'static str = "secret";

    fn node(self) -> NodeId {
        self.0
    }
}

impl SecretHandle {
    /// The secret's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }

    /// The secret's name.
    pub fn name(self) -> Ref<String> {
        Of::Handle(self).export("name")
    }

    /// Lets a principal read the secret's value.
    pub fn grant_read(self, principal: &impl Principal) -> Grant {
        grant_read(&Of::Handle(self), principal)
    }
}

/// Lets a principal read the value of one secret.
pub(crate) fn grant_read(secret: &Of<SecretHandle>, principal: &impl Principal) -> Grant {
    Grant::new(principal.principal(), ["secretsmanager:GetSecretValue"], [secret.export::<String>("arn")])
}
