fn list_in_text(list: synth::Ref<synth::List<synth::Number>>) {
    synth::Piece::piece(list);
}
