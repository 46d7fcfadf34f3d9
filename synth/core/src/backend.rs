//! Where a stack keeps its state.

use crate::block::Body;
use crate::scope::{Place, Scope};
use crate::term::Term;
use crate::tree::{Element, ElementKind, THIS};

/// Terraform's backend `s3` ("Backend Type: s3"). Terraform evaluates no expressions in it: all is literal.
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

impl Scope<'_> {
    /// Keeps the stack's state in S3, encrypted at rest.
    #[track_caller]
    pub fn backend(&mut self, backend: S3Backend) {
        let literal = |text: String| Term::Verbatim(Box::new(Term::text(text)));
        let mut body = Body::new();
        body.set("bucket", literal(backend.bucket));
        body.set("encrypt", Term::Bool(true));
        body.set("key", literal(backend.key));
        body.set("region", literal(backend.region));
        if let Some(table) = backend.dynamodb_table {
            body.set("dynamodb_table", literal(table));
        }
        if backend.use_lockfile {
            body.set("use_lockfile", Term::Bool(true));
        }
        let origin = self.caller_or_construct();
        Place { scope: self, id: THIS, origin }.element(Element::new(ElementKind::Backend, "s3", body));
    }
}
