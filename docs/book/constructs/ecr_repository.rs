use synth::{Output, Scope};
use synth::ecr::Repository;

fn shop(stack: &mut Scope<'_>) {
    let images = stack.add("images", Repository::new("shop").keep_images(30));
    stack.add("url", Output::of(images.url()));
}
