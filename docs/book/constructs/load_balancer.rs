use synth::Scope;
use synth::load_balancer::{HealthCheck, LoadBalancer, Targets};
use synth::network::{Placement, SecurityGroup, Vpc};

fn shop(stack: &mut Scope<'_>) {
    let vpc = stack.add("network", Vpc::new("shop", "10.0.0.0/16", ["eu-west-1a", "eu-west-1b"]));
    let public = stack.add("balancer_group", SecurityGroup::new("shop-balancer", vpc.id()).all_outbound());
    stack.add("https", public.allow_from_cidr("0.0.0.0/0", 443));
    let targets = Targets::new("shop-api", vpc.id(), 8080, HealthCheck::path("/health"));
    let targets = stack.add("targets", targets);
    let certificate = "arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-0000-0000-000000000000";
    let placement = Placement::new(vpc.public_subnets(), [public]);
    stack.add("balancer", LoadBalancer::new("shop", placement, certificate).otherwise(targets));
}
