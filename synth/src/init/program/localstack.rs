//! The stack, applied to a LocalStack that is started for the test, looked at, and destroyed.

use localstack_tests::{Failure, deploy};
use serde_json::{Value, json};
use synth::App;

#[test]
fn the_function_may_read_its_secret_and_write_to_its_log_group() -> Result<(), Failure> {
    let mut app = App::new();
    let parts = stack::build(&mut app);
    let mut deployed = deploy(app)?;

    let [token, logs, role] = [
        deployed.resource(&parts.token).settings().at("arn").text(),
        deployed.resource(&parts.logs).settings().at("arn").text(),
        deployed.resource(&parts.role).settings().at("arn").text(),
    ];
    assert_eq!(deployed.output("role_arn"), role);

    // What it may do stands in a resource of its own, which has no handle: an address does as well.
    let policy = deployed.resource("aws_iam_role_policy.role").settings();
    let policy: Value = serde_json::from_str(policy.at("policy").text())?;
    let statements = policy["Statement"].as_array().into_iter().flatten();
    let resources: Vec<&Value> = statements.map(|statement| &statement["Resource"]).collect();
    assert_eq!(resources, [&json!([format!("{logs}:*")]), &json!([token])]);

    deployed.assert_idempotent();
    Ok(())
}
