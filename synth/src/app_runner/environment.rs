//! What an application sees of its environment.

use std::collections::BTreeMap;

use synth_core::{Expression, Handle as _, Known, Map, Of, Problem, Scope, Term, Value};

use crate::database::PostgresHandle;
use crate::iam::Principal;
use crate::parameter::{self, ParameterHandle, ParameterTreeHandle};
use crate::secret::{SecretHandle, ValueFrom};

/// Values, or ARNs, by the variables' names.
type Variables = Value<Map<String>>;

/// Environment variables: values that everybody may see, and those that are read when an instance starts.
#[derive(Debug)]
pub(super) struct Environment {
    plain: BTreeMap<String, Value<String>>,
    read: BTreeMap<String, ValueFrom>,
}

impl Environment {
    /// Says what App Runner would not take, and what would not reach the application as it is meant.
    pub(super) fn checked(
        plain: BTreeMap<String, Value<String>>,
        secrets: BTreeMap<String, ValueFrom>,
        parameters: BTreeMap<String, Of<ParameterHandle>>,
        trees: Vec<Of<ParameterTreeHandle>>,
        scope: &mut Scope<'_>,
    ) -> Self {
        let single = parameters.into_iter().map(|(name, parameter)| (name, ValueFrom::Parameter(parameter)));
        let mut read = secrets;
        let found: Vec<(String, ValueFrom)> = trees.iter().flat_map(|tree| of_tree(tree, scope)).collect();
        for (name, from) in single.chain(found) {
            if read.insert(name.clone(), from).is_some() {
                twice(&name, scope);
            }
        }
        for name in plain.keys().chain(read.keys()) {
            check_name(name, scope);
        }
        for (name, value) in &plain {
            if read.contains_key(name) {
                twice(name, scope);
            }
            if name.ends_with("URL") && is_endpoint_of_a_database(value, scope) {
                scope.refuse(
                    Problem::new(format!("the environment variable `{name}` would hold a host and a port, not a URL"))
                        .at(format!("/environment/{name}"))
                        .help("keep `database.connection_string(password)` in a secret, and read that under `secrets`"),
                );
            }
            if is_arn_of_a_secret(value, scope) {
                scope.refuse(
                    Problem::new(format!("the environment variable `{name}` would hold an ARN, not the secret"))
                        .at(format!("/environment/{name}"))
                        .help("put it under `secrets` or `parameters`: App Runner reads the value when an instance starts")
                        .source("AWS App Runner Developer Guide, \"Referencing environment variables\""),
                );
            }
        }
        Environment { plain, read }
    }

    /// Lets the instances read what they need.
    pub(super) fn grant_read(&self, instance: &impl Principal, scope: &mut Scope<'_>) {
        for from in self.read.values() {
            scope.grant(from.grant_read(instance));
        }
    }

    /// The plain variables, and the ARNs of the others; what there is none of is not written.
    pub(super) fn into_maps(self) -> (Option<Variables>, Option<Variables>) {
        let plain = (!self.plain.is_empty()).then(|| self.plain.into());
        let read = (!self.read.is_empty())
            .then(|| self.read.into_iter().map(|(name, from)| (name, from.arn())).collect());
        (plain, read)
    }
}

/// The variables of a tree that was added before.
fn of_tree(tree: &Of<ParameterTreeHandle>, scope: &mut Scope<'_>) -> Vec<(String, ValueFrom)> {
    let Some(node) = scope.look().find(scope.node(), tree) else {
        let Of::Named(name) = tree else { return Vec::new() };
        let problem = Problem::new(format!("there is no parameter tree named `{name}`"));
        scope.refuse(problem.excerpt(name.as_ref()));
        return Vec::new();
    };
    let variables = scope.look().offered(node, parameter::GROUP);
    let read = |variable: String| {
        let from = ValueFrom::OfTree(tree.clone(), variable.as_str().into());
        (variable, from)
    };
    variables.into_iter().map(read).collect()
}

fn twice(name: &str, scope: &mut Scope<'_>) {
    scope.refuse(
        Problem::new(format!("the environment variable `{name}` is given twice"))
            .at(format!("/environment/{name}"))
            .help("keep it where it is secret, and take it out of the other place"),
    );
}

fn check_name(name: &str, scope: &mut Scope<'_>) {
    if name.starts_with("AWSAPPRUNNER") || name == "PORT" {
        scope.refuse(
            Problem::new(format!("the environment variable `{name}` is App Runner's own"))
                .help("names must not be `PORT`, nor begin with `AWSAPPRUNNER`")
                .source("AWS App Runner API Reference, \"CodeConfigurationValues\": RuntimeEnvironmentVariables; AWS App Runner Developer Guide, \"Managing your environment variables\""),
        );
    }
}

/// Whether an application would get an address without scheme, user, password and database.
fn is_endpoint_of_a_database(value: &Value<String>, scope: &Scope<'_>) -> bool {
    let Term::Expression(Expression::Export { of, attribute }) = value.term() else { return false };
    &**attribute == "endpoint" && scope.look().kind_at(scope.node(), of) == Some(PostgresHandle::KIND)
}

/// Whether an application would get the name of a secret instead of the secret.
fn is_arn_of_a_secret(value: &Value<String>, scope: &Scope<'_>) -> bool {
    if let Known::Is(text) = value.known() {
        return ["arn:aws:secretsmanager:", "arn:aws:ssm:"].iter().any(|start| text.starts_with(start));
    }
    let Term::Expression(Expression::Export { of, attribute }) = value.term() else { return false };
    let kinds = [SecretHandle::KIND, ParameterHandle::KIND, ParameterTreeHandle::KIND];
    let is_secret = scope.look().kind_at(scope.node(), of).is_some_and(|kind| kinds.contains(&kind));
    is_secret && (&**attribute == "arn" || attribute.contains('/'))
}
