use synth::{Parameter, Role, Scope};

fn shop(stack: &mut Scope<'_>) {
    let limit = stack.add("limit", Parameter::plain("/shop/limit", "100"));
    let worker = stack.add("worker", Role::of_service("shop-worker", "lambda.amazonaws.com"));
    stack.grant(limit.grant_read(&worker));
}
