use synth::{Role, Scope, Secret, Variable};

fn shop(stack: &mut Scope<'_>) {
    let password = stack.add("password", Variable::<String>::new().ephemeral());
    let login = Secret::new("shop/login")
        .json(|keys| (keys.plain("username", "shop"), keys.add("password", password)));
    let (secret, (_username, _password)) = stack.add("login", login);
    let worker = stack.add("worker", Role::of_service("shop-worker", "lambda.amazonaws.com"));
    stack.grant(secret.grant_read(&worker));
}
