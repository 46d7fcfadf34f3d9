//! Every piece of Terraform's language that synth writes is accepted by terraform.

mod synthesized;

use localstack_tests::Failure;
use serde_json::json;
use synth::aws::{self, PROVIDER};
use synth::{
    Check, Construct, Counted, Draft, ElementKind, Lifecycle, Local, Map, MetaArguments, Module, Number,
    OnFailure, Output, Place, Provisioner, Ref, Set, TerraformData, Value, Variable, concat, functions, own,
    path_module, text, workspace,
};
use synthesized::{applies, validates};

#[test]
fn locals_count_and_for_each_are_computed() -> Result<(), Failure> {
    let state = applies("iteration", &[], |stack| {
        let sizes = stack.add("sizes", Local::of(Value::<Map<Number>>::from([("small", 1), ("large", 9)])));
        let counted = stack.add_count("counted", 2, |index| TerraformData::new().input::<Number>(index));
        let keyed = stack.add_for_each("keyed", sizes, |each| {
            TerraformData::new().input::<String>(text!("{}={}", each.key(), each.value()))
        });
        let set: Value<Set<String>> = ["b", "a"].into();
        let named =
            stack.add_for_each("named", set, |each| TerraformData::new().input::<String>(each.value()));
        stack.add("first", Output::of(counted.at(0, |data| data.output::<Number>())));
        stack.add("all", Output::of(counted.all(|data| data.output::<Number>())));
        stack.add("large", Output::of(keyed.at("large", |data| data.output::<String>())));
        stack.add("by_key", Output::of(named.all(|data| data.output::<String>())));
    })?;
    let output = |name: &str| state.output(name).cloned().unwrap_or_default();
    assert_eq!(output("first"), 0);
    assert_eq!(output("all"), json!([0, 1]));
    assert_eq!(output("large"), "large=9");
    assert_eq!(output("by_key"), json!({ "a": "a", "b": "b" }));
    Ok(())
}

#[test]
fn a_module_takes_inputs_and_gives_outputs() -> Result<(), Failure> {
    let module = r#"{"variable": {"name": {"type": "string"}},
        "output": {"greeting": {"value": "hello ${var.name}"}, "secret": {"value": "s", "sensitive": true}}}"#;
    let state = applies("module", &[("greeting/main.tf.json", module)], |stack| {
        let one = stack.add("one", Module::new("./greeting").input::<String>("name", "you ${x}"));
        stack.add("greeting", Output::of::<String>(one.output::<String>("greeting")));
        stack.add("secret", Output::of_sensitive::<String>(one.sensitive_output("secret")));
        let names: Value<Set<String>> = ["a", "b"].into();
        let many = stack.add_for_each("many", names, |each| {
            Module::new("./greeting").input::<String>("name", each.key()).depends_on(one)
        });
        stack.add("greetings", Output::of(many.all(|module| module.output::<String>("greeting"))));
    })?;
    assert_eq!(state.output("greeting"), Some(&json!("hello you ${x}")));
    assert_eq!(state.output("greetings"), Some(&json!({ "a": "hello a", "b": "hello b" })));
    Ok(())
}

#[test]
fn conditions_lifecycle_and_provisioners_are_accepted() -> Result<(), Failure> {
    let state = applies("conditions", &[], |stack| {
        let trigger = stack.add("trigger", TerraformData::new().input::<String>("1"));
        let lifecycle = Lifecycle::new()
            .create_before_destroy()
            .ignore_changes("input")
            .replace_when_changed(trigger)
            .replace_when(trigger.id());
        let made = Provisioner::local_exec("test \"$WORD\" = 'a ${b}'").environment("WORD", "a ${b}");
        let gone = Provisioner::local_exec("true").when_destroyed().on_failure(OnFailure::Continue);
        stack.add(
            "made",
            TerraformData::new()
                .input::<String>(workspace())
                .lifecycle(lifecycle)
                .precondition(Value::from(trigger.output::<String>()).equals("1"), "the trigger is 1")
                .postcondition(
                    Value::from(own::<String>("output")).equals("default"),
                    "the workspace is default",
                )
                .provisioner(made)
                .provisioner(gone),
        );
        stack.add("always", Check::that(Value::from(trigger.output::<String>()).differs("2"), "never 2"));
        stack.add("folder", Output::of::<String>(path_module()));
    })?;
    assert_eq!(state.output("folder"), Some(&json!(".")));
    Ok(())
}

/// A resource that the bindings do not know.
struct Raw(Draft);

impl MetaArguments for Raw {
    fn draft_mut(&mut self) -> &mut Draft {
        &mut self.0
    }
}

impl Construct for Raw {
    type Handle = ();
    fn build(self, place: Place<'_, '_>) {
        place.draft(self.0);
    }
}

#[test]
fn json_with_references_is_encoded_by_terraform() -> Result<(), Failure> {
    validates("raw", |stack| {
        aws::Provider::new().region("us-east-1").configure(stack);
        let queue = Raw(Draft::new(ElementKind::Resource, "aws_sqs_queue", &PROVIDER));
        let name: Ref<String> = stack.add("name", Variable::<String>::new());
        let policy =
            functions::jsonencode(Value::<Map<String>>::from([("Id", concat(["a\"".into(), name.into()]))]));
        stack.add("raw", queue.argument("policy", policy));
    })
}

#[test]
fn counted_handles_are_copyable() {
    fn copyable<T: Copy>() {}
    copyable::<Counted<synth::TerraformDataHandle>>();
}
