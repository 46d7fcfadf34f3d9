//! What a Lambda function needs around it: a secret, a log group, and the role that may use these two and nothing else.

use synth::aws::Provider;
use synth::{App, LogGroup, LogGroupHandle, Output, Role, RoleHandle, Secret, SecretHandle};

/// What the function is called; all of the stack is named after it.
pub const FUNCTION: &str = "@NAME@";

/// What the stack is made of, for the tests that ask what became of it.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    /// What the function shows to others; set by hand, and in no file.
    pub token: SecretHandle,
    /// What the function writes.
    pub logs: LogGroupHandle,
    /// What the function may do.
    pub role: RoleHandle,
}

/// Adds the stack to an app.
pub fn build(app: &mut App) -> Parts {
    let mut stack = app.stack(FUNCTION);
    Provider::new().region("us-east-1").configure(&mut stack);

    let token = stack.add(
        "token",
        Secret::new(format!("{FUNCTION}/token"))
            .description("What the function shows to others; set by hand, and in no file"),
    );
    let logs = stack.add("logs", LogGroup::new(format!("/aws/lambda/{FUNCTION}"), 30));
    let role = stack.add(
        "role",
        Role::of_service(FUNCTION, "lambda.amazonaws.com")
            .description(format!("What the Lambda function {FUNCTION} may do")),
    );
    stack.grant(token.grant_read(&role));
    stack.grant(logs.grant_write(&role));

    let role_arn = Output::of::<String>(role.arn()).description("The role to give to the function");
    stack.add("role_arn", role_arn);
    Parts { token, logs, role }
}
