fn expression(statements: synth::Ref<synth::List<synth::Any>>) {
    synth_aws::iam::data::PolicyDocument::new().statement(statements);
}
