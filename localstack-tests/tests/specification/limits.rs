//! Limits of AWS, where a value comes later.

use localstack_tests::Failure;
use synth::app_runner::Connection;
use synth::aws::Provider;
use synth::ecr::Repository;
use synth::{LogGroup, Number, Parameter, Scope, Secret, Variable};

use crate::says;
use crate::synthesized::{document, planned};

/// A stack whose names and numbers are variables' defaults.
fn stack(days: i64, name: &'static str) -> Result<String, Failure> {
    let build = |stack: &mut Scope<'_>| {
        // A plan of what is not there yet asks AWS for nothing else.
        let aws = Provider::new().region("us-east-1").access_key("test").secret_key("test");
        let aws = aws.skip_credentials_validation(true).skip_requesting_account_id(true);
        aws.skip_metadata_api_check("true").configure(stack);
        let days = stack.add("days", Variable::<Number>::new().default(days));
        let name = stack.add("name", Variable::<String>::new().default(name));
        stack.add("logs", LogGroup::new("/shop", &days));
        stack.add("token", Secret::new("token").recovery_days(&days));
        stack.add("images", Repository::new(&name));
        stack.add("level", Parameter::plain(&name, "info"));
        stack.add("github", Connection::github(&name));
    };
    Ok(document(build)?)
}

#[test]
fn limits_hold_for_values_that_come_later() -> Result<(), Failure> {
    let complaints = planned("within-limits", &stack(7, "shop")?)?;
    assert!(complaints.is_empty(), "{complaints:?}");
    let complaints = planned("beyond-limits", &stack(6, "aws/Shop")?)?;
    let said: Vec<&str> = complaints.iter().map(|complaint| complaint.said.as_str()).collect();
    for what in [
        "the days for which logs are kept: one of 0, 1, 3, 5, 7,",
        "the days for which a secret can be restored: 7 to 30, or 0 to delete it at once.",
        "a repository's name: 2 to 256 lower-case letters and digits,",
        "a parameter's name: letters, digits,",
        "a connection's name: 4 to 32 letters, digits,",
    ] {
        says(&said.join("\n"), &format!("Resource precondition failed: Accepted as {what}"));
    }
    Ok(())
}
