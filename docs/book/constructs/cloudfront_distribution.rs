use synth::Scope;
use synth::cloudfront::Distribution;
use synth::s3::Bucket;

fn shop(stack: &mut Scope<'_>) {
    let files = stack.add("files", Bucket::new("shop-site-111122223333"));
    stack.add("site", Distribution::new("shop", files).single_page_app());
}
