use synth::MetaArguments;

fn attribute(data: synth::TerraformDataHandle) {
    synth::TerraformData::new().depends_on(data.id());
}
