//! A stack file is synthesized into a folder beside it, where terraform's state stays.

use predicates::prelude::*;
use predicates::str::contains;

use crate::app::App;

const STACK: &str = r#"stack: shop
variables:
  size: { number: { description: How many, default: 3 } }
outputs:
  size: { description: How many, value: "${var.size}" }
"#;

#[test]
fn a_stack_file_is_applied_beside_itself_and_its_state_survives() {
    let app = App::empty();
    app.write("infra/stack.yaml", STACK);
    app.synth(&["apply", "infra/stack.yaml", "--auto-approve"]).assert().code(0).stdout(contains("size = 3"));
    app.write("infra/stack.yaml", &STACK.replace("default: 3", "default: 4"));
    app.synth(&["apply", "infra/stack.yaml", "--auto-approve"]).assert().code(0).stdout(contains("3 -> 4"));
    app.synth(&["output", "infra/.synth", "--raw", "size"]).assert().code(0).stdout("4");
    app.synth(&["destroy", "infra/stack.yaml", "--auto-approve"]).assert().code(0);
    app.synth(&["output", "infra/stack.yaml"]).assert().code(0).stdout("");
}

#[test]
fn what_is_beside_it_stays_out_of_repositories_but_for_the_lock() {
    let app = App::empty();
    app.write("stack.yaml", STACK);
    app.synth(&["plan", "stack.yaml"]).assert().code(0);
    assert_eq!(app.read(".synth/.gitignore"), "*\n!*/\n!.gitignore\n!.terraform.lock.hcl\n");
    app.write(".synth/.gitignore", "mine\n");
    app.synth(&["plan", "stack.yaml"]).assert().code(0);
    assert_eq!(app.read(".synth/.gitignore"), "mine\n");
}

#[test]
fn another_folder_can_be_named_for_it() {
    let app = App::empty();
    app.write("stack.yaml", STACK);
    app.synth(&["plan", "stack.yaml", "--out", "out"]).assert().code(0);
    assert!(app.path("out/shop/main.tf.json").is_file() && !app.path("out/.gitignore").exists());
    assert!(!app.path(".synth").exists());
    let said = contains("`--out` is for the documents of a stack file");
    app.synth(&["plan", "out", "--out", "other"]).assert().code(2).stderr(said);
}

#[test]
fn a_wrong_stack_file_is_refused_as_synth_refuses_it() {
    let app = App::empty();
    app.write("stack.yaml", &STACK.replace("number", "numbre"));
    app.synth(&["plan", "stack.yaml"])
        .assert()
        .code(1)
        .stderr(contains("stack.yaml:3:").and(contains("numbre")));
    assert!(!app.path(".synth").exists());
}

#[test]
fn a_document_stands_for_its_folder() {
    let app = App::of(crate::app::NETWORK);
    app.synth(&["plan", "out/main.tf.json"]).assert().code(0).stdout(contains("out:\n"));
}

#[test]
fn what_was_renamed_since_the_addresses_were_written_is_moved() {
    let app = App::empty();
    let stack = |name: &str| {
        format!("stack: shop\nconstructs:\n  {name}:\n    log_group: {{ name: shop, retention_days: 30 }}\n")
    };
    app.write("stack.yaml", &stack("orders"));
    let synthesize = |app: &App| {
        let mut command = app.synth(&["plan", "stack.yaml", "--addresses", "addresses.json"]);
        // The documents are written before anything is planned.
        command.env("SYNTH_TERRAFORM", "/nowhere/terraform").assert().code(2);
    };
    synthesize(&app);
    app.write("stack.yaml", &stack("jobs"));
    synthesize(&app);
    let document: serde_json::Value = serde_json::from_str(&app.read(".synth/shop/main.tf.json")).unwrap();
    let moved = document.pointer("/moved/0/from").and_then(serde_json::Value::as_str);
    assert!(moved.is_some_and(|from| from.contains("orders")), "{document:#}");
}

#[test]
fn documents_that_were_written_before_have_their_addresses() {
    let app = App::of(crate::app::NETWORK);
    let said = contains("`--addresses` is for the addresses of a stack file");
    app.synth(&["plan", "out", "--addresses", "addresses.json"]).assert().code(2).stderr(said);
    assert!(!app.path("addresses.json").exists());
}
