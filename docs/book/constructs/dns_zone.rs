use synth::dns::Zone;
use synth::{Output, Scope};

fn shop(stack: &mut Scope<'_>) {
    let zone = stack.add("zone", Zone::new("example.org").comment("Where the shop is"));
    stack.add("name_servers", Output::of(zone.name_servers()));
}
