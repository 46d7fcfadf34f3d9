//! Nobody can be asked without a terminal.

use predicates::str::contains;

use crate::app::{App, NETWORK};

#[test]
fn without_a_terminal_nothing_is_begun_unless_it_is_approved_beforehand() {
    let app = App::of(NETWORK);
    for command in ["apply", "destroy"] {
        let said = contains("standard input is no terminal, so nobody can be asked").count(1);
        app.synth(&[command, "out"]).write_stdin("yes\n").assert().code(2).stdout("").stderr(said);
    }
    assert!(!app.path("out/.terraform").exists());
}

#[test]
fn with_terraforms_stream_nobody_is_asked_either() {
    let said = contains("with --json nobody is asked: give --auto-approve too");
    App::of(NETWORK).synth(&["apply", "out", "--json"]).assert().code(2).stderr(said);
}
