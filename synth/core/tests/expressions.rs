//! How functions, `for` expressions, indexes and text are written.

#![expect(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "tests fail by panicking")]

use proptest::prelude::*;
use serde_json::Value as Json;
use synth_core::{
    Any, App, List, Local, Map, Number, Output, Piece, Provider, Ref, Sensitive, Set, Term, Value, Variable,
    conditional, functions, null, object, path_module, resolve, text,
};

static TINY: Provider = Provider { name: "tiny", source: "acme/tiny", version: "1.0.0" };

/// What a value is written as, in a stack with the variables `list`, `map`, `set`, `name`, `size`.
fn written<T>(value: impl FnOnce(&Given) -> Value<T>) -> Json {
    document(value)["output"]["it"]["value"].take()
}

struct Given {
    list: Ref<List<String>>,
    map: Ref<Map<Number>>,
    name: Ref<String>,
    size: Ref<Number>,
}

fn document<T>(value: impl FnOnce(&Given) -> Value<T>) -> Json {
    let mut app = App::new();
    let mut stack = app.stack("s");
    let given = Given {
        list: stack.add("list", Variable::new()),
        map: stack.add("map", Variable::new()),
        name: stack.add("name", Variable::new()),
        size: stack.add("size", Variable::new()),
    };
    let value = value(&given);
    stack.add("it", Output::of(value));
    match resolve(app) {
        Ok(documents) => serde_json::from_str(&documents[0].json).unwrap(),
        Err(problems) => panic!("{problems}"),
    }
}

#[test]
fn lists_are_made_of_lists() {
    assert_eq!(
        written(|given| given.list.clone().map_each(|item| text!("{}!", item))),
        r#"${[for item in var.list : "${item}!"]}"#
    );
    assert_eq!(
        written(|given| given.list.clone().filter(|item| item.differs(""))),
        r#"${[for item in var.list : item if item != ""]}"#
    );
    assert_eq!(
        written(|given| given.list.clone().map_indexed(|index, item| text!("{}{}", index, item))),
        r#"${[for key, item in var.list : "${key}${item}"]}"#
    );
}

#[test]
fn maps_are_made_of_maps_and_lists() {
    assert_eq!(
        written(|given| given.map.clone().map_values(|_, size| size.times(2))),
        "${{for key, item in var.map : key => item * 2}}"
    );
    assert_eq!(
        written(|given| given.map.clone().map_each(|key, _| key)),
        "${[for key, item in var.map : key]}"
    );
    assert_eq!(
        written(|given| given.map.clone().filter(|_, size| size.above(1))),
        "${{for key, item in var.map : key => item if item > 1}}"
    );
    assert_eq!(
        written(|given| given.list.clone().to_map(|item| (item.clone(), functions::upper(item)))),
        "${{for item in var.list : item => upper(item)}}"
    );
    assert_eq!(
        written(|given| given.list.clone().group_by(|item| functions::substr(item, 0, 1))),
        "${{for item in var.list : substr(item, 0, 1) => item...}}"
    );
}

#[test]
fn a_filtered_set_stays_a_set() {
    let set: Value<Set<String>> = ["a"].into();
    assert_eq!(
        written(|_| set.filter(|item| item.equals("a"))),
        r#"${toset([for item in ["a"] : item if item == "a"])}"#
    );
}

#[test]
fn a_for_inside_of_another_has_names_of_its_own() {
    let pairs = |given: &Given| {
        let (list, inner) = (given.list.clone(), given.list.clone());
        functions::flatten(list.map_each(|a| inner.map_each(|b| text!("{}{}", &a, b))))
    };
    let expected = r#"${flatten([for item in var.list : [for item2 in var.list : "${item}${item2}"]])}"#;
    assert_eq!(written(pairs), expected);
}

#[test]
fn a_for_over_what_the_outer_one_names_is_outside_of_its_own() {
    let nested = |given: &Given| {
        let groups = given.list.clone().group_by(|item| item);
        groups.map_each(|_, group| functions::join(",", group.map_each(functions::upper)))
    };
    let expected = "${[for item in {for item in var.list : item => item...} : \
                    join(\",\", [for item2 in item : upper(item2)])]}";
    assert_eq!(written(nested), expected);
}

#[test]
fn an_item_cannot_leave_its_for() {
    let mut app = App::new();
    let mut stack = app.stack("s");
    let list = stack.add("list", Variable::<List<String>>::new());
    let mut leaked = Value::from("");
    let _ = list.map_each(|item| {
        leaked = item.clone();
        item
    });
    stack.add("it", Output::of(leaked));
    let problems = resolve(app).unwrap_err();
    let [problem] = problems.0.as_slice() else { panic!("{problems}") };
    assert!(problem.message.contains("outside of that expression"), "{problem}");
}

