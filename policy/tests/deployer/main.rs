//! The policy of whoever runs terraform: what it allows, and that it allows what terraform asks for.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod command;
mod hostile;
mod narrow;
mod recorded;
mod types;

use std::path::Path;

use assert_cmd::Command;
use policy::Sources;
use policy::deployer::{Needs, Place, needs};
use policy::evaluate::evaluate;
use policy::terraform::{Configuration, Folder};
use serde_json::Value;

fn policy(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("policy").unwrap();
    command.args(arguments);
    command
}

/// What a configuration needs.
fn of(document: &Value) -> Needs {
    let mut sources = Sources::default();
    let id = sources.add("main.tf.json", document.to_string());
    let mut unread = Vec::new();
    let mut blocks = Configuration::of(Path::new(""), Folder::read(&sources, &[id])).blocks(&mut unread);
    evaluate(&mut blocks, &mut unread);
    needs(&blocks, &Place::anywhere())
}
