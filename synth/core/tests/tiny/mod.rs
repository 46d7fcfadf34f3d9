//! A provider of one resource type, as the generator would write it.

#![allow(dead_code, unreachable_pub, reason = "each test file uses a part")]

use synth_core::{
    Construct, Draft, ElementKind, Handle, MetaArguments, NodeId, Place, Provider, Ref, THIS, Term, Value,
};

pub static TINY: Provider = Provider { name: "tiny", source: "acme/tiny", version: "1.0.0" };

/// A resource as the generator would write it.
pub struct Thing(Draft);

#[derive(Clone, Copy)]
pub struct ThingHandle(NodeId);

impl Handle for ThingHandle {
    const KIND: &'static str = "tiny_thing";
    fn node(self) -> NodeId {
        self.0
    }
}

impl ThingHandle {
    pub fn arn(self) -> Ref<String> {
        Ref::attribute(self.0, "arn")
    }
}

impl Thing {
    pub fn new() -> Self {
        Thing(Draft::new(ElementKind::Resource, "tiny_thing", &TINY))
    }

    pub fn with(mut self, name: &'static str, value: impl Into<Term>) -> Self {
        self.0.set(name, value);
        self
    }
}

impl MetaArguments for Thing {
    fn draft_mut(&mut self) -> &mut Draft {
        &mut self.0
    }
}

impl Construct for Thing {
    type Handle = ThingHandle;
    fn build(self, place: Place<'_, '_>) -> ThingHandle {
        ThingHandle(place.draft(self.0))
    }
}

/// A construct of two resources.
pub struct Pair;

#[derive(Clone, Copy)]
pub struct PairHandle(NodeId);

impl Handle for PairHandle {
    const KIND: &'static str = "pair";
    fn node(self) -> NodeId {
        self.0
    }
}

impl Construct for Pair {
    type Handle = PairHandle;
    fn build(self, place: Place<'_, '_>) -> PairHandle {
        let mut scope = place.construct("pair");
        let first = scope.add(THIS, Thing::new());
        scope.add("second", Thing::new().with("of", Value::from(first.arn())));
        scope.export("arn", first.arn());
        PairHandle(scope.node())
    }
}