#[test]
fn operations_stand_in_parentheses_before_an_index() {
    let either = |given: &Given| {
        let known: Value<List<String>> = ["a"].into();
        conditional(Value::from(&given.size).above(1), &given.list, known).at(0)
    };
    assert_eq!(written(either), r#"${((var.size > 1) ? var.list : ["a"])[0]}"#);
    assert_eq!(
        written(|given| Value::from(&given.size).plus(1).negated().times(2)),
        "${(-(var.size + 1)) * 2}"
    );
    assert_eq!(written(|given| Value::from(&given.size).above(1).negated()), "${!(var.size > 1)}");
}

#[test]
fn an_argument_can_be_left_to_its_default_when_terraform_runs() {
    let maybe = |given: &Given| conditional(Value::from(&given.size).above(1), &given.name, null());
    assert_eq!(written(maybe), "${(var.size > 1) ? var.name : null}");
}

#[test]
fn literals_can_be_indexed() {
    let list: Value<List<String>> = ["a", "b"].into();
    assert_eq!(written(|given| list.at(&given.size)), r#"${["a", "b"][var.size]}"#);
    let map: Value<Map<String>> = [("${k}", "v")].into();
    assert_eq!(written(|given| map.key(&given.name)), r#"${{"$${k}" = "v"}[var.name]}"#);
}

#[test]
fn attributes_and_splats_follow_their_value() {
    let object = |given: &Given| functions::jsondecode::<Any>(&given.name).field::<String>("host");
    assert_eq!(written(object), "${jsondecode(var.name).host}");
    assert_eq!(written(|given| Value::from(&given.name).splat()), "${var.name[*]}");
}

#[test]
fn a_list_can_be_taken_apart_into_arguments() {
    assert_eq!(written(|given| functions::max(functions::values(&given.map))), "${max(values(var.map)...)}");
}

#[test]
fn text_holds_values_of_every_printable_type() {
    let mixed = |given: &Given| text!("{{{}}}:{} {} {}", &given.name, &given.size, true, "${x}");
    assert_eq!(written(mixed), "{${var.name}}:${var.size} true $${x}");
    assert_eq!(written(|_| text!("")), "");
    assert_eq!(written(|given| text!("{}", &given.size)), "${tostring(var.size)}");
    assert_eq!(written(|given| text!("{}", &given.name)), "${var.name}");
    assert_eq!(written(|_| text!("{}/{}", path_module(), "a")), "${path.module}/a");
}

#[test]
fn an_object_has_members_of_any_type() {
    let object = |given: &Given| {
        let inner = object! { "a.b" => [1, 2], "${k}" => &given.name };
        functions::jsonencode(object! { "inner" => inner, "size" => &given.size, "on" => true })
    };
    assert_eq!(
        written(object),
        r#"${jsonencode({"inner" = {"$${k}" = var.name, "a.b" = [1, 2]}, "on" = true, "size" = var.size})}"#
    );
    assert_eq!(written(|_| object! {}), serde_json::json!({}));
}

#[test]
fn a_call_of_a_providers_function_asks_for_the_provider() {
    let document = document(|given| {
        let name = Value::from(&given.name).into_term();
        Value::<String>::of(TINY.call("shorten", vec![name]))
    });
    assert_eq!(document["output"]["it"]["value"], "${provider::tiny::shorten(var.name)}");
    assert_eq!(document["terraform"]["required_providers"]["tiny"]["source"], "acme/tiny");
    assert_eq!(document["terraform"]["required_version"], ">= 1.8");
}

#[test]
fn a_young_function_asks_for_a_version_that_has_it() {
    let document = document(|given| functions::strcontains(&given.name, "a"));
    assert_eq!(document["terraform"]["required_version"], ">= 1.5");
}

#[test]
fn a_sensitive_value_stays_so_through_expressions() {
    let mut app = App::new();
    let mut stack = app.stack("s");
    let user = stack.add("user", Variable::<String>::new().sensitive());
    let password = stack.add("password", Variable::<String>::new().sensitive());
    let login: Sensitive<String> =
        user.map_with(password.clone(), |user, password| text!("{}:{}", user, password));
    stack.add("login", Output::of_sensitive(login));
    stack.add("long", Output::of(functions::length(functions::nonsensitive(password))));
    let json = resolve(app).unwrap().remove(0).json;
    let document: Json = serde_json::from_str(&json).unwrap();
    assert_eq!(document["output"]["login"]["value"], "${var.user}:${var.password}");
    assert_eq!(document["output"]["login"]["sensitive"], true);
    assert_eq!(document["output"]["long"]["value"], "${length(nonsensitive(var.password))}");
}

#[test]
fn only_what_is_revealed_may_be_shown() {
    let mut app = App::new();
    let mut stack = app.stack("s");
    let password = stack.add("password", Variable::<String>::new().sensitive());
    let both = text!("{} {}", password.clone().reveal("a test"), Value::<String>::of(Term::from(password)));
    stack.add("both", Output::of(both));
    let problems = resolve(app).unwrap_err();
    assert!(problems.to_string().contains("`s/password`, which is sensitive"), "{problems}");
}

#[test]
fn a_local_can_be_gone_through() {
    let mut app = App::new();
    let mut stack = app.stack("s");
    let names = stack.add("names", Local::of(Value::<List<String>>::from(["a"])));
    stack.add("upper", Output::of(names.map_each(functions::upper)));
    let json = resolve(app).unwrap().remove(0).json;
    assert!(json.contains("[for item in local.names : upper(item)]"), "{json}");
}

proptest! {
    #[test]
    fn text_between_braces_is_kept(before in "[^{}]{0,8}", inside in "\\PC{0,8}") {
        let made = synth_core::filled("{{x}}{}", [Piece::piece(&inside)]);
        prop_assert_eq!(made.term(), &Term::text(format!("{{x}}{inside}")));
        let made = synth_core::filled(&before, []);
        prop_assert_eq!(made.term(), &Term::text(before));
    }
}
