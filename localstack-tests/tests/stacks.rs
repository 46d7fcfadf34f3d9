//! Several stacks of one app, applied by terraform one after the other.

use std::path::Path;
use std::process::Command;

use localstack_tests::terraform::engine;
use localstack_tests::{Failure, Settings};
use serde_json::{Value as Json, json};
use synth::output::{Target, write};
use synth::{App, Output, Ref, TerraformData, Value, Variable, resolve};

fn run(settings: &Settings, folder: &Path, arguments: &[&str]) -> Result<String, Failure> {
    let output = Command::new(engine::find(settings)?.program)
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(settings.inherited.clone())
        .env("CHECKPOINT_DISABLE", "1")
        .env("TF_VAR_token", "the token")
        .output()?;
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout)?);
    }
    Err(format!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr)).into())
}

#[test]
fn a_stack_reads_what_another_one_gives_sensitive_values_included() -> Result<(), Failure> {
    let mut app = App::new();
    let shop = app.stack("shop").node();
    let mut network = app.stack("the network");
    let token = network.add("token", Variable::<String>::new().sensitive());
    let vpc = network.add("vpc", TerraformData::new().input::<String>("vpc-1"));
    let id: Ref<String> = vpc.output();
    let mut shop = app.reopen(shop);
    shop.add("vpc", Output::of::<String>(Value::from("in ") + id));
    shop.add("token", Output::of_sensitive(token));
    let documents = resolve(app)?;

    let folder = tempfile::tempdir()?;
    write(&documents, &Target::Folder(folder.path().to_owned()))?;
    let manifest: Json = serde_json::from_slice(&std::fs::read(folder.path().join("manifest.json"))?)?;
    let stacks = manifest.get("stacks").and_then(Json::as_array).ok_or("no stacks in the manifest")?;
    let settings = Settings::from_environment();
    let mut last = String::new();
    for stack in stacks {
        let name = stack.get("folder").and_then(Json::as_str).ok_or("a stack without a folder")?;
        let stack = folder.path().join(name);
        run(&settings, &stack, &["init", "-input=false", "-no-color"])?;
        run(&settings, &stack, &["apply", "-auto-approve", "-input=false", "-no-color"])?;
        last = run(&settings, &stack, &["output", "-json"])?;
    }
    let outputs: Json = serde_json::from_str(&last)?;
    assert_eq!(outputs.pointer("/vpc/value"), Some(&json!("in vpc-1")));
    assert_eq!(outputs.pointer("/token/value"), Some(&json!("the token")));
    assert_eq!(outputs.pointer("/token/sensitive"), Some(&json!(true)));
    Ok(())
}
