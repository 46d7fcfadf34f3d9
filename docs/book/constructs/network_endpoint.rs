use synth::Scope;
use synth::network::{Endpoint, GatewayService, Vpc};

fn shop(stack: &mut Scope<'_>) {
    let vpc = stack.add("network", Vpc::new("shop", "10.0.0.0/16", ["eu-west-1a", "eu-west-1b"]));
    stack.add("s3", Endpoint::gateway(vpc, GatewayService::S3));
}
