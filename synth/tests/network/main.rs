//! What networks and security groups write, and what they refuse.

mod layout;
mod security_group;
mod vpc;

use synth::Scope;
use synth_testing::Synthesized;

fn stack(build: impl FnOnce(&mut Scope<'_>)) -> Synthesized {
    let stack = Synthesized::stack(build);
    stack.valid();
    stack
}

fn messages(build: impl FnOnce(&mut Scope<'_>)) -> Vec<String> {
    Synthesized::refused(build).0.into_iter().map(|problem| problem.message).collect()
}
