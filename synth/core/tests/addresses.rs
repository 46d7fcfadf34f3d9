//! Objects keep their addresses, or the app says so.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod tiny;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use synth_core::{App, Problems, Record, Removal, Scope, Term, Value, resolve_recorded};
use tiny::{Pair, Thing};

fn synthesize(record: &mut Record, build: impl FnOnce(&mut Scope<'_>)) -> Result<Json, Problems> {
    let mut app = App::new();
    build(&mut app.stack("s"));
    let documents = resolve_recorded(app, record)?;
    Ok(serde_json::from_str(&documents.first().unwrap().json).unwrap())
}

fn named(name: &str) -> Thing {
    Thing::new().with("name", Term::text(name))
}

fn moved(document: &Json) -> Vec<(String, String)> {
    let blocks = document.get("moved").and_then(Json::as_array).cloned().unwrap_or_default();
    let text = |block: &Json, key: &str| block.get(key).and_then(Json::as_str).unwrap().to_owned();
    blocks.iter().map(|block| (text(block, "from"), text(block, "to"))).collect()
}

fn pair(from: &str, to: &str) -> (String, String) {
    (from.to_owned(), to.to_owned())
}

#[test]
fn a_first_synthesis_and_an_unchanged_one_move_nothing() {
    let mut record = Record::default();
    let build = |stack: &mut Scope<'_>| {
        stack.add("a", named("a"));
    };
    assert_eq!(moved(&synthesize(&mut record, build).unwrap()), []);
    let before = record.clone();
    assert_eq!(moved(&synthesize(&mut record, build).unwrap()), []);
    assert_eq!(record, before);
    assert!(record.to_string().contains("\ns tiny_thing.a "), "{record}");
}

#[test]
fn a_renamed_construct_moves_with_all_its_elements_and_stays_moved() {
    let mut record = Record::default();
    synthesize(&mut record, |stack| {
        stack.add("old", Pair);
    })
    .unwrap();
    let build = |stack: &mut Scope<'_>| {
        stack.add("new", Pair);
    };
    let expected =
        [pair("tiny_thing.old", "tiny_thing.new"), pair("tiny_thing.old__second", "tiny_thing.new__second")];
    assert_eq!(moved(&synthesize(&mut record, build).unwrap()), expected);
    // Whoever applies later still needs the blocks.
    let mut record = Record::parse(&record.to_string()).unwrap();
    assert_eq!(moved(&synthesize(&mut record, build).unwrap()), expected);
}

#[test]
fn a_second_renaming_continues_the_first() {
    let mut record = Record::default();
    for id in ["a", "b", "c"] {
        synthesize(&mut record, |stack| {
            stack.add(id, named("x"));
        })
        .unwrap();
    }
    let document = synthesize(&mut record, |stack| {
        stack.add("c", named("x"));
    });
    let expected = [pair("tiny_thing.a", "tiny_thing.b"), pair("tiny_thing.b", "tiny_thing.c")];
    assert_eq!(moved(&document.unwrap()), expected);
}

#[test]
fn what_may_be_the_same_object_or_not_is_not_guessed() {
    let mut record = Record::default();
    synthesize(&mut record, |stack| {
        stack.add("a", named("a"));
    })
    .unwrap();
    let before = record.clone();
    let problems = synthesize(&mut record, |stack| {
        stack.add("b", named("b"));
    })
    .unwrap_err();
    let message = problems.to_string();
    assert!(message.contains("`tiny_thing.a` is gone and `tiny_thing.b` is new"), "{message}");
    assert!(message.contains("addresses.rs:"), "{message}");
    assert_eq!(record, before, "nothing was written, and the record changed");
}

#[test]
fn the_author_can_say_what_became_of_it() {
    let mut record = Record::default();
    synthesize(&mut record, |stack| {
        stack.add("a", named("a"));
        stack.add("b", named("b"));
    })
    .unwrap();
    let document = synthesize(&mut record, |stack| {
        let c = stack.add("c", named("c"));
        stack.moved("tiny_thing.a", c);
        stack.removed("tiny_thing.b", Removal::Destroy);
    })
    .unwrap();
    assert_eq!(moved(&document), [pair("tiny_thing.a", "tiny_thing.c")]);
    assert_eq!(document.pointer("/removed/0/from"), Some(&json!("tiny_thing.b")));
}

#[test]
fn what_is_only_gone_is_gone() {
    let mut record = Record::default();
    synthesize(&mut record, |stack| {
        stack.add("a", named("a"));
        stack.add("b", named("b"));
    })
    .unwrap();
    let document = synthesize(&mut record, |stack| {
        stack.add("b", named("b"));
    });
    assert_eq!(moved(&document.unwrap()), []);
    assert!(!record.to_string().contains("tiny_thing.a"), "{record}");
}

#[test]
fn references_to_what_was_renamed_do_not_hide_a_renaming() {
    let mut record = Record::default();
    let build = |id: &'static str| {
        move |stack: &mut Scope<'_>| {
            let one = stack.add(id, named("x"));
            stack.add(format!("{id}-user"), Thing::new().with("of", Value::from(one.arn())));
        }
    };
    synthesize(&mut record, build("a")).unwrap();
    let document = synthesize(&mut record, build("b")).unwrap();
    let expected = [pair("tiny_thing.a", "tiny_thing.b"), pair("tiny_thing.a-user", "tiny_thing.b-user")];
    assert_eq!(moved(&document), expected);
}

#[test]
fn a_line_that_is_no_entry_is_named() {
    for text in ["x", "# fine\ns a b c d", "s tiny_thing.a nothex"] {
        let error = Record::parse(text).unwrap_err();
        assert_eq!(error.line, text.lines().count());
    }
    assert_eq!(Record::parse("").unwrap(), Record::default());
}

proptest! {
    #[test]
    fn any_text_is_a_record_or_an_error(text in "(s|#|->| |[a-f0-9.]|\\n){0,40}") {
        if let Ok(record) = Record::parse(&text) {
            prop_assert_eq!(Record::parse(&record.to_string()).unwrap(), record);
        }
    }
}
