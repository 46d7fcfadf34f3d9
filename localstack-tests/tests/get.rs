//! What `synth get` writes: terraform accepts it, and tells the schemas that it is written from.

mod synthesized;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use localstack_tests::Failure;
use localstack_tests::terraform::State;
use serde_json::json;
use synth_bindings::terraform::{Provider, fetch};
use synth_bindings::{Call, Dependency, Schema, call};

/// A stack that calls the module by the generated crate.
const STACK: &str = r#"
use module_network::*;
use synth_core::*;

fn main() {
    let mut app = App::new();
    let mut stack = app.stack("s");
    let rule = NetworkRules::new().port(443).cidrs(["10.0.0.0/8", "${x}"]);
    let network = stack.add("network", Network::new()
        .name("shop ${x}")
        .zones(["a", "b"])
        .token(functions::sensitive("hunter2"))
        .session(WriteOnly::plaintext_in_configuration("s", "a test"))
        .rules([rule.inner(NetworkRulesInner::new().type_("t"))])
        .anything(("text", 1, true))
        .pair(("b", 2))
        .type_([("on", true)]));
    stack.add("greeting", Output::of(network.greeting()));
    stack.add("zone", Output::of(network.zones().at(1)));
    stack.add("port", Output::of(network.rules().at(0).port()));
    stack.add("description", Output::of(network.rules().at(0).description()));
    stack.add("type", Output::of(network.rules().at(0).inner().type_()));
    stack.add("token", Output::of_sensitive(network.token()));
    stack.add("self", Output::of(network.self_::<String>()));
    stack.add("count", Output::of(network.count_of::<Number>()));
    let names: Value<Set<String>> = ["x", "y"].into();
    let many = stack.add_for_each("many", names, |each| {
        Network::new().name(each.key()).token(functions::sensitive("t")).depends_on(network)
    });
    stack.add("greetings", Output::of(many.all(|network| network.greeting())));
    print!("{}", resolve(app).expect("a stack")[0].json);
}
"#;

fn module() -> Result<BTreeMap<String, String>, Failure> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/modules/network");
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.insert(name, fs::read_to_string(path)?);
    }
    Ok(files)
}

/// What the stack's program prints.
fn document(module: &BTreeMap<String, String>) -> Result<String, Failure> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let core = workspace.join("synth/core").display().to_string();
    let network = Call {
        name: "network",
        source: "./network",
        version: None,
        files: module,
        core: Dependency::Path(&core),
    };
    let folder = tempfile::tempdir()?;
    fs::create_dir(folder.path().join("src"))?;
    for (path, text) in call(&network)? {
        fs::write(folder.path().join(path), text)?;
    }
    fs::write(folder.path().join("src/main.rs"), STACK)?;
    // Outside of the workspace, the lock file keeps cargo from asking the registry.
    fs::copy(workspace.join("Cargo.lock"), folder.path().join("Cargo.lock"))?;
    let output = Command::new(env!("CARGO"))
        .args(["run", "--offline", "--quiet"])
        .current_dir(folder.path())
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("get"))
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

#[test]
fn a_typed_call_of_a_module_is_applied() -> Result<(), Failure> {
    let module = module()?;
    let document = document(&module)?;
    let files: Vec<(String, &str)> =
        module.iter().map(|(name, text)| (format!("network/{name}"), text.as_str())).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let state = State::read(&synthesized::apply("call", &document, &files)?)?;
    let output = |name: &str| state.output(name).cloned().unwrap_or_default();
    assert_eq!((output("greeting"), output("zone")), (json!("hello shop ${x}"), json!("b")));
    assert_eq!((output("port"), output("description")), (json!(443), json!("none (yet)")));
    assert_eq!((output("type"), output("count"), output("token")), (json!("t"), json!(1), json!("hunter2")));
    assert_eq!(output("self"), r#"[["text",1,true],["b",2],{"on":true}]"#);
    assert_eq!(output("greetings"), json!({ "x": "hello x", "y": "hello y" }));
    Ok(())
}

/// The tests' engine, with other settings than the user's.
#[cfg(unix)]
fn engine_with(settings: &Path, folder: &Path) -> Result<PathBuf, Failure> {
    use std::os::unix::fs::PermissionsExt as _;
    let quoted = |path: &Path| format!("'{}'", path.display().to_string().replace('\'', r"'\''"));
    let engine = quoted(&synthesized::engine()?.program);
    let script = format!("#!/bin/sh\nTF_CLI_CONFIG_FILE={} exec {engine} \"$@\"\n", quoted(settings));
    let program = folder.join("engine");
    fs::write(&program, script)?;
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755))?;
    Ok(program)
}

#[cfg(unix)]
#[test]
fn terraform_tells_the_schema_of_a_provider_and_its_version() -> Result<(), Failure> {
    let required = json!({ "aws": { "source": "hashicorp/aws", "version": "5.100.0" } });
    let required = json!({ "terraform": { "required_providers": required } }).to_string();
    // Where the tests have the provider from.
    let terraform = synthesized::folder("fetch", &required, &[])?;
    let folder = tempfile::tempdir()?;
    let engine = engine_with(&terraform.folder().path().join("terraform.rc"), folder.path())?;
    let fetched = fetch(&engine, &Provider::parse("hashicorp/aws", Some("~> 5.100"))?)?;
    terraform.folder().remove()?;
    assert_eq!(fetched.version, "5.100.0");
    Schema::read(&fetched.schema, "hashicorp/aws")?;
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_provider_that_is_nowhere_is_refused_in_terraforms_own_words() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let settings = folder.path().join("terraform.rc");
    let mirror = json!(folder.path().display().to_string());
    fs::write(
        &settings,
        format!("provider_installation {{\n  filesystem_mirror {{\n    path = {mirror}\n  }}\n}}\n"),
    )?;
    let engine = engine_with(&settings, folder.path())?;
    let said = match fetch(&engine, &Provider::parse("acme/nothing", None)?) {
        Ok(fetched) => fetched.version,
        Err(error) => error.to_string(),
    };
    assert!(said.contains("init` failed\n") && said.contains("acme/nothing"), "{said}");
    Ok(())
}
