//! The crate that is written for a module compiles, and its functions have the types of the module's variables.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod compiled;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use synth_bindings::{Call, Dependency, call};

/// The files of a module of this repository.
fn files(folder: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap()))
        .collect()
}

fn compiles(name: &str, files: &BTreeMap<String, String>, usage: &str) -> Result<(), String> {
    let core = compiled::core();
    let request =
        Call { name, source: "acme/x/aws", version: Some("~> 1.0"), files, core: Dependency::Path(&core) };
    compiled::compiles(call(&request).unwrap(), usage)
}

fn network(usage: &str) -> Result<(), String> {
    compiles("network", &files("../../fixtures/modules/network"), usage)
}

#[test]
fn a_call_has_the_types_of_the_variables() {
    network(
        r#"
        use crate::*;
        fn shop(stack: &mut Scope<'_>, token: Sensitive<String>, session: Ephemeral<String>) -> Value<String> {
            let rule = NetworkRules::new().port(443).cidrs(["10.0.0.0/8"]);
            let network = stack.add("network", Network::new()
                .name("shop")
                .zones(["a", "b"])
                .token(token)
                .session(session)
                .rules([rule.inner(NetworkRulesInner::new().type_("x"))])
                .anything("text")
                .pair(("a", 1))
                .type_([("a", true)]));
            let _: Ref<List<String>> = network.zones();
            let _: Ref<Number> = network.rules().at(0).port();
            let _: Ref<String> = network.rules().at(0).inner().type_();
            let _: Sensitive<String> = network.token();
            let _: Ref<Number> = network.count_of();
            stack.add("after", TerraformData::new().depends_on(network).input::<String>(network.self_()));
            network.greeting().into()
        }
        #[test] fn used() {
            let mut app = App::new();
            let mut stack = app.stack("s");
            let token = stack.add("t", Variable::<String>::new().sensitive());
            let session = stack.add("e", Variable::<String>::new().ephemeral());
            shop(&mut stack, token, session);
        }
        "#,
    )
    .unwrap();
}

#[test]
fn a_required_variable_that_is_missing_does_not_compile() {
    let error =
        network("fn f(stack: &mut Scope<'_>) { stack.add(\"n\", crate::Network::new().name(\"n\")); }")
            .unwrap_err();
    assert!(error.contains("required argument `token` is not set"), "{error}");
}

#[test]
fn a_sensitive_variable_takes_no_literal() {
    let error = network("fn f() { crate::Network::new().token(\"hunter2\"); }").unwrap_err();
    assert!(error.contains("cannot be used for a sensitive argument"), "{error}");
}

#[test]
fn a_required_attribute_of_an_object_that_is_missing_does_not_compile() {
    let error =
        network("fn f() { crate::Network::new().rules([crate::NetworkRules::new().port(1)]); }").unwrap_err();
    assert!(error.contains("required argument `cidrs` is not set"), "{error}");
}

#[test]
fn hostile_names_compile() {
    let hostile = files("tests/modules/hostile");
    for name in ["list", "self", "1 \"x\" é", "", "Value"] {
        compiles(name, &hostile, "").unwrap();
    }
}

#[test]
fn a_module_that_takes_and_gives_nothing_compiles() {
    let nothing = BTreeMap::from([("main.tf".to_owned(), String::new())]);
    compiles("nothing", &nothing, "fn f(stack: &mut Scope<'_>) { stack.add(\"n\", crate::Nothing::new()); }\n#[test] fn used() { let _ = f as fn(&mut Scope<'_>); }")
        .unwrap();
}
