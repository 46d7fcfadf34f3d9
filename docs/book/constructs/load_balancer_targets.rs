use synth::Scope;
use synth::load_balancer::{HealthCheck, Targets};
use synth::network::Vpc;

fn shop(stack: &mut Scope<'_>) {
    let vpc = stack.add("network", Vpc::new("shop", "10.0.0.0/16", ["eu-west-1a", "eu-west-1b"]));
    let check = HealthCheck::path("/health").interval_seconds(10);
    stack.add("targets", Targets::new("shop-api", vpc.id(), 8080, check).drain_seconds(30));
}
