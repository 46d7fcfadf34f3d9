//! The ways around the types: overrides, aspects, warnings.

#![expect(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "tests fail by panicking")]

mod tiny;

use serde_json::{Value as Json, json};
use synth_core::{
    App, Body, Document, ElementKind, Handle as _, MetaArguments as _, Origin, Problem, THIS, Term, Value,
    Variable, resolve,
};
use tiny::{Pair, TINY, Thing};

fn document(build: impl FnOnce(&mut App)) -> Document {
    let mut app = App::new();
    build(&mut app);
    resolve(app).unwrap_or_else(|problems| panic!("{problems}")).remove(0)
}

fn things(build: impl FnOnce(&mut App)) -> Json {
    let document: Json = serde_json::from_str(&document(build).json).unwrap();
    document["resource"]["tiny_thing"].clone()
}

fn messages(build: impl FnOnce(&mut App)) -> Vec<String> {
    let mut app = App::new();
    build(&mut app);
    resolve(app).unwrap_err().0.into_iter().map(|problem| problem.message).collect()
}

#[test]
fn any_path_of_an_element_can_be_set_and_deleted() {
    let things = things(|app| {
        let mut stack = app.stack("s");
        let block = || Term::from(Body::new().with("id", Term::Integer(1)).with("old", Term::Bool(true)));
        let thing = Thing::new()
            .with("single", block())
            .with("many", Term::List(vec![block(), block()]))
            .with("tags", Value::<synth_core::Map<String>>::from([("Owner", "me"), ("a/b", "x")]));
        let thing = stack.add("a", thing);
        stack.override_argument(thing, "/new/deep/er", Term::Integer(7));
        stack.override_argument(thing, "/single/0/id", Term::Integer(2));
        stack.delete_argument(thing, "/single/old");
        stack.override_argument(thing, "/many/1/id", Term::Integer(3));
        stack.delete_argument(thing, "/many/0");
        stack.override_argument(thing, "/many/1", Body::new().with("id", Term::Integer(4)));
        stack.override_argument(thing, "/tags/Owner", Term::text("${you}"));
        stack.delete_argument(thing, "/tags/a~1b");
    });
    let expected = json!({
        "many": [{ "id": 3, "old": true }, { "id": 4 }],
        "new": { "deep": { "er": 7 } },
        "single": { "id": 2 },
        "tags": { "Owner": "$${you}" }
    });
    assert_eq!(things["a"], expected);
}

#[test]
fn elements_inside_of_a_construct_are_named_by_their_type() {
    let things = things(|app| {
        let mut stack = app.stack("s");
        let pair = stack.add("pair", Pair);
        stack.override_inside(pair, "tiny_thing", "/name", Term::text("x"));
    });
    assert_eq!((&things["pair"]["name"], &things["pair__second"]["name"]), (&json!("x"), &json!("x")));
}

#[test]
fn what_cannot_be_changed_says_why() {
    let found = messages(|app| {
        let mut stack = app.stack("s");
        let pair = stack.add("pair", Pair);
        let thing = stack.add("a", Thing::new().with("n", Term::Integer(1)).with("l", Term::List(vec![])));
        stack.override_inside(pair, "tiny_other", "/name", Term::Null);
        stack.override_argument(pair, "/name", Term::Null);
        stack.delete_argument(thing, "/gone");
        stack.override_argument(thing, "n", Term::Null);
        stack.override_argument(thing, "/n/x", Term::Null);
        stack.override_argument(thing, "/l/5", Term::Null);
    });
    let expected = [
        "`s/pair` has no `tiny_other`; it has tiny_thing",
        "`/name` cannot be changed: it is a construct: name the type of the element in it, by `override_inside`",
        "`/gone` cannot be changed: there is no `gone`",
        "`n` cannot be changed: a path begins with `/`",
        "`/n/x` cannot be changed: what is before `x` is a value without parts",
        "`/l/5` cannot be changed: the list has 0 entries, and none at `5`",
    ];
    assert_eq!(found, expected);
}

#[test]
fn aspects_see_every_element_in_order_and_may_change_it() {
    let things = things(|app| {
        let mut stack = app.stack("s");
        stack.add("pair", Pair);
        stack.add("v", Variable::<String>::new());
        let mut number = 0;
        app.aspect(move |element| {
            if element.kind() == ElementKind::Resource {
                number += 1;
                element.set("number", Term::Integer(number));
            }
        });
        app.aspect(|element| {
            if element.argument("number") == Some(&Term::Integer(2)) {
                element.delete("of");
            }
        });
    });
    assert_eq!(things, json!({ "pair": { "number": 1 }, "pair__second": { "number": 2 } }));
}

#[test]
fn an_aspect_refuses_with_the_authors_line_and_path() {
    let mut app = App::new();
    app.stack("s").add("pair", Pair);
    app.aspect(|element| {
        if element.argument("of").is_none() && element.type_name() == "tiny_thing" {
            element.refuse(Problem::new("it is of nothing").help("give it an `of`"));
        }
    });
    let problems = resolve(app).unwrap_err();
    let [problem] = problems.0.as_slice() else { panic!("{problems}") };
    assert_eq!(problem.path, "s/pair");
    assert!(problem.origin.to_string().contains("extension.rs:"), "{problem}");
}

#[test]
fn warnings_come_with_the_document() {
    let document = document(|app| {
        app.stack("s").warn(Problem::new("this is old"));
        app.aspect(|element| element.warn(Problem::new("seen")));
    });
    assert_eq!(document.warnings.len(), 1);
    assert!(document.warnings[0].to_string().starts_with("warning: this is old"));
}

#[test]
fn a_construct_sees_the_arguments_and_the_providers_of_others() {
    let mut app = App::new();
    let mut stack = app.stack("s");
    let region = |name: &str| Body::new().with("region", Term::text(name));
    stack.provider(&TINY, THIS, Origin::Unknown, region("east"));
    let west = stack.provider(&TINY, "west".into(), Origin::Unknown, region("west"));
    let pair = stack.add("pair", Pair);
    let away = stack.add("away", Thing::new().with("size", Term::Integer(3)).provider(west));
    let other = app.stack("other");
    let seen = other.look();
    let text = |name: &str| Some(Term::text(name));
    assert_eq!(seen.provider_argument(pair, "tiny_thing", "region").cloned(), text("east"));
    assert_eq!(seen.provider_argument(away, "tiny_thing", "region").cloned(), text("west"));
    assert_eq!(seen.argument(away, "tiny_thing", "size").cloned(), Some(Term::Integer(3)));
    assert_eq!(seen.argument(pair, "other_thing", "size"), None);
    assert_eq!(seen.path(away.node()), "s/away");
}
