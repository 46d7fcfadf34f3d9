use synth::Scope;
use synth::app_runner::Connection;

fn shop(stack: &mut Scope<'_>) {
    stack.add("github", Connection::github("shop-github"));
}
