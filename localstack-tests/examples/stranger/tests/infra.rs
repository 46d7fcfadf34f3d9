//! The Terraform files make what the application needs.

use localstack_tests::{Failure, Stack, deploy};

#[test]
fn the_log_group_is_the_one_that_the_application_writes_to() -> Result<(), Failure> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/infra");
    let stack = deploy(Stack::folder(folder).variable("retention", "30"))?;
    assert_eq!(stack.output("group"), stranger::LOG_GROUP);
    let group = stack.resource("aws_cloudwatch_log_group.orders").settings();
    assert_eq!(group.at("retention_in_days"), 30);
    Ok(())
}
