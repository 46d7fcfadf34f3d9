//! What databases write, and what they refuse.

mod metric;
mod postgres;
mod window;

use synth::Scope;
use synth::database::{Password, Postgres};
use synth::network::{Group, Placement};
use synth_testing::Synthesized;

fn stack(build: impl FnOnce(&mut Scope<'_>)) -> Synthesized {
    let stack = Synthesized::stack(build);
    stack.valid();
    stack
}

fn placement() -> Placement {
    Placement::new(["subnet-1", "subnet-2"], [Group::existing("sg-1")])
}

fn postgres() -> Postgres {
    Postgres::new("shop", "16.3", placement(), Password::kept_by_rds())
}
