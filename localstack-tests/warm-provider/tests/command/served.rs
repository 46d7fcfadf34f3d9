//! Plans with and without.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::place::{Place, STACK, said};

/// What terraform says, with and without the command, twice: with an empty and with a full cache.
#[track_caller]
fn assert_same(place: &Place, arguments: &[&str], word: &str) {
    let alone = place.alone(arguments).output().unwrap();
    assert!(said(&alone).contains(word), "{}", said(&alone));
    for cache in ["empty", "full"] {
        let warm = place.warm(arguments).output().unwrap();
        assert_eq!(said(&warm), said(&alone), "{cache} cache");
        assert_eq!(warm.status.code(), alone.status.code(), "{cache} cache");
    }
}

fn with(change: (&str, &str)) -> Place {
    assert!(STACK.contains(change.0));
    Place::new(&STACK.replace(change.0, change.1))
}

#[test]
fn a_plan_is_the_same() {
    let place = Place::new(STACK);
    assert_same(&place, &["plan", "-no-color"], "2 to add");
    let validate = ["validate", "-no-color"];
    assert_same(&place, &validate, "Success!");
}

#[test]
fn a_wrong_configuration_of_the_provider_fails_in_the_same_words() {
    let role =
        "shared_config_files         = [\"aws.config\"]\n  assume_role {\n    role_arn = \"no-arn\"\n  }\n";
    let place = with(("shared_config_files         = [\"aws.config\"]", role));
    assert_same(&place, &["plan", "-no-color"], "is an invalid ARN");
}

#[test]
fn a_configuration_that_the_provider_cannot_use_fails_in_the_same_words() {
    let place = with(("\"us-east-1\"", "\"nowhere\""));
    assert_same(&place, &["plan", "-no-color"], "nowhere");
}

#[test]
fn a_type_that_does_not_exist_fails_in_the_same_words() {
    let place = with(("\"aws_iam_role\"", "\"aws_iam_rolle\""));
    assert_same(&place, &["plan", "-no-color"], "\"aws_iam_rolle\"");
}

#[test]
fn an_argument_that_does_not_exist_fails_in_the_same_words() {
    let place = with(("  name  ", "  nome  "));
    assert_same(&place, &["validate", "-no-color"], "nome");
}

#[test]
fn a_saved_plan_can_be_shown_after_the_document_has_changed() {
    let place = Place::new(STACK);
    place.succeed(place.warm(&["plan", "-out=saved.tfplan"]));
    place.write("main.tf", STACK.split("resource").next().unwrap());
    assert_same(&place, &["show", "-no-color", "saved.tfplan"], "aws_iam_role.reader");
}

#[test]
fn a_corrupt_cache_is_made_anew() {
    let place = Place::new(STACK);
    place.succeed(place.warm(&["validate"]));
    let provider = fs::read_dir(place.cache()).unwrap().next().unwrap().unwrap().path();
    let schema: PathBuf = provider.join("schema");
    let before = fs::read(&schema).unwrap();
    fs::write(&schema, &before[..before.len() / 2]).unwrap();
    place.succeed(place.warm(&["validate"]));
    // Not the same bytes: the provider writes its maps in any order.
    assert_eq!(fs::read(&schema).unwrap().len(), before.len());
}

#[test]
fn a_package_that_is_not_the_locked_one_is_left_to_terraform() {
    let place = Place::new(STACK);
    let lock = place.folder.path().join(".terraform.lock.hcl");
    let text = fs::read_to_string(&lock).unwrap();
    let (before, rest) = text.split_once("h1:").unwrap();
    fs::write(&lock, format!("{before}h1:{}{}", "x".repeat(44), &rest[44..])).unwrap();
    let warm = said(&place.warm(&["plan", "-no-color"]).output().unwrap());
    let notice = "note: warm-provider is not used: the package of `registry.terraform.io/hashicorp/aws` is not the one in the lock file";
    assert!(warm.contains(notice), "{warm}");
    assert!(warm.contains("does not match any of the checksums"), "{warm}");
}

#[test]
fn the_flag_and_the_command_for_providers_do_without_it() {
    let place = Place::new(STACK);
    place.succeed(place.warm(&["providers"]));
    assert!(fs::read_dir(place.cache()).unwrap().next().is_none());
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_warm-provider"));
    command.args(["--no-warm-provider", "--", "sh", "-c", "echo ${TF_REATTACH_PROVIDERS-none}"]);
    command.current_dir(place.folder.path());
    assert_eq!(place.succeed(command), "none\n");
}

#[test]
fn a_second_plan_is_quick() {
    let place = Place::new(STACK);
    let plan = |mut command: std::process::Command| {
        let began = Instant::now();
        assert!(command.output().unwrap().status.success());
        began.elapsed()
    };
    let alone = plan(place.alone(&["plan"]));
    plan(place.warm(&["plan"]));
    let warm: Duration = (0..3).map(|_| plan(place.warm(&["plan"]))).min().unwrap();
    // Ten times quicker on a machine at rest.
    assert!(warm * 3 < alone, "{warm:?} with, {alone:?} without");
}
