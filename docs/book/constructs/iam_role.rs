use synth::{LogGroup, Output, Role, Scope};

fn shop(stack: &mut Scope<'_>) {
    let role = stack.add("worker", Role::of_service("shop-worker", "lambda.amazonaws.com"));
    let logs = stack.add("logs", LogGroup::new("/shop/worker", 7));
    stack.grant(logs.grant_write(&role));
    stack.add("role", Output::of(role.arn()));
}
