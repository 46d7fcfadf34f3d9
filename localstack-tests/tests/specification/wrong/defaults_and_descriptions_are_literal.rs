fn description(name: synth::Ref<String>) {
    synth::Variable::<String>::new().description(name);
}
