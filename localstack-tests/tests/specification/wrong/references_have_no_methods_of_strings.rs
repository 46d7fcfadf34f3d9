fn changed(later: synth::Ref<String>) {
    later.to_uppercase();
    later.split("-");
}
