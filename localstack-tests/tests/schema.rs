//! The provider's schema that the bindings are made from is the one that the provider has.

mod synthesized;

use std::fs::File;
use std::path::PathBuf;

use flate2::read::GzDecoder;
use localstack_tests::Failure;
use localstack_tests::terraform::Step;
use serde_json::Value;

const STACK: &str =
    r#"{"terraform": {"required_providers": {"aws": {"source": "hashicorp/aws", "version": "5.100.0"}}}}"#;

#[test]
fn the_committed_schema_is_the_providers_own() -> Result<(), Failure> {
    let mut terraform = synthesized::folder("schema", STACK, &[])?;
    let printed = terraform.run(Step::Schema, &["-json"], &|| Ok(()))?;
    let printed: Value = serde_json::from_str(&printed)?;

    let path: PathBuf =
        [env!("CARGO_MANIFEST_DIR"), "../synth/bindings/schemas/hashicorp-aws-5.100.0.json.gz"]
            .iter()
            .collect();
    let committed: Value = serde_json::from_reader(GzDecoder::new(File::open(path)?))?;
    // Not `assert_eq!`: it would print both, millions of characters.
    assert!(committed == printed, "`synth/bindings/schemas` is not what the provider says: extract it again");
    terraform.folder().remove()?;
    Ok(())
}
