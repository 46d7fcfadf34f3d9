use synth::{List, Map, Scope, Sensitive, TerraformData, Value};

fn list(stack: &mut Scope<'_>, list: Value<List<String>>) {
    stack.add_for_each("data", list, |_| TerraformData::new());
}

fn sensitive(stack: &mut Scope<'_>, map: Sensitive<Map<String>>) {
    stack.add_for_each("data", map, |_| TerraformData::new());
}
