//! What is said about what the program does not say alike.

use synth_convert::Fate;

use crate::{convert, left};

fn notes(hcl: &str) -> Vec<(Fate, usize, String)> {
    convert(hcl).notes.into_iter().map(|note| (note.fate, note.line, note.message)).collect()
}

#[test]
fn a_password_as_a_literal_is_noted() {
    let notes = notes(
        "resource \"aws_secretsmanager_secret_version\" \"v\" {\n  secret_id = \"a\"\n  secret_string = \"hunter2\"\n}",
    );
    let message = "`secret_string` is a secret that stands in the program as plain text";
    assert_eq!(notes, [(Fate::Kept, 3, message.to_owned())]);
}

#[test]
fn no_note_repeats_a_secret() {
    let output = convert(
        "resource \"aws_db_instance\" \"d\" {\n  instance_class = \"x\"\n  password = \"hunter2\"\n}",
    );
    assert!(output.notes.iter().all(|note| !note.to_string().contains("hunter2")));
    assert!(!output.notes.is_empty());
}

#[test]
fn an_argument_that_nobody_knows_is_kept_and_noted() {
    let output = convert("resource \"aws_sns_topic\" \"t\" {\n  future = 1\n}");
    assert!(output.files["src/main.rs"].contains(r#".argument("future", Value::from(1))"#));
    assert_eq!(output.notes.first().map(|note| note.line), Some(2));
    assert!(output.is_whole());
}

#[test]
fn a_missing_required_argument_makes_the_resource_untyped() {
    let output = convert("resource \"aws_ecr_repository\" \"r\" {}");
    assert!(
        output.files["src/main.rs"].contains(r#"Untyped::resource("aws_ecr_repository", &aws::PROVIDER)"#)
    );
    let message = "written without types: `name` is required and missing";
    assert_eq!(output.notes.first().map(|note| note.message.as_str()), Some(message));
}

#[test]
fn an_unknown_block_is_left_and_said_to_be() {
    let output = convert("widget \"a\" {}\nterraform {\n  cloud {}\n}");
    assert_eq!(left(&output), ["the block `widget`", "the block `cloud` of `terraform`"]);
    assert!(!output.is_whole());
}

#[test]
fn what_types_cannot_say_is_kept_as_text_with_its_line() {
    let notes = notes("locals {\n  arn = provider::aws::arn_parse(\"arn\").region\n}");
    assert_eq!(notes, [(Fate::Kept, 2, "kept as text: a function of a provider".to_owned())]);
}

#[test]
fn an_import_that_terraform_computes_otherwise_than_by_key_and_value_is_left() {
    let topics = "resource \"aws_sns_topic\" \"t\" {\n  for_each = { a = \"1\" }\n}\n";
    for (import, why) in [
        (
            "for_each = { a = \"1\" }\n  to = aws_sns_topic.t[each.value]\n  id = each.value",
            "an import with `for_each` into something else than `[each.key]` of one resource",
        ),
        (
            "for_each = { a = \"1\" }\n  to = aws_sns_topic.t[each.key]\n  id = \"x-${each.value}\"",
            "an import whose ids are not the values of `for_each`",
        ),
        ("to = aws_sns_topic.t[\"a\"]", "an import without `to` and `id`"),
    ] {
        let output = convert(&format!("{topics}import {{\n  {import}\n}}"));
        assert_eq!(left(&output), [why]);
    }
}
