use synth::{LogGroup, Output, Scope};

fn shop(stack: &mut Scope<'_>) {
    let logs = stack.add("logs", LogGroup::new("/shop/api", 30));
    stack.add("logs", Output::of(logs.name()));
}
