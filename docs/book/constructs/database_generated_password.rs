use synth::database::GeneratedPassword;
use synth::{Scope, Secret};

fn shop(stack: &mut Scope<'_>) {
    let password = stack.add("password", GeneratedPassword::new());
    let secret = Secret::new("shop/database").value(password.value()).value_version(password.version());
    stack.add("login", secret);
}
