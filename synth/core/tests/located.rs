//! Handles lead to addresses after synthesis.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod tiny;

use synth_core::{App, Located, Module, Scope, resolve_located};
use tiny::{Pair, Thing};

fn located<H>(build: impl FnOnce(&mut Scope<'_>) -> H) -> (Located, H) {
    let mut app = App::new();
    let handle = build(&mut app.stack("s"));
    (resolve_located(app).unwrap().1, handle)
}

#[test]
fn an_element_is_at_its_own_address() {
    let (located, thing) = located(|stack| stack.add("a.b", Thing::new()));
    assert_eq!(located.of(thing), ["tiny_thing.a___2e_b"]);
}

#[test]
fn a_construct_is_everything_in_it_its_main_resource_first() {
    let (located, pair) = located(|stack| {
        stack.add("other", Thing::new());
        stack.add("pair", Pair)
    });
    assert_eq!(located.of(pair), ["tiny_thing.pair", "tiny_thing.pair__second"]);
}

#[test]
fn a_module_and_counted_objects_have_one_address() {
    let (found, module) = located(|stack| stack.add("network", Module::new("./network")));
    assert_eq!(found.of(module), ["module.network"]);
    let (found, counted) = located(|stack| stack.add_count("many", 3, |_| Thing::new()));
    assert_eq!(found.of(counted), ["tiny_thing.many"]);
}

#[test]
fn a_handle_of_another_app_is_nowhere() {
    let (_, stranger) = located(|stack| stack.add("a", Thing::new()));
    let (found, _) = located(|stack| stack.add("b", Thing::new()));
    assert_eq!(found.of(stranger), Vec::<String>::new());
}
