use synth::{ParameterTree, Role, Scope, Variable};

fn shop(stack: &mut Scope<'_>) {
    let token = stack.add("token", Variable::<String>::new().ephemeral());
    let tree = ParameterTree::under("/shop/production").plain("LOG_LEVEL", "info").secret("TOKEN", token);
    let tree = stack.add("settings", tree);
    let worker = stack.add("worker", Role::of_service("shop-worker", "lambda.amazonaws.com"));
    stack.grant(tree.grant_read("TOKEN", &worker));
}
