use synth::{Scope, Topic, Value, Variable};

fn shop(stack: &mut Scope<'_>) {
    let email = stack.add("email", Variable::<String>::new().default(""));
    let somebody = Value::from(&email).differs("");
    stack.add("operators", Topic::new("shop-operators").email(&email).only_if(somebody));
}
