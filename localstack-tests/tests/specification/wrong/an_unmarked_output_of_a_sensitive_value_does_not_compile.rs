fn unmarked(token: synth::Sensitive<String>) {
    synth::Output::of::<String>(token);
}
