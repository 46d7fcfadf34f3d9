use synth::Scope;
use synth::dns::{ExistingZone, Record};

fn shop(stack: &mut Scope<'_>) {
    let zone = stack.add("zone", ExistingZone::new("example.org"));
    stack.add("docs", Record::cname(zone, "docs.example.org", "example.github.io"));
}
