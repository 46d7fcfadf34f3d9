use synth::Scope;
use synth::dns::{Record, Zone};

fn shop(stack: &mut Scope<'_>) {
    let zone = stack.add("zone", Zone::new("example.org"));
    stack.add("spf", Record::txt(zone, "example.org", ["v=spf1 -all"]).seconds(3600));
}
