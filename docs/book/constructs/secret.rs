use synth::{Role, Scope, Secret, Variable};

fn shop(stack: &mut Scope<'_>) {
    let token = stack.add("token", Variable::<String>::new().description("GitHub token").ephemeral());
    let secret = stack.add("token", Secret::new("shop/token").value(token).recovery_days(7));
    let worker = stack.add("worker", Role::of_service("shop-worker", "lambda.amazonaws.com"));
    stack.grant(secret.grant_read(&worker));
}
