use synth::Scope;
use synth::network::{Nat, Vpc};

fn shop(stack: &mut Scope<'_>) {
    let vpc = Vpc::new("shop", "10.0.0.0/16", ["eu-west-1a", "eu-west-1b"]).nat(Nat::OneGateway);
    stack.add("network", vpc);
}
