use synth::Scope;
use synth::network::{SecurityGroup, Vpc};

fn shop(stack: &mut Scope<'_>) {
    let vpc = stack.add("network", Vpc::new("shop", "10.0.0.0/16", ["eu-west-1a", "eu-west-1b"]));
    let group = SecurityGroup::new("shop-api", vpc.id()).description("The API").all_outbound();
    let group = stack.add("api", group);
    stack.add("https", group.allow_from_cidr("10.0.0.0/16", 443));
}
