//! What assertions accept, and what they say when they fail.

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests fail by panicking")]

use std::panic::{AssertUnwindSafe, catch_unwind};

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use synth_aws::{ecr, iam};
use synth_core::{App, Output, Scope, Term, Variable};
use synth_testing::{Synthesized, differences};

fn images(stack: &mut Scope<'_>) {
    let scanned = ecr::RepositoryImageScanningConfiguration::new().scan_on_push(true);
    let shop = stack.add("shop", ecr::Repository::new().name("shop").image_scanning_configuration(scanned));
    stack.add("tools", ecr::Repository::new().name("tools"));
    stack.add("policy", iam::data::PolicyDocument::new().version("2012-10-17"));
    stack.add("region", Variable::<String>::new().description("where"));
    stack.add("arn", Output::of::<String>(shop.arn()));
}

/// What an assertion says when it fails.
fn said(assertion: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(assertion)).unwrap_err();
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(_) => panic!("no text"),
    }
}

#[test]
fn elements_are_found_by_a_part_of_their_properties() {
    let stack = Synthesized::stack(images);
    stack.has_resource::<ecr::Repository>(json!({ "name": "tools", "image_scanning_configuration": null }));
    stack
        .has_resource::<ecr::Repository>(json!({ "image_scanning_configuration": { "scan_on_push": true } }));
    stack.has_resource::<ecr::Repository>(
        json!({ "image_scanning_configuration": [{ "scan_on_push": true }] }),
    );
    stack.has_resources::<ecr::Repository>(2);
    stack.has_resources::<iam::Role>(0);
    stack.has_data::<iam::data::PolicyDocument>(json!({ "version": "2012-10-17" }));
    stack.has_output("arn", json!({ "value": "${aws_ecr_repository.shop.arn}" }));
    stack.has_variable("region", json!({ "type": "string" }));
}

#[test]
fn a_failure_says_what_each_element_has_instead() {
    let stack = Synthesized::stack(images);
    let missing =
        said(|| stack.has_resource::<ecr::Repository>(json!({ "force_delete": true, "name": "web" })));
    let expected = "no aws_ecr_repository has these properties\n  \
        aws_ecr_repository.shop: /force_delete is not set, and should be true\n  \
        aws_ecr_repository.shop: /name is \"shop\", not \"web\"\n  \
        aws_ecr_repository.tools: /force_delete is not set, and should be true\n  \
        aws_ecr_repository.tools: /name is \"tools\", not \"web\"";
    assert_eq!(missing, expected);
    let none = said(|| stack.has_resource::<iam::Role>(json!({})));
    assert_eq!(none, "no aws_iam_role has these properties: there is none");
    let count = said(|| stack.has_resources::<ecr::Repository>(3));
    assert_eq!(count, "there are 2 aws_ecr_repository, not 3: shop, tools");
    assert!(said(|| stack.has_output("nothing", json!({}))).ends_with("there is none"));
}

#[test]
fn a_snapshot_that_differs_is_shown_by_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("stack.tf.json");
    let stack = Synthesized::stack(|stack| stack.add("one", Output::of::<String>("1")));
    std::fs::write(&file, stack.text()).unwrap();
    stack.snapshot(&file);
    let other = Synthesized::stack(|stack| stack.add("one", Output::of::<String>("2")));
    let said = said(|| other.snapshot(&file));
    assert!(said.contains("-      \"value\": \"1\"\n+      \"value\": \"2\"\n"), "{said}");
    assert!(said.contains("BLESS=1"), "{said}");
}

#[test]
fn a_stack_is_checked_by_the_providers_schema() {
    Synthesized::stack(images).valid();
    let misspelled = Synthesized::stack(|stack| {
        let images = stack.add("shop", ecr::Repository::new().name("shop"));
        stack.override_argument(images, "/force_deletion", Term::Bool(true));
    });
    let said = said(|| misspelled.valid());
    assert!(said.contains("force_deletion") && said.contains("did you mean `force_delete`?"), "{said}");
}

#[test]
fn a_program_that_is_not_there_is_named() {
    let said = said(|| Synthesized::stack(|_| {}).plans("no-such-terraform"));
    assert!(said.starts_with("no-such-terraform cannot be started"), "{said}");
}

#[test]
fn what_is_wrong_can_be_expected() {
    let problems = Synthesized::refused(|stack| {
        stack.add("a", Output::of::<String>("1"));
        stack.add("a", Output::of::<String>("2"));
    });
    assert!(problems.to_string().contains("two of `output` named"), "{problems}");
    let said = said(|| drop(Synthesized::refused(|_| {})));
    assert_eq!(said, "nothing is wrong with the stack:\n{}\n");
}

#[test]
fn the_stacks_of_an_app_come_in_their_order() {
    let mut app = App::new();
    app.stack("second").add("x", Output::of::<String>("2"));
    app.stack("first").add("x", Output::of::<String>("1"));
    let ids: Vec<String> = Synthesized::app(app).iter().map(|stack| stack.id().to_owned()).collect();
    assert_eq!(ids, ["second", "first"]);
}

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i8>().prop_map(Json::from),
        "[a-c]{0,2}".prop_map(Json::from),
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Json::from),
            proptest::collection::btree_map("[a-c]", inner, 0..3)
                .prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn everything_has_all_of_itself(json in any_json()) {
        prop_assert_eq!(differences(&json, &json), Vec::<String>::new());
    }

    #[test]
    fn what_lacks_a_member_has_all_but_that(json in any_json(), value in 0..9) {
        let more = json!({ "extra": value, "same": json });
        let less = json!({ "same": json });
        prop_assert_eq!(differences(&more, &less), Vec::<String>::new());
        prop_assert_eq!(differences(&less, &more).len(), 1);
    }
}
