//! Where a stack keeps its state.

use crate::block::Body;
use crate::id::THIS;
use crate::problem::Problem;
use crate::scope::{Place, Scope};
use crate::term::{Term, Text};
use crate::tree::{Element, ElementKind};
use crate::value::Value;

/// Arguments of backends that hold credentials, each with the environment variable that Terraform reads instead
/// (the pages of the backends).
const CREDENTIALS: [(&str, &str, &str); 14] = [
    ("azurerm", "access_key", "ARM_ACCESS_KEY"),
    ("azurerm", "client_secret", "ARM_CLIENT_SECRET"),
    ("azurerm", "sas_token", "ARM_SAS_TOKEN"),
    ("consul", "access_token", "CONSUL_HTTP_TOKEN"),
    ("consul", "http_auth", "CONSUL_HTTP_AUTH"),
    ("cos", "secret_key", "TENCENTCLOUD_SECRET_KEY"),
    ("gcs", "access_token", "GOOGLE_OAUTH_ACCESS_TOKEN"),
    ("gcs", "credentials", "GOOGLE_CREDENTIALS"),
    ("http", "password", "TF_HTTP_PASSWORD"),
    ("kubernetes", "token", "KUBE_TOKEN"),
    ("oss", "secret_key", "ALICLOUD_SECRET_KEY"),
    ("pg", "conn_str", "PG_CONN_STR"),
    ("s3", "secret_key", "AWS_SECRET_ACCESS_KEY"),
    ("s3", "token", "AWS_SESSION_TOKEN"),
];

/// A backend of Terraform ("Backend block configuration overview"). Terraform evaluates no expressions in it: all is
/// literal, and credentials come from the environment.
#[derive(Clone, Debug)]
pub struct Backend {
    pub(crate) kind: &'static str,
    pub(crate) body: Body,
}

macro_rules! backends {
    ($($(#[$doc:meta])* $name:ident($($argument:ident),*);)*) => {$(
        $(#[$doc])*
        pub fn $name($($argument: impl Into<Text>),*) -> Self {
            let body = Body::new()$(.with(stringify!($argument), literal($argument)))*;
            Backend { kind: stringify!($name), body }
        }
    )*};
}

impl Backend {
    backends! {
        /// A file beside the configuration, or at a path.
        local(path);
        /// A container of Azure Blob Storage.
        azurerm(storage_account_name, container_name, key);
        /// Consul's key-value store.
        consul(path);
        /// A bucket of Tencent Cloud Object Storage.
        cos(bucket, region);
        /// A bucket of Google Cloud Storage.
        gcs(bucket, prefix);
        /// An HTTP server.
        http(address);
        /// A secret of Kubernetes.
        kubernetes(secret_suffix);
        /// A bucket of Alibaba Cloud OSS.
        oss(bucket);
        /// A database of PostgreSQL; its address comes from `PG_CONN_STR`.
        pg();
        /// A workspace of HCP Terraform or Terraform Enterprise, as a backend.
        remote(organization);
    }

    /// A backend of any kind, with no argument yet.
    pub fn of_kind(kind: &'static str) -> Self {
        Backend { kind, body: Body::new() }
    }

    /// Sets another argument.
    #[must_use]
    pub fn set<T>(mut self, argument: &'static str, value: impl Into<Value<T>>) -> Self {
        self.body.set(argument, Term::Verbatim(Box::new(value.into().into_term())));
        self
    }

    /// Sets a nested block: `workspaces` of [`Backend::remote`].
    #[must_use]
    pub fn block(
        mut self,
        name: &'static str,
        arguments: impl IntoIterator<Item = (&'static str, &'static str)>,
    ) -> Self {
        let fill = |body: Body, (name, value): (&'static str, &str)| body.with(name, literal(value));
        self.body.set(name, arguments.into_iter().fold(Body::new(), fill));
        self
    }
}

fn literal(text: impl Into<Text>) -> Term {
    Term::Verbatim(Box::new(Term::Text(text.into())))
}

/// Terraform's backend `s3` ("Backend Type: s3").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields)
)]
pub struct S3Backend {
    /// The bucket that holds the state.
    pub bucket: String,
    /// The state's key in the bucket.
    pub key: String,
    /// The bucket's region.
    pub region: String,
    /// A DynamoDB table with the text key `LockID`, for locking.
    #[cfg_attr(feature = "documents", serde(default))]
    pub dynamodb_table: Option<String>,
    /// Lock by a file beside the state (Terraform 1.10 and later).
    #[cfg_attr(feature = "documents", serde(default))]
    pub use_lockfile: bool,
}

impl From<S3Backend> for Backend {
    /// The state is encrypted at rest.
    fn from(s3: S3Backend) -> Self {
        let mut body = Body::new()
            .with("bucket", literal(s3.bucket))
            .with("encrypt", Term::Bool(true))
            .with("key", literal(s3.key))
            .with("region", literal(s3.region));
        if let Some(table) = s3.dynamodb_table {
            body.set("dynamodb_table", literal(table));
        }
        if s3.use_lockfile {
            body.set("use_lockfile", Term::Bool(true));
        }
        Backend { kind: "s3", body }
    }
}

impl Scope<'_> {
    /// Keeps the stack's state in a backend.
    #[track_caller]
    pub fn backend(&mut self, backend: impl Into<Backend>) {
        let Backend { kind, body } = backend.into();
        for (_, argument, variable) in CREDENTIALS.iter().filter(|(of, ..)| *of == kind) {
            if body.get(argument).is_some() {
                let message =
                    format!("`{argument}` of the backend `{kind}` would hold a credential in plain text");
                self.refuse(
                    Problem::new(message)
                        .help(format!("leave it out, and set `{variable}` where Terraform runs")),
                );
            }
        }
        let origin = self.caller_or_construct();
        Place { scope: self, id: THIS, origin }.element(Element::new(ElementKind::Backend, kind, body));
    }
}
