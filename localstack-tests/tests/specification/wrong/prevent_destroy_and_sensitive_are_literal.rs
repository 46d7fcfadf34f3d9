fn expression(keep: synth::Ref<bool>) {
    synth::Lifecycle::new().prevent_destroy(keep);
}
