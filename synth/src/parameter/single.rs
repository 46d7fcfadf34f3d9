//! A parameter of AWS Systems Manager.

use synth_aws::ssm;
use synth_core::{
    Construct, Grant, Handle, IntoWriteOnly, Known, NodeId, Of, Place, Problem, Ref, Scope, THIS, Value,
};

use super::name;
use crate::iam::Principal;
use crate::secret::PlainOrSecret;

/// The characters of a standard parameter's value (AWS Systems Manager API Reference, "PutParameter": Value).
const LONGEST: usize = 4096;

/// A value of the Parameter Store. A secret one is encrypted, sent to AWS, and kept in neither the configuration nor the
/// state.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields)
)]
pub struct Parameter {
    /// The parameter's name, with `/` before each level: `/shop/log-level`.
    pub(super) name: Value<String>,
    /// The value.
    pub(super) value: PlainOrSecret,
    /// The version of a secret value: raise it to send the value again.
    #[cfg_attr(feature = "documents", serde(default = "super::single::first_version"))]
    pub(super) value_version: u32,
}

pub(super) fn first_version() -> u32 {
    1
}

impl Parameter {
    /// A parameter whose value everybody with the right to read it may see.
    pub fn plain(name: impl Into<Value<String>>, value: impl Into<Value<String>>) -> Self {
        Parameter {
            name: name.into(),
            value: PlainOrSecret::Plain(value.into()),
            value_version: first_version(),
        }
    }

    /// A parameter whose value is encrypted: a sensitive or ephemeral variable, or another sensitive value.
    pub fn secret(name: impl Into<Value<String>>, value: impl IntoWriteOnly<String>) -> Self {
        let value = PlainOrSecret::Secret(value.into_write_only());
        Parameter { name: name.into(), value, value_version: first_version() }
    }

    /// The version of a secret value: raise it to send the value again.
    #[must_use]
    pub fn value_version(mut self, version: u32) -> Self {
        self.value_version = version;
        self
    }

    /// The resource, after a look at what AWS would refuse of the value at `property`.
    pub(super) fn resource(self, property: &str, scope: &mut Scope<'_>) -> ssm::Parameter {
        let parameter = ssm::Parameter::new().name(self.name);
        match self.value {
            PlainOrSecret::Secret(value) => {
                parameter.type_("SecureString").value_wo(value).value_wo_version(self.value_version)
            }
            PlainOrSecret::Plain(value) => {
                check_value(&value, property, scope);
                parameter.type_("String").insecure_value(value)
            }
        }
    }
}

fn check_value(value: &Value<String>, property: &str, scope: &mut Scope<'_>) {
    let Known::Is(value) = value.known() else { return };
    let length = value.chars().count();
    if !(1..=LONGEST).contains(&length) {
        scope.refuse(
            Problem::new(format!("a parameter's value cannot have {length} characters"))
                .at(property)
                .help(format!("write 1 to {LONGEST}"))
                .source("AWS Systems Manager API Reference, \"PutParameter\": Value"),
        );
    }
}

impl Construct for Parameter {
    type Handle = ParameterHandle;

    fn build(self, place: Place<'_, '_>) -> ParameterHandle {
        let mut scope = place.construct(ParameterHandle::KIND);
        let conditions = name::check(&self.name, "/name", &mut scope);
        let parameter = self.resource("/value/plain", &mut scope);
        let parameter = scope.add(THIS, conditions.on(parameter));
        scope.export("arn", parameter.arn());
        scope.export("name", parameter.name());
        ParameterHandle(scope.node())
    }
}

/// A parameter of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParameterHandle(NodeId);

impl Handle for ParameterHandle {
    const KIND: &'static str = "parameter";

    fn node(self) -> NodeId {
        self.0
    }
}

impl ParameterHandle {
    /// The parameter's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }

    /// The parameter's name.
    pub fn name(self) -> Ref<String> {
        Of::Handle(self).export("name")
    }

    /// Lets a principal read the value.
    pub fn grant_read(self, principal: &impl Principal) -> Grant {
        grant_read(self.arn(), principal)
    }
}

/// Lets a principal read parameters. Secret ones are encrypted with AWS's own key for parameters, which lets everybody
/// decrypt who may read them (AWS Systems Manager User Guide, "Restricting access to Parameter Store parameters using IAM
/// policies").
pub(crate) fn grant_read(arn: Ref<String>, principal: &impl Principal) -> Grant {
    Grant::new(principal.principal(), ["ssm:GetParameter", "ssm:GetParameters"], [arn])
}
