use synth::ecr::Repository;
use synth::{Output, Scope};

fn shop(stack: &mut Scope<'_>) {
    let images = stack.add("images", Repository::new("shop").keep_images(30));
    stack.add("url", Output::of(images.url()));
}
