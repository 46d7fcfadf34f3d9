//! The provider whose bindings this project ships.

use crate::generate::{Crate, Source, generate};
use crate::manifest;
use crate::previous::Previous;
use crate::schema::Schema;
use crate::service::{AWS, Grouping};

/// hashicorp/aws.
pub const SOURCE: Source<'static> = Source { name: "aws", source: "hashicorp/aws", version: "5.100.0" };

/// The committed schema, from the workspace's root.
pub const SCHEMA_FILE: &str = "synth/bindings/schemas/hashicorp-aws-5.100.0.json.gz";

/// The crate `synth-aws`, its manifest included.
pub fn bindings(schema: &Schema, previous: &Previous) -> Crate {
    let mut made = generate(schema, SOURCE, Grouping::Services(AWS), previous);
    let manifest = manifest::member("synth-aws", SOURCE, &made);
    made.files.insert("Cargo.toml".to_owned(), manifest);
    made
}
