fn nameless(stack: &mut synth::Scope<'_>) {
    stack.add("images", synth_aws::ecr::Repository::new());
}
