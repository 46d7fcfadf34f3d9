use synth::Role;
use synth::Scope;
use synth::ecr::Repository;

fn shop(stack: &mut Scope<'_>) {
    let images = stack.add("images", Repository::existing("shop"));
    let worker = stack.add("worker", Role::of_service("shop-builder", "codebuild.amazonaws.com"));
    stack.grant_all(images.grant_push(&worker));
}
