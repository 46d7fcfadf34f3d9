//! The crate that is written for a provider compiles, and its functions have the types that its schema asks for.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use synth_bindings::{Dependency, Previous, Request, get};

fn schema(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas").join(name)).unwrap()
}

/// Where cargo compiles for these tests: dependencies are compiled once for all of them.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("get")
}

/// Writes the crate with a library user of it behind the last line, and checks it with cargo.
fn compiles(name: &str, usage: &str) -> Result<(), String> {
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core");
    let core = core.to_str().unwrap();
    let text = schema(name);
    let request = Request {
        schema: &text,
        provider: None,
        version: "1.2.3",
        previous: &Previous::default(),
        core: Dependency::Path(core),
    };
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in get(&request).unwrap() {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let library = folder.path().join("src/lib.rs");
    let mut text = fs::read_to_string(&library).unwrap();
    text.push_str(&format!(
        "\n#[cfg(test)]\nmod usage {{ #[allow(unused_imports)] use synth_core::*;\n{usage}\n}}\n"
    ));
    fs::write(library, text).unwrap();
    // The crate is outside of the workspace: the lock file keeps cargo from asking the registry.
    fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock"),
        folder.path().join("Cargo.lock"),
    )
    .unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet", "--tests"])
        .current_dir(folder.path())
        .env("CARGO_TARGET_DIR", target())
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .unwrap();
    if output.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&output.stderr).chars().take(6000).collect())
}

#[test]
fn a_framework_provider_with_nested_types_compiles() {
    let usage = r#"
        use crate::*;
        fn template(stack: &mut Scope<'_>, secret: Ephemeral<String>) -> Value<String> {
            let template = stack.add("t", FisExperimentTemplate::new()
                .actions([("stop", FisExperimentTemplateActions::new().action_id("aws:ec2:stop").parameters([("a", "b")]))])
                .log_configuration(FisExperimentTemplateLogConfiguration::new().log_schema_version(2)
                    .s3_configuration(FisExperimentTemplateLogConfigurationS3Configuration::new().bucket_name("logs")))
                .stop_conditions([FisExperimentTemplateStopConditions::new().source("none")])
                .secret_wo(secret));
            let _: Ref<String> = template.actions().key("stop").action_id();
            let _: Sensitive<String> = template.log_configuration().s3_configuration().token();
            let _: Ref<String> = template.tags().one().key();
            let found = stack.add("f", data::FisExperimentTemplate::new().id(template.id()));
            let _: Ref<List<String>> = found.targets().at(0).filters().at(1).values();
            let token = stack.add("e", ephemeral::Token::new());
            let _: Ephemeral<String> = token.token();
            let _: Value<String> = crate::functions::join_all("-", ["a", "b"]);
            crate::functions::parse("x").name().into()
        }
        fn provider(stack: &mut Scope<'_>) {
            crate::Provider::new().assume_role(ProviderAssumeRole::new().role_arn("arn")).configure(stack);
        }
    "#;
    let used = format!(
        "{usage}\n#[test] fn all() {{ let _ = (template as fn(&mut Scope<'_>, Ephemeral<String>) -> Value<String>, provider as fn(&mut Scope<'_>)); }}"
    );
    compiles("framework.json", &used).unwrap();
}

#[test]
fn a_provider_with_map_blocks_compiles_and_synthesizes_them() {
    let usage = r#"
        #[test]
        fn all() {
            let mut app = App::new();
            app.stack("s").add("r", crate::Router::new().name("r")
                .route([("x", crate::RouterRoute::new().target("t"))])
                .limit([crate::RouterLimit::new().rate(1), crate::RouterLimit::new().rate(2)])
                .peers([("p", crate::RouterPeers::new().address("a").ports([1, 2]))])
                .group(crate::RouterGroup::new()));
            let _: fn(crate::RouterHandle) -> Ref<String> = |router| router.route().key("x").state();
            assert!(resolve(app).unwrap()[0].json.contains("\"route\""));
        }
    "#;
    compiles("maps.json", usage).unwrap();
}

#[test]
fn a_hostile_schema_compiles() {
    compiles("hostile.json", "").unwrap();
}

#[test]
fn a_required_argument_that_is_missing_does_not_compile() {
    let usage = r#"fn f(stack: &mut Scope<'_>) { stack.add("r", crate::Router::new().name("r")); }"#;
    let error = compiles("maps.json", usage).unwrap_err();
    assert!(error.contains("required argument `route` is not set"), "{error}");
}

#[test]
fn several_providers_must_be_chosen_from() {
    let two = r#"{"provider_schemas":{"registry.terraform.io/a/x":{"provider":{}},"registry.terraform.io/b/y":{"provider":{}}}}"#;
    let request = Request {
        schema: two,
        provider: None,
        version: "1",
        previous: &Previous::default(),
        core: Dependency::Version("1"),
    };
    let message = get(&request).unwrap_err().to_string();
    assert!(message.contains("registry.terraform.io/a/x, registry.terraform.io/b/y"), "{message}");
    assert!(get(&Request { provider: Some("b/y"), ..request }).unwrap().contains_key("Cargo.toml"));
}

#[test]
fn text_that_is_no_schema_is_refused() {
    for text in ["", "[]", "{}", "{\"provider_schemas\":{}}", "{\"provider_schemas\":{\"a/b\":3}}"] {
        let request = Request {
            schema: text,
            provider: None,
            version: "1",
            previous: &Previous::default(),
            core: Dependency::Version("1"),
        };
        assert!(get(&request).is_err(), "{text}");
    }
}
