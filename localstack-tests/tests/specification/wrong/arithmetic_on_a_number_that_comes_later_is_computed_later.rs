fn sum(later: synth::Ref<synth::Number>) {
    let _ = later + 1;
}
