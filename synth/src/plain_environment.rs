//! Environment variables that everybody may see, of whatever runs an application: what would not reach the application as
//! it is meant.

use std::collections::BTreeMap;

use synth_core::{Expression, Handle as _, Known, Problem, Scope, Term, Value};

use crate::database::PostgresHandle;
use crate::parameter::{ParameterHandle, ParameterTreeHandle};
use crate::secret::{SecretHandle, ValueFrom};

/// How a service has secrets read instead.
pub(crate) struct Secrets {
    /// What to do with the ARN of one.
    pub(crate) instead: &'static str,
    /// Where AWS says so.
    pub(crate) source: &'static str,
}

/// Refuses variables that are `read` from secrets too, addresses of databases where a URL is meant, and ARNs where secrets
/// are meant.
pub(crate) fn check(
    plain: &BTreeMap<String, Value<String>>,
    read: &BTreeMap<String, ValueFrom>,
    secrets: &Secrets,
    scope: &mut Scope<'_>,
) {
    for (name, value) in plain {
        if read.contains_key(name) {
            refuse_second(name, scope);
        }
        if name.ends_with("URL") && is_endpoint_of_a_database(value, scope) {
            scope.refuse(
                Problem::new(format!(
                    "the environment variable `{name}` would hold a host and a port, not a URL"
                ))
                .at(format!("/environment/{name}"))
                .help(
                    "keep `database.connection_string(password)` in a secret, and read that under `secrets`",
                ),
            );
        }
        if is_arn_of_a_secret(value, scope) {
            scope.refuse(
                Problem::new(format!("the environment variable `{name}` would hold an ARN, not the secret"))
                    .at(format!("/environment/{name}"))
                    .help(secrets.instead)
                    .source(secrets.source),
            );
        }
    }
}

/// Refuses a variable that has two values.
pub(crate) fn refuse_second(name: &str, scope: &mut Scope<'_>) {
    scope.refuse(
        Problem::new(format!("the environment variable `{name}` is given twice"))
            .at(format!("/environment/{name}"))
            .help("keep it where it is secret, and take it out of the other place"),
    );
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
