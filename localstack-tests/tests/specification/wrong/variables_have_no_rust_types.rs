fn whole(stack: &mut synth::Scope<'_>) {
    stack.add("n", synth::Variable::<i64>::new());
}
