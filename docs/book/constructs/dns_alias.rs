use synth::Scope;
use synth::cloudfront::Distribution;
use synth::dns::{Alias, Zone};
use synth::s3::Bucket;

fn shop(stack: &mut Scope<'_>) {
    let zone = stack.add("zone", Zone::new("example.org"));
    let files = stack.add("files", Bucket::new("shop-site-111122223333"));
    let site = stack.add("site", Distribution::new("shop", files));
    stack.add("www", Alias::new(zone, "www.example.org", site));
}
