//! Checks Terraform JSON, of anybody, against provider schemas; terraform is not started.
//!
//! ```text
//!  folders of files               what `terraform providers schema -json` prints
//!    │ json: read, with positions    │ schema: image (once; hashicorp/aws is embedded)
//!    │ overrides: merge              │
//!    ▼                               │
//!  module: declare ─ names, duplicates
//!    │ link ─ which call leads where │   then each module, the called before the caller:
//!    │                               │
//!    ▼                               ▼
//!  elements ─▶ body ─▶ argument, value, dynamic       unknown, missing, too many, wrong type
//!                          │ expression: template
//!                          ▼
//!                 infer ─▶ reference                  undeclared, no such attribute, misplaced
//!    │ edges, ports                inputs ◀─ interface, of each module that is called
//!    ▼
//!  cycles ─▶ report: line, column, JSON pointer, address
//! ```
//!
//! ```
//! use synth_check::{Schemas, Source, check};
//!
//! let text = r#"{"resource": {"aws_s3_bucket": {"logs": {"buckett": "logs"}}}}"#;
//! let report = check(&[Source { name: "main.tf.json", text }], &Schemas::embedded());
//! assert_eq!(report.findings[0].help.as_deref(), Some("did you mean `bucket`?"));
//! assert_eq!(report.findings[0].place.column, 42);
//! ```

mod argument;
mod blocks;
mod body;
mod call;
mod check;
mod constraint;
mod context;
mod convert;
mod cycles;
mod dynamic;
mod elements;
mod expression;
mod files;
mod finding;
mod folder;
mod grammar;
mod infer;
mod inferred;
mod inputs;
mod interface;
mod json;
mod link;
mod locate;
mod module;
mod overrides;
mod ports;
mod providers;
mod quick;
mod reference;
mod report;
mod schema;
mod seen;
mod suggest;
mod types;
mod value;
mod version;

pub use check::{Source, check, check_folders};
pub use finding::Rule;
pub use folder::{Folder, calls, plain};
pub use report::{Finding, Place, Report, Undecided};
pub use schema::{SOURCE, SchemaError, Schemas, VERSION, image};
