//! The crate that is written for a provider compiles, and its functions have the types that its schema asks for.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod compiled;

use std::fs;
use std::path::Path;

use synth_bindings::{Dependency, Previous, Request, get};

fn schema(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas").join(name)).unwrap()
}

/// The crate of a schema, with a user of it.
fn compiles(name: &str, usage: &str) -> Result<(), String> {
    let text = schema(name);
    let core = compiled::core();
    let request = Request {
        schema: &text,
        provider: None,
        version: "1.2.3",
        previous: &Previous::default(),
        core: Dependency::Path(&core),
    };
    compiled::compiles(get(&request).unwrap(), usage)
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
