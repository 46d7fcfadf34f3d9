use synth::dns::Zone;
use synth::{Certificate, Scope};

fn shop(stack: &mut Scope<'_>) {
    let zone = stack.add("zone", Zone::new("example.org"));
    stack.add("certificate", Certificate::new("example.org").also("www.example.org").validated_in(zone));
}
