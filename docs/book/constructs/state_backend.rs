use synth::{Output, Scope, StateBackend};

fn shop(stack: &mut Scope<'_>) {
    let states = stack.add("states", StateBackend::new("shop-states-111122223333", "shop-locks"));
    stack.add("bucket", Output::of(states.bucket()));
}
