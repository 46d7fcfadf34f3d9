//! Parameters under one path, each the value of an environment variable.

use std::collections::BTreeMap;

use synth_core::{Construct, Grant, Handle, IntoWriteOnly, Known, NodeId, Of, Place, Problem, Ref, Value};

use super::name;
use super::single::{Parameter, first_version, grant_read};
use crate::iam::Principal;
use crate::secret::PlainOrSecret;

/// The group of what a tree offers: the ARN of each parameter, by its environment variable.
pub(crate) const GROUP: &str = "variable";

/// The attribute under which a tree offers the ARN of a variable's parameter.
pub(crate) fn attribute(variable: &str) -> String {
    format!("{GROUP}/{variable}")
}

/// An application's configuration in the Parameter Store: the parameters under one path. `backend-server-url` is the value
/// of the environment variable `BACKEND_SERVER_URL`.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields)
)]
pub struct ParameterTree {
    /// The path, without a `/` at its end: `/shop/production`.
    path: Value<String>,
    /// The parameters by their names under the path.
    parameters: BTreeMap<String, PlainOrSecret>,
    /// The version of the secret values: raise it to send them again.
    #[cfg_attr(feature = "documents", serde(default = "first_version"))]
    value_version: u32,
}

impl ParameterTree {
    /// The parameters under a path without a `/` at its end: `/shop/production`.
    pub fn under(path: impl Into<Value<String>>) -> Self {
        ParameterTree { path: path.into(), parameters: BTreeMap::new(), value_version: first_version() }
    }

    /// A parameter whose value everybody with the right to read it may see.
    #[must_use]
    pub fn plain(mut self, name: &str, value: impl Into<Value<String>>) -> Self {
        self.parameters.insert(name.to_owned(), PlainOrSecret::Plain(value.into()));
        self
    }

    /// A parameter whose value is encrypted: a sensitive or ephemeral variable, or another sensitive value.
    #[must_use]
    pub fn secret(mut self, name: &str, value: impl IntoWriteOnly<String>) -> Self {
        self.parameters.insert(name.to_owned(), PlainOrSecret::Secret(value.into_write_only()));
        self
    }

    /// The version of the secret values: raise it to send them again.
    #[must_use]
    pub fn value_version(mut self, version: u32) -> Self {
        self.value_version = version;
        self
    }

    /// Each parameter's variable, or what keeps it from having one of its own.
    fn variables(&self) -> (Vec<String>, Vec<Problem>) {
        let mut of: BTreeMap<String, &str> = BTreeMap::new();
        let mut problems = Vec::new();
        for parameter in self.parameters.keys() {
            let variable = name::variable(parameter);
            let at = |problem: Problem| problem.at(format!("/parameters/{parameter}"));
            if variable.starts_with(|c: char| c.is_ascii_digit()) {
                let problem = Problem::new(format!("`{variable}` cannot be an environment variable"));
                problems.push(at(problem).help("begin the parameter's name with a letter"));
            }
            if let Some(other) = of.insert(variable.clone(), parameter) {
                let message =
                    format!("`{other}` and `{parameter}` are both the environment variable `{variable}`");
                problems.push(at(Problem::new(message)).help("rename one of them"));
            }
        }
        (self.parameters.keys().map(|parameter| name::variable(parameter)).collect(), problems)
    }
}

impl Construct for ParameterTree {
    type Handle = ParameterTreeHandle;

    fn build(self, place: Place<'_, '_>) -> ParameterTreeHandle {
        let mut scope = place.construct(ParameterTreeHandle::KIND);
        let (variables, problems) = self.variables();
        problems.into_iter().for_each(|problem| scope.refuse(problem));
        match self.path.known() {
            Known::Is(path) if !path.starts_with('/') || path.ends_with('/') => {
                let problem = Problem::new("a path begins with `/`, and does not end with one").at("/path");
                scope.refuse(problem.help("write it as in `/shop/production`"));
            }
            Known::Is(path) => name::refuse(path, "/path", &mut scope),
            // It is the beginning of each parameter's name, which has a condition.
            Known::Later => {}
        }
        for ((parameter, value), variable) in self.parameters.into_iter().zip(variables) {
            let property = format!("/parameters/{parameter}");
            let name = self.path.clone() + "/" + parameter.as_str();
            let conditions = name::check(&name, &property, &mut scope);
            let resource = Parameter { name, value, value_version: self.value_version };
            let resource = resource.resource(&format!("{property}/plain"), &mut scope);
            let resource = scope.add(parameter, conditions.on(resource));
            scope.export(attribute(&variable), resource.arn());
        }
        scope.export("path", self.path);
        ParameterTreeHandle(scope.node())
    }
}

/// The parameters under a path of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParameterTreeHandle(NodeId);

impl Handle for ParameterTreeHandle {
    const KIND: &'static str = "parameter_tree";

    fn node(self) -> NodeId {
        self.0
    }
}

impl ParameterTreeHandle {
    /// The path.
    pub fn path(self) -> Ref<String> {
        Of::Handle(self).export("path")
    }

    /// The ARN of the parameter of an environment variable: `BACKEND_SERVER_URL`.
    pub fn arn_of(self, variable: &str) -> Ref<String> {
        Of::Handle(self).export(attribute(variable))
    }

    /// Lets a principal read the parameter of an environment variable.
    pub fn grant_read(self, variable: &str, principal: &impl Principal) -> Grant {
        grant_read(self.arn_of(variable), principal)
    }
}
