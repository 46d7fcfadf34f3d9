//! What stands for parts of the language that types do not reach: variables that accept `null`, expressions as text,
//! objects of providers without bindings.

#![expect(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "tests fail by panicking")]

use serde_json::{Value as Json, json};
use synth_core::{
    Any, App, Blocks, Body, List, Map, MetaArguments, Number, Output, Provider, Ref, Scope, Sensitive, Set,
    Term, Untyped, Value, Variable, resolve, verbatim,
};

static RANDOM: Provider = Provider { name: "random", source: "hashicorp/random", version: "3.6.0" };

fn document(build: impl FnOnce(&mut Scope<'_>)) -> Json {
    let mut app = App::new();
    build(&mut app.stack("s"));
    match resolve(app) {
        Ok(documents) => serde_json::from_str(&documents[0].json).unwrap(),
        Err(problems) => panic!("{problems}"),
    }
}

#[test]
fn a_nullable_variable_does_not_refuse_null() {
    let document = document(|stack| {
        stack.add("name", Variable::<String>::new().nullable().default(synth_core::null::<String>()));
        stack.add("size", Variable::<Number>::new());
    });
    assert_eq!(document["variable"]["name"], json!({"type": "string", "default": null}));
    assert_eq!(document["variable"]["size"], json!({"type": "number", "nullable": false}));
}

#[test]
fn a_constraint_says_more_than_the_type() {
    let document = document(|stack| {
        let of = "map(object({size = optional(number)}))";
        let _: Ref<Map<Any>> = stack.add("sizes", Variable::<Map<Any>>::new().constraint(of));
        stack.add("zones", Variable::<Set<String>>::new());
    });
    assert_eq!(document["variable"]["sizes"]["type"], "map(object({size = optional(number)}))");
    assert_eq!(document["variable"]["zones"]["type"], "set(string)");
}

#[test]
fn a_sensitive_variable_has_a_default_where_a_reason_is_given() {
    let document = document(|stack| {
        let token = Variable::<String>::new().sensitive().plaintext_default("", "it is empty");
        let _: Sensitive<String> = stack.add("token", token);
    });
    assert_eq!(document["variable"]["token"]["default"], "");
    assert_eq!(document["variable"]["token"]["sensitive"], true);
}

#[test]
fn an_expression_as_text_stands_in_parentheses() {
    let document = document(|stack| {
        let sum: Value<Number> = verbatim("var.a ? 1 : 2");
        stack.add("sum", Output::of(sum.plus(1)));
        stack.add("quoted", Output::of(verbatim::<String>(r#"lower("A")"#)));
    });
    assert_eq!(document["output"]["sum"]["value"], "${(var.a ? 1 : 2) + 1}");
    assert_eq!(document["output"]["quoted"]["value"], r#"${(lower("A"))}"#);
}

#[test]
fn an_untyped_resource_brings_its_provider() {
    let document = document(|stack| {
        let keepers = Body::new().with("ami", Term::text("ami-1"));
        let suffix = Untyped::resource("random_id", &RANDOM)
            .argument("byte_length", Term::Integer(4))
            .argument("keepers", keepers);
        let suffix = stack.add("suffix", suffix);
        stack.add("hex", Output::of(suffix.attribute::<String>("hex")));
    });
    assert_eq!(
        document["resource"]["random_id"]["suffix"],
        json!({"byte_length": 4, "keepers": {"ami": "ami-1"}})
    );
    assert_eq!(document["output"]["hex"]["value"], "${random_id.suffix.hex}");
    assert_eq!(document["terraform"]["required_providers"]["random"]["version"], "3.6.0");
}

#[test]
fn a_dynamic_block_goes_through_a_list_of_whatever_type() {
    let document = document(|stack| {
        let rules: Ref<List<Any>> =
            stack.add("rules", Variable::<List<Any>>::new().constraint("list(object({ port = number }))"));
        let blocks = Blocks::dynamic_each("rule", rules, |rule| {
            Body::new().with("port", rule.value().field::<Number>("port"))
        });
        stack.add("gate", Untyped::resource("random_gate", &RANDOM).argument("rule", Term::from(blocks)));
    });
    let dynamic = &document["resource"]["random_gate"]["gate"]["dynamic"]["rule"][0];
    assert_eq!(dynamic["for_each"], "${var.rules}");
    assert_eq!(dynamic["content"]["port"], "${rule.value.port}");
}

#[test]
fn blocks_stay_in_their_order_around_dynamic_ones() {
    let plain = |port: i64| Body::new().with("port", Term::Integer(port));
    let dynamic = || Blocks::dynamic_each("each", ["a"], |_| plain(2));
    let of = |block: &'static str, blocks: Blocks<Body>| {
        let document = document(|stack| {
            stack.add("gate", Untyped::resource("random_gate", &RANDOM).argument(block, Term::from(blocks)));
        });
        document["resource"]["random_gate"]["gate"].clone()
    };
    // Members of an object are read in their order: `cors`, `dynamic`, `rule`.
    let natural = of("cors", Blocks::from([plain(1)]).and(dynamic()));
    assert_eq!(
        (&natural["cors"][0]["port"], &natural["dynamic"]["cors"][0]["for_each"]),
        (&json!(1), &json!(["a"]))
    );
    let natural = of("rule", dynamic().and([plain(3)]));
    assert_eq!(
        (&natural["dynamic"]["rule"][0]["for_each"], &natural["rule"][0]["port"]),
        (&json!(["a"]), &json!(3))
    );
    let kept = of("rule", Blocks::from([plain(1)]).and(dynamic()).and([plain(3)]));
    let ports: Vec<&Json> =
        kept["dynamic"]["rule"].as_array().unwrap().iter().map(|block| &block["content"]["port"]).collect();
    assert_eq!((ports, &kept["rule"]), (vec![&json!(1), &json!(2), &json!(3)], &Json::Null));
    assert_eq!(kept["dynamic"]["rule"][0]["for_each"], json!([true]));
}

#[test]
fn a_map_becomes_another_one_under_other_keys() {
    let document = document(|stack| {
        let names: Ref<Map<String>> = stack.add("names", Variable::new());
        let named = names.to_map(|key, name| (synth_core::text!("{}-{}", &key, &name), key));
        stack.add("named", Output::of(named));
    });
    assert_eq!(
        document["output"]["named"]["value"],
        r#"${{for key, item in var.names : "${key}-${item}" => key}}"#
    );
}

#[test]
fn a_passed_configuration_is_declared_where_its_provider_is_required() {
    let document = document(|stack| {
        let other = stack.passed_provider(&RANDOM, "other");
        stack.add("id", Untyped::resource("random_id", &RANDOM).provider(other));
    });
    assert_eq!(document["resource"]["random_id"]["id"]["provider"], "random.other");
    assert_eq!(
        document["terraform"]["required_providers"]["random"]["configuration_aliases"],
        json!(["random.other"])
    );
    assert_eq!(document["provider"], Json::Null);
}

#[test]
fn what_terraform_has_by_itself_needs_no_provider() {
    let document = document(|stack| {
        let other = Untyped::builtin_data("terraform_remote_state").argument("backend", Term::text("local"));
        let other = stack.add("other", other);
        stack.add("id", Output::of(other.attribute::<Any>("outputs").field::<String>("id")));
    });
    assert_eq!(document["data"]["terraform_remote_state"]["other"]["backend"], "local");
    assert_eq!(document["output"]["id"]["value"], "${data.terraform_remote_state.other.outputs.id}");
    assert_eq!(document["terraform"], Json::Null);
}
