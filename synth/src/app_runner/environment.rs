//! What an application sees of its environment.

use std::collections::BTreeMap;

use synth_core::{Map, Of, Problem, Scope, Value};

use crate::iam::Principal;
use crate::parameter::{self, ParameterHandle, ParameterTreeHandle};
use crate::plain_environment::{self, Secrets, refuse_second};
use crate::secret::ValueFrom;

const SECRETS: Secrets = Secrets {
    instead: "put it under `secrets` or `parameters`: App Runner reads the value when an instance starts",
    source: "AWS App Runner Developer Guide, \"Referencing environment variables\"",
};

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
                refuse_second(&name, scope);
            }
        }
        for name in plain.keys().chain(read.keys()) {
            check_name(name, scope);
        }
        plain_environment::check(&plain, &read, &SECRETS, scope);
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

fn check_name(name: &str, scope: &mut Scope<'_>) {
    if name.starts_with("AWSAPPRUNNER") || name == "PORT" {
        scope.refuse(
            Problem::new(format!("the environment variable `{name}` is App Runner's own"))
                .help("names must not be `PORT`, nor begin with `AWSAPPRUNNER`")
                .source("AWS App Runner API Reference, \"CodeConfigurationValues\": RuntimeEnvironmentVariables; AWS App Runner Developer Guide, \"Managing your environment variables\""),
        );
    }
}
