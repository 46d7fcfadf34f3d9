use synth::{Ephemeral, Output, TerraformData};

fn kept(token: Ephemeral<String>) {
    TerraformData::new().input::<String>(token);
}

fn shown(token: Ephemeral<String>) {
    Output::of::<String>(token);
}
