use synth::Scope;
use synth::ecs::{Cluster, Insights};

fn shop(stack: &mut Scope<'_>) {
    stack.add("cluster", Cluster::new("shop").insights(Insights::Enhanced));
}
