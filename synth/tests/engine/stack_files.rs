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
