use synth::Scope;
use synth::ecs::Namespace;
use synth::network::Vpc;

fn shop(stack: &mut Scope<'_>) {
    let vpc = stack.add("network", Vpc::new("shop", "10.0.0.0/16", ["eu-west-1a", "eu-west-1b"]));
    stack.add("names", Namespace::new("shop.internal", vpc.id()));
}
