//! A container of a task.

use std::collections::BTreeMap;

use synth_core::{Of, Problem, Ref, Scope, Term, Text, Value};

use super::health_check::HealthCheck;
use super::image::Image;
use super::name::check_name;
use crate::log_group::LogGroupHandle;
use crate::plain_environment::{self, Secrets};
use crate::secret::{SecretHandle, ValueFrom};

const SECRETS: Secrets = Secrets {
    instead: "give it as a secret: ECS reads the value when a task starts",
    source: "Amazon ECS Developer Guide, \"Pass sensitive data to an Amazon ECS container\"",
};

/// A container: an image with its ports, its environment and its secrets. It is essential: where it ends, its task ends
/// and another one is started.
#[derive(Clone, Debug)]
pub struct Container {
    name: Value<String>,
    pub(super) image: Image,
    pub(super) ports: Vec<u16>,
    command: Vec<Value<String>>,
    environment: BTreeMap<String, Value<String>>,
    pub(super) secrets: BTreeMap<String, ValueFrom>,
    health_check: Option<HealthCheck>,
    others: BTreeMap<&'static str, Term>,
}

impl Container {
    /// A container of a name, unique in its task.
    pub fn new(name: impl Into<Value<String>>, image: Image) -> Self {
        Container {
            name: name.into(),
            image,
            ports: Vec::new(),
            command: Vec::new(),
            environment: BTreeMap::new(),
            secrets: BTreeMap::new(),
            health_check: None,
            others: BTreeMap::new(),
        }
    }

    /// A port of TCP on which it listens.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.ports.push(port);
        self
    }

    /// What it runs instead of the image's own command.
    #[must_use]
    pub fn command<V: Into<Value<String>>>(mut self, words: impl IntoIterator<Item = V>) -> Self {
        self.command = words.into_iter().map(Into::into).collect();
        self
    }

    /// An environment variable that everybody may see.
    #[must_use]
    pub fn environment(mut self, name: &str, value: impl Into<Value<String>>) -> Self {
        self.environment.insert(name.to_owned(), value.into());
        self
    }

    /// An environment variable whose value is read from a secret, or from one of its keys, when a task starts. The
    /// service's execution role may read the secret.
    #[must_use]
    pub fn secret(mut self, name: &str, from: impl Into<ValueFrom>) -> Self {
        self.secrets.insert(name.to_owned(), from.into());
        self
    }

    /// How ECS finds out whether it is healthy.
    #[must_use]
    pub fn health_check(mut self, check: HealthCheck) -> Self {
        self.health_check = Some(check);
        self
    }

    /// Any other part of its definition, as the API names it: `ulimits`, `readonlyRootFilesystem` (Amazon ECS API
    /// Reference, "ContainerDefinition").
    #[must_use]
    pub fn set(mut self, name: &'static str, value: impl Into<Term>) -> Self {
        self.others.insert(name, value.into());
        self
    }

    pub(super) fn name(&self) -> &Value<String> {
        &self.name
    }

    /// The secrets whose values must be there before a task starts.
    pub(super) fn reads(&self) -> impl Iterator<Item = SecretHandle> {
        let given = self.secrets.values().filter_map(|from| match from {
            ValueFrom::Secret(Of::Handle(secret)) | ValueFrom::Key(Of::Handle(secret), _) => Some(*secret),
            // Names stand in stack files, which have no containers.
            ValueFrom::Secret(Of::Named(_)) | ValueFrom::Key(Of::Named(_), _) => None,
            // A parameter is made with its value.
            ValueFrom::Parameter(_) | ValueFrom::OfTree(..) => None,
        });
        given.chain(self.image.login())
    }

    pub(super) fn check(&self, scope: &mut Scope<'_>) {
        check_name(scope, "a container's", &self.name);
        self.image.check(scope);
        if let Some(check) = &self.health_check {
            check.check(scope);
        }
        if self.ports.contains(&0) {
            scope.refuse(
                Problem::new("a container cannot listen on port 0").at("/ports").help("write 1 to 65535"),
            );
        }
        plain_environment::check(&self.environment, &self.secrets, &SECRETS, scope);
    }

    /// Its definition, with its log written to a group (Amazon ECS API Reference, "ContainerDefinition").
    pub(super) fn term(self, logs: LogGroupHandle, region: Ref<String>) -> Term {
        let log_options = Term::Object(vec![
            ("awslogs-group".into(), logs.name().into_term()),
            ("awslogs-region".into(), region.into_term()),
            ("awslogs-stream-prefix".into(), self.name.clone().into_term()),
        ]);
        let mut fields: BTreeMap<&'static str, Term> = BTreeMap::from([
            ("essential", Term::Bool(true)),
            ("image", self.image.name().clone().into_term()),
            (
                "logConfiguration",
                Term::Object(vec![
                    ("logDriver".into(), Term::text("awslogs")),
                    ("options".into(), log_options),
                ]),
            ),
            ("name", self.name.into_term()),
        ]);
        if let Some(credentials) = self.image.credentials() {
            fields.insert("repositoryCredentials", credentials);
        }
        if !self.ports.is_empty() {
            fields.insert("portMappings", Term::List(self.ports.into_iter().map(port_mapping).collect()));
        }
        if !self.command.is_empty() {
            fields.insert("command", Term::List(self.command.into_iter().map(Value::into_term).collect()));
        }
        if !self.environment.is_empty() {
            let values = self.environment.into_iter().map(|(name, value)| (name, value.into_term()));
            fields.insert("environment", pairs(values.collect(), "value"));
        }
        if !self.secrets.is_empty() {
            let values = self.secrets.into_iter().map(|(name, from)| (name, from.arn().into_term()));
            fields.insert("secrets", pairs(values.collect(), "valueFrom"));
        }
        if let Some(check) = self.health_check {
            fields.insert("healthCheck", check.term());
        }
        fields.extend(self.others);
        Term::Object(fields.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }
}

/// Pairs of a name and a value, as the API has them for environments and secrets.
fn pairs(fields: Vec<(String, Term)>, value_name: &'static str) -> Term {
    let pair = |(name, value)| {
        Term::Object(vec![("name".into(), Term::Text(Text::from(name))), (value_name.into(), value)])
    };
    Term::List(fields.into_iter().map(pair).collect())
}

/// A port of a container. A task has an address of its own, so that its containers' ports are the host's too.
fn port_mapping(port: u16) -> Term {
    let number = Term::Integer(port.into());
    Term::Object(vec![
        ("containerPort".into(), number.clone()),
        ("hostPort".into(), number),
        ("protocol".into(), Term::text("tcp")),
    ])
}
