//! What an app becomes, and what is wrong with one.

#![expect(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "tests fail by panicking")]

mod tiny;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use synth_core::{
    App, Body, Check, Document, Lifecycle, List, MetaArguments, Number, Of, Output, S3Backend, Scope, Term,
    Value, Variable, concat, functions, resolve,
};
use tiny::{Pair, Thing};

fn text(build: impl FnOnce(&mut Scope<'_>)) -> String {
    let mut app = App::new();
    build(&mut app.stack("s"));
    match resolve(app) {
        Ok(documents) => documents[0].json.clone(),
        Err(problems) => panic!("{problems}"),
    }
}

fn json(build: impl FnOnce(&mut Scope<'_>)) -> Json {
    serde_json::from_str(&text(build)).unwrap()
}

fn problems(build: impl FnOnce(&mut App)) -> Vec<String> {
    let mut app = App::new();
    build(&mut app);
    resolve(app).unwrap_err().0.iter().map(|problem| problem.message.clone()).collect()
}

#[test]
fn an_empty_stack_is_an_empty_document() {
    assert_eq!(text(|_| {}), "{}\n");
}

#[test]
fn unset_arguments_are_absent_and_the_rest_is_sorted() {
    let json = text(|stack| {
        stack.add("b", Thing::new().with("z", Term::Integer(1)).with("a", Term::Bool(true)));
        stack.add("a", Thing::new());
    });
    let expected = r#"{
  "resource": {
    "tiny_thing": {
      "a": {},
      "b": {
        "a": true,
        "z": 1
      }
    }
  },
  "terraform": {
    "required_providers": {
      "tiny": {
        "source": "acme/tiny",
        "version": "1.0.0"
      }
    }
  }
}
"#;
    assert_eq!(json, expected);
}

#[test]
fn a_reference_names_the_element_and_keeps_its_type() {
    let document = json(|stack| {
        let one = stack.add("one", Thing::new());
        stack.add("two", Thing::new().with("of", Value::from(one.arn())).with("all", one.arn() + ":*"));
    });
    assert_eq!(document["resource"]["tiny_thing"]["two"]["of"], "${tiny_thing.one.arn}");
    assert_eq!(document["resource"]["tiny_thing"]["two"]["all"], "${tiny_thing.one.arn}:*");
}

#[test]
fn constructs_name_their_elements_by_path_and_offer_values() {
    let document = json(|stack| {
        let pair = stack.add("pair", Pair);
        stack.add("arn", Output::of::<String>(Of::Handle(pair).export::<String>("arn")));
        stack.add("last", Thing::new().depends_on(pair));
    });
    assert_eq!(document["resource"]["tiny_thing"]["pair__second"]["of"], "${tiny_thing.pair.arn}");
    assert_eq!(document["output"]["arn"]["value"], "${tiny_thing.pair.arn}");
    let all = json!(["tiny_thing.pair", "tiny_thing.pair__second"]);
    assert_eq!(document["resource"]["tiny_thing"]["last"]["depends_on"], all);
}

#[test]
fn meta_arguments_are_written_as_terraform_reads_them() {
    let document = json(|stack| {
        let size = stack.add("size", Variable::<Number>::new().default(1));
        let lifecycle = Lifecycle::new().create_before_destroy().prevent_destroy();
        let small = Value::from(size).below(10);
        stack.add("a", Thing::new().lifecycle(lifecycle).precondition(small, "too large"));
    });
    let expected = json!({
        "create_before_destroy": true,
        "precondition": [{ "condition": "${var.size < 10}", "error_message": "too large" }],
        "prevent_destroy": true
    });
    assert_eq!(document["resource"]["tiny_thing"]["a"]["lifecycle"], expected);
}

#[test]
fn a_variables_default_and_description_are_written_as_they_are() {
    let document = json(|stack| {
        stack.add("v", Variable::new().default("${x} %{y}").description("a ${b}"));
        let list: Value<List<String>> = ["$${a}"].into();
        stack.add("l", Variable::<List<String>>::new().default(list));
    });
    assert_eq!(document["variable"]["v"]["default"], "${x} %{y}");
    assert_eq!(document["variable"]["v"]["description"], "a ${b}");
    assert_eq!(
        document["variable"]["l"],
        json!({ "default": ["$${a}"], "nullable": false, "type": "list(string)" })
    );
}

#[test]
fn ephemeral_variables_ask_for_the_terraform_that_has_them() {
    let document = json(|stack| {
        stack.add("v", Variable::<String>::new().ephemeral());
    });
    assert_eq!(document["terraform"]["required_version"], ">= 1.10");
    assert_eq!(document["variable"]["v"]["sensitive"], true);
}

#[test]
fn operators_inside_of_operators_stand_in_parentheses() {
    let document = json(|stack| {
        let n: Value<Number> = stack.add("n", Variable::<Number>::new()).into();
        stack.add("o", Output::of::<Number>(n.clone().plus(1).times(n.minus(2))));
    });
    assert_eq!(document["output"]["o"]["value"], "${(var.n + 1) * (var.n - 2)}");
}

#[test]
fn keys_of_maps_are_escaped_inside_and_outside_of_expressions() {
    let document = json(|stack| {
        let object = Term::Object(vec![("${key}".into(), Term::text("%{value}"))]);
        stack.add("plain", Output::of::<String>(Value::<String>::of(object.clone())));
        stack.add("encoded", Output::of(functions::jsonencode(object)));
    });
    assert_eq!(document["output"]["plain"]["value"], json!({ "$${key}": "%%{value}" }));
    assert_eq!(document["output"]["encoded"]["value"], r#"${jsonencode({"$${key}" = "%%{value}"})}"#);
}

#[test]
fn integers_keep_all_their_digits() {
    let text = text(|stack| {
        stack.add("o", Output::of::<Number>(u128::MAX));
        stack.add("p", Output::of::<Number>(9_007_199_254_740_993_i64));
        stack.add("q", Output::of::<Number>(0.1));
    });
    for digits in ["340282366920938463463374607431768211455", "9007199254740993", "0.1"] {
        assert!(text.contains(&format!("\"value\": {digits}\n")), "{text}");
    }
}

#[test]
fn the_backend_is_literal() {
    let document = json(|stack| {
        stack.backend(S3Backend {
            bucket: "b-${x}".into(),
            key: "k".into(),
            region: "r".into(),
            ..Default::default()
        });
    });
    let expected = json!({ "bucket": "b-${x}", "encrypt": true, "key": "k", "region": "r" });
    assert_eq!(document["terraform"]["backend"]["s3"], expected);
}

#[test]
fn duplicate_ids_point_at_both_lines() {
    let mut app = App::new();
    let mut stack = app.stack("s");
    stack.add("a", Thing::new());
    stack.add("a", Thing::new());
    let problems = resolve(app).unwrap_err();
    let message = problems.to_string();
    assert!(message.contains("there are two of `tiny_thing` named `s/a`"), "{message}");
    assert_eq!(message.matches("resolve.rs:").count(), 2, "{message}");
}

#[test]
fn everything_wrong_is_said_at_once() {
    let found = problems(|app| {
        let mut other = App::new();
        let foreign = other.stack("far away").add("x", Thing::new());
        let mut first = app.stack("first");
        let mine = first.add("mine", Thing::new());
        let secret = first.add("secret", Variable::<String>::new().sensitive());
        first.add("shown", Output::of(concat(["x".into(), Value::of(secret.into_term())])));
        first.add("", Thing::new());
        first.add("nan", Thing::new().with("n", Value::<Number>::from(f64::NAN)));
        first.add("bad", Variable::<String>::new().default(mine.arn()));
        let mut second = app.stack("second");
        second.add("far", Thing::new().depends_on(mine));
        second.add("foreign", Thing::new().with("of", Value::from(foreign.arn())));
    });
    let expected = [
        "the output shows `first/secret`, which is sensitive: use `Output::of_sensitive`",
        "an id is empty",
        "`n` is NaN, which Terraform has no number for",
        "`default` must be a literal: Terraform evaluates no expressions there",
        "it refers to `first/mine` as a whole, which is in another stack: refer to a value of it",
        "it refers to something in another app",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_handle_of_another_app_in_the_elements_own_place_is_no_circle() {
    let found = problems(|app| {
        let foreign = App::new().stack("far away").add("x", Thing::new());
        app.stack("s").add("y", Thing::new().with("of", Value::from(foreign.arn())));
    });
    assert_eq!(found, ["it refers to something in another app"]);
}

#[test]
fn a_map_with_a_key_twice_is_refused() {
    let found = problems(|app| {
        let tags = Value::<synth_core::Map<String>>::from([("a", "1"), ("a", "2")]);
        app.stack("s").add("x", Thing::new().with("tags", tags));
    });
    assert_eq!(found, ["`tags` has the key `a` twice"]);
}

#[test]
fn a_condition_that_refers_to_nothing_is_refused() {
    let found = problems(|app| {
        let mut stack = app.stack("s");
        stack.add("a", Thing::new().precondition(Value::from(1).below(2), "never"));
        stack.add("v", Variable::<Number>::new().validate(|_| Value::from(true), "never"));
        stack.add("c", Check::that(true, "never"));
    });
    let messages = ["precondition", "validation", "assert"]
        .map(|block| format!("a condition of `{block}` refers to nothing: it would check nothing"));
    assert_eq!(found, messages);
}

#[test]
fn attributes_as_blocks_have_every_key() {
    let document = json(|stack| {
        let rule = Body::new().with("from", Term::Integer(1)).filled(&["from", "to"]);
        stack.add("x", Thing::new().with("rule", Term::List(vec![rule.into()])));
    });
    assert_eq!(document["resource"]["tiny_thing"]["x"]["rule"], json!([{ "from": 1, "to": null }]));
}

/// Each stack with those that it needs and its document.
fn documents(build: impl FnOnce(&mut App)) -> Vec<(String, Vec<String>, Json)> {
    let mut app = App::new();
    build(&mut app);
    let documents = resolve(app).unwrap_or_else(|problems| panic!("{problems}"));
    let read =
        |document: Document| (document.stack, document.needs, serde_json::from_str(&document.json).unwrap());
    documents.into_iter().map(read).collect()
}

#[test]
fn a_value_of_another_stack_is_its_output_read_from_its_state() {
    let documents = documents(|app| {
        let mut network = app.stack("network");
        network.backend(S3Backend {
            bucket: "b-${x}".into(),
            key: "network".into(),
            region: "r".into(),
            ..Default::default()
        });
        let vpc = network.add("vpc", Thing::new());
        let token = network.add("token", Variable::<String>::new().sensitive());
        let mut shop = app.stack("shop");
        shop.add("api", Thing::new().with("vpc", vpc.arn() + "/x").with("token", token));
        shop.add("ui", Thing::new().with("vpc", Value::from(vpc.arn())));
    });
    let [(_, none, network), (_, needs, shop)] = documents.as_slice() else { panic!("two stacks") };
    assert_eq!((none.as_slice(), needs.as_slice()), ([].as_slice(), ["network".to_owned()].as_slice()));
    assert_eq!(network["output"]["tiny_thing__vpc__arn"], json!({ "value": "${tiny_thing.vpc.arn}" }));
    assert_eq!(network["output"]["variable__token"], json!({ "sensitive": true, "value": "${var.token}" }));
    let state = "${data.terraform_remote_state.network.outputs.";
    assert_eq!(shop["resource"]["tiny_thing"]["api"]["vpc"], format!("{state}tiny_thing__vpc__arn}}/x"));
    assert_eq!(shop["resource"]["tiny_thing"]["api"]["token"], format!("{state}variable__token}}"));
    let config = json!({ "bucket": "b-$${x}", "encrypt": true, "key": "network", "region": "r" });
    let expected = json!({ "backend": "s3", "config": config });
    assert_eq!(shop["data"]["terraform_remote_state"]["network"], expected);
}

#[test]
fn stacks_without_a_backend_read_the_state_of_the_folder_beside() {
    let documents = documents(|app| {
        let vpc = app.stack("a b").add("vpc", Thing::new());
        app.stack("c").add("api", Thing::new().with("vpc", Value::from(vpc.arn())));
    });
    let state = &documents[1].2["data"]["terraform_remote_state"]["a___20_b"];
    assert_eq!(state["config"]["path"], "${path.module}/../a___20_b/terraform.tfstate");
}

#[test]
fn an_ephemeral_value_does_not_leave_its_stack() {
    let found = problems(|app| {
        let token = app.stack("a").add("token", Variable::<String>::new().ephemeral());
        app.stack("b").add("x", Thing::new().with("token", token));
    });
    assert_eq!(found, ["`a/token` is ephemeral, and another stack refers to it"]);
}

#[test]
fn stacks_come_after_those_that_they_need() {
    let mut app = App::new();
    let last = app.stack("last").node();
    let first = app.stack("first").add("one", Thing::new());
    app.reopen(last).add("two", Thing::new().with("of", Value::from(first.arn())));
    let documents = resolve(app).unwrap();
    let order: Vec<&str> =
        Document::in_order(&documents).iter().map(|document| document.stack.as_str()).collect();
    assert_eq!(order, ["first", "last"]);
    let manifest: Json = serde_json::from_str(&Document::manifest(&documents)).unwrap();
    assert_eq!(manifest["stacks"][1], json!({ "folder": "last", "needs": ["first"], "stack": "last" }));
}

#[test]
fn a_stack_may_be_applied_after_one_that_it_does_not_refer_to() {
    let mut app = App::new();
    let last = app.stack("last").node();
    let mut first = app.stack("first");
    first.add("one", Thing::new());
    let first = first.node();
    app.reopen(last).applied_after(first);
    app.reopen(last).applied_after(first);
    let documents = resolve(app).unwrap();
    let manifest: Json = serde_json::from_str(&Document::manifest(&documents)).unwrap();
    assert_eq!(manifest["stacks"][1], json!({ "folder": "last", "needs": ["first"], "stack": "last" }));
    assert!(documents.iter().all(|document| !document.json.contains("terraform_remote_state")));
}

#[test]
fn stacks_that_each_want_to_be_applied_after_the_other_are_refused() {
    let mut app = App::new();
    let one = app.stack("one").node();
    let mut two = app.stack("two");
    two.applied_after(one);
    let two = two.node();
    app.reopen(one).applied_after(two);
    let problems = resolve(app).unwrap_err();
    assert_eq!(problems.0[0].message, "stacks need each other in a circle: one → two → one");
}

#[test]
fn stacks_in_a_circle_are_refused_with_every_reference_and_line() {
    let mut app = App::new();
    let mut network = app.stack("network");
    let (node, vpc) = (network.node(), network.add("vpc", Thing::new()));
    let api = app.stack("shop").add("api", Thing::new().with("of", Value::from(vpc.arn())));
    app.reopen(node).add("rule", Thing::new().with("of", Value::from(api.arn())));
    let problems = resolve(app).unwrap_err();
    let [problem] = problems.0.as_slice() else { panic!("{problems}") };
    assert_eq!(problem.message, "stacks need each other in a circle: network → shop → network");
    let related: Vec<&str> = problem.related.iter().map(|(what, _)| what.as_str()).collect();
    let expected = ["`shop/api` refers to `network/vpc.arn`", "`network/rule` refers to `shop/api.arn`"];
    assert_eq!(related, expected);
    assert!(problem.related.iter().all(|(_, origin)| origin.to_string().contains("resolve.rs:")));
}

fn term() -> impl Strategy<Value = Term> {
    let leaf = prop_oneof![
        Just(Term::Null),
        any::<bool>().prop_map(Term::Bool),
        any::<i64>().prop_map(Term::Integer),
        "\\PC{0,8}".prop_map(Term::text),
        "[\\x00-\\x1f\"\\\\]{0,4}".prop_map(Term::text),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let fields = prop::collection::btree_map("\\PC{0,4}", inner.clone(), 0..4);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Term::List),
            fields.prop_map(|fields| Term::Object(fields.into_iter().map(|(k, v)| (k.into(), v)).collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_value_is_written_as_serde_json_would_write_it(term in term()) {
        let text = text(|stack| {
            stack.add("x", Thing::new().with("value", term));
        });
        let parsed: Json = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(serde_json::to_string_pretty(&parsed).unwrap() + "\n", text);
    }
}
