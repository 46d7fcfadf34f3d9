//! What states are kept in.

use serde_json::json;
use synth::aws::{dynamodb, s3};
use synth::{StateBackend, Variable, text};

use super::problems;

#[test]
fn states_have_versions_and_locks_have_backups() {
    let stack = synth_testing::Synthesized::stack(|stack| {
        let environment = stack.add("environment", Variable::<String>::new());
        let states =
            StateBackend::new(text!("shop-state-{}", &environment), text!("shop-locks-{}", &environment));
        stack.add("states", states);
    });
    stack.valid();
    stack.has_resource::<s3::Bucket>(json!({ "bucket": "shop-state-${var.environment}" }));
    stack
        .has_resource::<s3::BucketVersioning>(json!({ "versioning_configuration": { "status": "Enabled" } }));
    stack.has_resource::<dynamodb::Table>(json!({
        "name": "shop-locks-${var.environment}", "hash_key": "LockID", "billing_mode": "PAY_PER_REQUEST",
        "attribute": { "name": "LockID", "type": "S" },
        "point_in_time_recovery": { "enabled": true }, "server_side_encryption": { "enabled": true },
    }));
}

#[test]
fn a_table_has_a_name_that_dynamodb_takes() {
    let found = problems(|stack| {
        stack.add("states", StateBackend::new("shop-state", "locks of the shop"));
    });
    assert_eq!(
        found.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>(),
        ["`locks of the shop` cannot be a table's name"]
    );
}
