//! A secret of several values: a JSON object whose keys are handles.

use std::collections::BTreeMap;

use synth_core::{
    Construct, Handle as _, IntoWriteOnly, NodeId, Place, Problem, Scope, Term, Value, WriteOnly, functions,
};

use super::{PlainOrSecret, Secret, SecretHandle};

/// A secret that holds a JSON object: see [`Secret::json`].
#[derive(Clone, Debug)]
pub struct JsonSecret<F> {
    secret: Secret,
    keys: F,
}

impl Secret {
    /// Holds a JSON object instead of one text. What `keys` returns comes back beside the secret's handle, so that
    /// others refer to keys that are there:
    ///
    /// ```
    /// # use synth::{App, Secret, Variable};
    /// # let mut app = App::new();
    /// # let mut stack = app.stack("shop");
    /// # let password = stack.add("password", Variable::<String>::new().ephemeral());
    /// struct Login {
    ///     user: synth::SecretKey,
    ///     password: synth::SecretKey,
    /// }
    ///
    /// let secret = Secret::new("shop/database").json(|keys| Login {
    ///     user: keys.plain("user", "shop"),
    ///     password: keys.add("password", password),
    /// });
    /// let (secret, login) = stack.add("database", secret);
    /// # let _ = (secret, login.user, login.password);
    /// ```
    ///
    /// A key that the secret has not does not compile:
    ///
    /// ```compile_fail,E0609
    /// # use synth::{App, Secret};
    /// # let mut app = App::new();
    /// # let mut stack = app.stack("shop");
    /// # struct Login {
    /// #     user: synth::SecretKey,
    /// # }
    /// let secret = Secret::new("shop/database").json(|keys| Login { user: keys.plain("user", "shop") });
    /// let (secret, login) = stack.add("database", secret);
    /// login.connection_string;
    /// ```
    pub fn json<K, F: FnOnce(&mut Keys) -> K>(self, keys: F) -> JsonSecret<F> {
        JsonSecret { secret: self, keys }
    }
}

/// The keys of a secret while it is written.
#[derive(Debug)]
pub struct Keys {
    secret: NodeId,
    fields: Vec<(&'static str, PlainOrSecret)>,
}

impl Keys {
    /// A key whose value is a sensitive or ephemeral variable, or another sensitive value.
    pub fn add<T>(&mut self, name: &'static str, value: impl IntoWriteOnly<T>) -> SecretKey {
        self.field(name, PlainOrSecret::Secret(WriteOnly::of(value.into_write_only())))
    }

    /// A key whose value everybody may see: the host beside its password.
    pub fn plain(&mut self, name: &'static str, value: impl Into<Value<String>>) -> SecretKey {
        self.field(name, PlainOrSecret::Plain(value.into()))
    }

    fn field(&mut self, name: &'static str, value: PlainOrSecret) -> SecretKey {
        self.fields.push((name, value));
        SecretKey { secret: SecretHandle(self.secret), name }
    }
}

impl<K, F: FnOnce(&mut Keys) -> K> Construct for JsonSecret<F> {
    type Handle = (SecretHandle, K);

    fn build(self, place: Place<'_, '_>) -> (SecretHandle, K) {
        let mut scope = place.construct(SecretHandle::KIND);
        let mut keys = Keys { secret: scope.node(), fields: Vec::new() };
        let handles = (self.keys)(&mut keys);
        let mut json = BTreeMap::new();
        for (name, field) in keys.fields {
            if json.insert(name.to_owned(), field).is_some() {
                scope.refuse(
                    Problem::new(format!("the key `{name}` is given twice")).at(format!("/json/{name}")),
                );
            }
        }
        let secret = Secret { json, ..self.secret }.write(&mut scope);
        (secret, handles)
    }
}

/// A key of a secret's JSON object: read by containers without the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecretKey {
    pub(crate) secret: SecretHandle,
    pub(crate) name: &'static str,
}

/// What stands behind a secret's ARN where one key is meant: key, version stage and version id, the latter two left
/// to their defaults (Amazon Elastic Container Service Developer Guide, "Pass Secrets Manager secrets through Amazon
/// ECS environment variables"; AWS App Runner Developer Guide, "App Runner configuration file reference": `value-from`).
pub(super) fn value_from(arn: impl Into<Value<String>>, key: &str) -> Value<String> {
    arn.into() + format!(":{key}::")
}

/// The attribute under which a secret offers a key's `valueFrom`.
pub(crate) fn attribute(key: &str) -> String {
    format!("key/{key}")
}

pub(super) fn check(json: &BTreeMap<String, PlainOrSecret>, scope: &mut Scope<'_>) {
    for key in json.keys().filter(|key| key.is_empty() || key.contains(':')) {
        scope.refuse(
            Problem::new(format!("`{key}` cannot be a key that containers read"))
                .at(format!("/json/{key}"))
                .help("write a name without `:`, which separates a key from the secret's ARN")
                .source("Amazon Elastic Container Service API Reference, \"Secret\": valueFrom"),
        );
    }
}

/// The object as text.
pub(super) fn text(json: BTreeMap<String, PlainOrSecret>) -> WriteOnly<String> {
    let value = |field| match field {
        PlainOrSecret::Secret(value) => value.into_term(),
        PlainOrSecret::Plain(value) => value.into_term(),
    };
    let fields = json.into_iter().map(|(name, field)| (name.into(), value(field))).collect();
    WriteOnly::of(functions::jsonencode(Term::Object(fields)))
}
