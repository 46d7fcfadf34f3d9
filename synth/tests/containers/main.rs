//! What load balancers, clusters and services on Fargate write, and what they refuse.

mod load_balancer;
mod service;
mod task;

use synth::Scope;
use synth::network::{Group, Placement};
use synth_testing::Synthesized;

fn stack(build: impl FnOnce(&mut Scope<'_>)) -> Synthesized {
    let stack = Synthesized::stack(build);
    stack.valid();
    stack
}

fn messages(build: impl FnOnce(&mut Scope<'_>)) -> Vec<String> {
    let problems = Synthesized::refused(build);
    assert!(problems.0.iter().all(|problem| problem.help.is_some()), "{problems}");
    problems.0.into_iter().map(|problem| problem.message).collect()
}

fn placement() -> Placement {
    Placement::new(["subnet-1", "subnet-2"], [Group::existing("sg-1")])
}
