//! What generated bindings are made of: builders, nested blocks, and references into what a provider computes.

#![allow(missing_docs, unreachable_pub, reason = "declared as generated crates declare it")]
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests fail by panicking")]

use serde_json::{Value as Json, json};
use synth_core::{
    App, BlockMap, Blocks, IntoSecret, List, Map, Output, Problems, Provider, Ref, Scope, Sensitive, Set,
    Value, Yes, block, element, reference, resolve,
};

static PROVIDER: Provider = Provider { name: "tiny", source: "acme/tiny", version: "1.0.0" };

mod required {
    #![expect(non_camel_case_types, reason = "each is named as its argument")]
    #[derive(Clone, Debug)]
    pub(crate) enum name {}
}

element! { Thing, ThingHandle: Resource "tiny_thing" (S0 name) }

impl<S0> Thing<S0> {
    fn name(mut self, v: impl Into<Value<String>>) -> Thing<Yes> {
        self.0.put("name", v.into());
        Thing(self.0, std::marker::PhantomData)
    }
    fn disk(mut self, v: impl Into<Blocks<Disk>>) -> Self {
        self.0.put("disk", v.into().between(1, 2));
        self
    }
    fn label(mut self, v: impl Into<BlockMap<Disk>>) -> Self {
        self.0.put("label", v.into());
        self
    }
    fn rule(mut self, v: impl Into<Value<List<RuleRef>>>) -> Self {
        self.0.put("rule", v.into());
        self
    }
}

impl ThingHandle {
    fn disks(self) -> Ref<List<RuleRef>> {
        Ref::attribute(self.0, "disks")
    }
    fn set(self) -> Ref<Set<RuleRef>> {
        Ref::attribute(self.0, "set")
    }
    fn map(self) -> Ref<Map<List<RuleRef>>> {
        Ref::attribute(self.0, "map")
    }
}

block! { Disk () }

block! { Rule () => RuleRef ["from", "note"] }

impl Rule {
    fn from(mut self, v: impl Into<Value<String>>) -> Self {
        self.0.put("from", v.into());
        self
    }
    fn note(mut self, v: impl IntoSecret<String>) -> Self {
        self.0.put("note", v.into_secret());
        self
    }
}

reference! { RuleRef }

impl RuleRef {
    fn from(&self) -> Ref<String> {
        Ref::of(self.0.attribute("from"))
    }
    fn note(&self) -> Sensitive<String> {
        Sensitive::of(self.0.attribute("note"))
    }
}

fn synthesized(build: impl FnOnce(&mut Scope<'_>)) -> Result<Json, Problems> {
    let mut app = App::new();
    build(&mut app.stack("s"));
    Ok(serde_json::from_str(&resolve(app)?.remove(0).json).unwrap())
}

fn thing(build: impl FnOnce(Thing) -> Thing) -> Result<Json, Problems> {
    let it = build(Thing::new().name("it"));
    synthesized(|stack| {
        stack.add("t", it);
    })
    .map(|document| document["resource"]["tiny_thing"]["t"].clone())
}

fn shown<T>(value: impl FnOnce(ThingHandle) -> Value<T>) -> Json {
    let document = synthesized(|stack| {
        let thing = stack.add("t", Thing::new().name("it"));
        stack.add("o", Output::of(value(thing)));
    });
    document.unwrap()["output"]["o"]["value"].clone()
}

#[test]
fn references_lead_into_lists_sets_and_maps_of_objects() {
    assert_eq!(shown(|thing| thing.disks().at(0).from().into()), "${tiny_thing.t.disks[0].from}");
    assert_eq!(shown(|thing| thing.set().one().from().into()), "${one(tiny_thing.t.set).from}");
    assert_eq!(
        shown(|thing| thing.map().key("a\"b").at(1).from().into()),
        r#"${tiny_thing.t.map["a\"b"][1].from}"#
    );
}

#[test]
fn a_whole_object_is_a_value_and_a_value_is_an_object() {
    assert_eq!(shown(|thing| Value::<RuleRef>::from(thing.disks().at(0))), "${tiny_thing.t.disks[0]}");
    let value = |thing: ThingHandle| Value::<RuleRef>::from(thing.disks().at(0)).object().from().into();
    assert_eq!(shown(value), "${tiny_thing.t.disks[0].from}");
}

#[test]
fn a_sensitive_attribute_of_an_object_is_sensitive() {
    let document = synthesized(|stack| {
        let thing = stack.add("t", Thing::new().name("it"));
        stack.add("u", Thing::new().name("u").rule([Rule::new().note(thing.disks().at(0).note())]));
    });
    let rule = &document.unwrap()["resource"]["tiny_thing"]["u"]["rule"];
    assert_eq!(*rule, json!([{ "from": null, "note": "${tiny_thing.t.disks[0].note}" }]));
}

#[test]
fn attributes_as_blocks_have_every_key() {
    assert_eq!(
        thing(|it| it.rule([Rule::new().from("a")])).unwrap()["rule"],
        json!([{ "from": "a", "note": null }])
    );
    assert_eq!(thing(|it| it.rule(Vec::<Rule>::new())).unwrap()["rule"], json!([]));
}

#[test]
fn labelled_blocks_stand_under_their_labels() {
    let labelled = thing(|it| it.label([("b", Disk::new()), ("a", Disk::new())])).unwrap();
    assert_eq!(labelled["label"], json!({ "a": {}, "b": {} }));
}

#[test]
fn a_count_of_blocks_that_terraform_refuses_is_a_problem() {
    let problem = |disks: Vec<Disk>| thing(|it| it.disk(disks)).unwrap_err().to_string();
    assert!(problem(vec![]).contains("`disk` stands 0 times where Terraform accepts 1 to 2"));
    let three = problem(vec![Disk::new(), Disk::new(), Disk::new()]);
    assert!(three.contains("`disk` stands 3 times"), "{three}");
    assert_eq!(thing(|it| it.disk([Disk::new(), Disk::new()])).unwrap()["disk"], json!([{}, {}]));
}

#[test]
fn what_a_dynamic_block_makes_is_not_counted() {
    let dynamic = Blocks::dynamic("d", Value::<Set<String>>::from(["a", "b", "c"]), |_| Disk::new());
    assert!(thing(|it| it.disk(dynamic)).unwrap()["dynamic"]["disk"].is_array());
}
