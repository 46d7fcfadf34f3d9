use synth::Scope;
use synth::app_runner::VpcConnector;
use synth::network::{SecurityGroup, Vpc};

fn shop(stack: &mut Scope<'_>) {
    let vpc = stack.add("network", Vpc::new("shop", "10.0.0.0/16", ["eu-west-1a", "eu-west-1b"]));
    let group = stack.add("connector", SecurityGroup::new("shop-connector", vpc.id()));
    stack.add("private", VpcConnector::new("shop", vpc.private_subnets(), [group.id()]));
}
