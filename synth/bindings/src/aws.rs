//! The provider whose bindings this project ships.

use crate::generate::{Crate, Error, Source, generate};
use crate::schema::Schema;
use crate::service::{AWS, Grouping};

/// hashicorp/aws.
pub const SOURCE: Source<'static> = Source { name: "aws", source: "hashicorp/aws", version: "5.100.0" };

/// The committed schema, from the workspace's root.
pub const SCHEMA_FILE: &str = "synth/bindings/schemas/hashicorp-aws-5.100.0.json.gz";

/// The crate `synth-aws`.
///
/// # Errors
/// If the schema holds none of the provider's services.
pub fn bindings(schema: &Schema) -> Result<Crate, Error> {
    generate(schema, SOURCE, Grouping::Services(AWS))
}
