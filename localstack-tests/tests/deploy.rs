//! How a test deploys a stack, and what it can ask of it.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod nowhere;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use localstack_tests::{Failure, Harness, IntoStack, Settings, Stack, deploy};
use nowhere::Nowhere;
use serde_json::json;
use synth::aws::Provider;
use synth::{App, LogGroup, Output, TerraformData, Value, Variable};

/// Applies stacks that need no emulator.
fn nowhere(work: &Path) -> Harness {
    let settings = Settings { work: work.to_owned(), ..Settings::from_environment() };
    Harness::with(settings, Arc::new(Nowhere::default()))
}

/// What a test says when it fails.
fn failure(test: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(test)).unwrap_err();
    payload.downcast_ref::<String>().cloned().unwrap_or_default()
}

/// A folder is empty when every deployment in it went well.
fn entries(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

#[test]
fn an_app_is_deployed_updated_and_leaves_an_empty_account() -> Result<(), Failure> {
    let shop = |days: u32| {
        let mut app = App::new();
        let mut stack = app.stack("shop");
        Provider::new().region("us-east-2").configure(&mut stack);
        let orders = stack.add("orders", LogGroup::new("/shop/orders", days));
        let audit = stack.add("audit", LogGroup::new("/shop/audit", 365));
        stack.add("group", Output::of::<String>(orders.name()));
        (app, orders, audit)
    };
    let (app, orders, audit) = shop(7);
    let mut stack = deploy(app)?;
    assert_eq!(stack.output("group"), "/shop/orders");
    assert_eq!(stack.resource(&orders).settings().at("retention_in_days"), 7);
    assert_eq!(stack.resource("aws_cloudwatch_log_group.audit").settings().at("name"), "/shop/audit");
    stack.assert_idempotent();

    let (app, ..) = shop(14);
    let update = stack.update(app)?;
    update.changes_only([&orders]);
    let why = failure(|| update.changes_only([&audit]));
    assert!(why.contains("aws_cloudwatch_log_group.orders: update"), "{why}");
    assert!(why.contains("retention_in_days: 7 -> 14"), "{why}");
    assert!(why.contains("the update did not change aws_cloudwatch_log_group.audit"), "{why}");
    assert_eq!(stack.resource(&orders).settings().at("retention_in_days"), 14);

    assert_eq!(stack.holdings()?.len(), 2);
    // Destroys, and asks the account what is left before its LocalStack ends.
    stack.destroy()?;
    Ok(())
}

#[test]
fn sensitive_values_are_compared_and_not_shown() -> Result<(), Failure> {
    let work = tempfile::tempdir()?;
    let mut app = App::new();
    let mut stack = app.stack("vault");
    let token = stack.add("token", Variable::<String>::new().sensitive());
    stack.add("token", Output::of_sensitive(token));
    stack.add("list", Output::of(Value::<synth::List<String>>::from(["a", "b"])));
    let stack = nowhere(work.path()).deploy(app.into_stack()?.variable("token", "hunter2"))?;
    assert_eq!(stack.output("token"), "hunter2");
    assert_eq!(stack.output("list").read::<Vec<String>>(), ["a", "b"]);
    let why = failure(|| assert_eq!(stack.output("token"), "another"));
    assert!(why.contains("(sensitive)") && !why.contains("hunter2"), "{why}");
    assert!(!format!("{stack:?}").contains("hunter2"));
    let why = failure(|| {
        let _ = stack.output("tokn");
    });
    assert_eq!(why, "the stack has no output `tokn`, only `list`, `token`");
    drop(stack);
    assert_eq!(entries(work.path()), 0, "a deployment that went well keeps its folder");
    Ok(())
}

#[test]
fn a_document_is_its_bytes_and_a_resource_its_address() -> Result<(), Failure> {
    let work = tempfile::tempdir()?;
    let document = |word: &str| {
        json!({
            "variable": { "run": {} },
            "resource": { "terraform_data": { "one": { "input": word }, "other": { "input": "${var.run}" } } }
        })
        .to_string()
        .into_bytes()
    };
    let first = Stack::document(document("a")).named("words").run_id("run");
    let mut stack = nowhere(work.path()).deploy(first)?;
    let run = stack.resource("terraform_data.other").settings().at("input").text();
    assert!(run.len() == 12 && run.bytes().all(|byte| byte.is_ascii_digit()), "{run}");
    let update = stack.update(document("b"))?;
    update.changes_only(["terraform_data.one"]);
    stack.update(document("b"))?.changes_nothing();
    let why = failure(|| {
        let _ = stack.resource("terraform_data.two");
    });
    assert_eq!(
        why,
        "the stack has no resource `terraform_data.two`, only `terraform_data.one`, `terraform_data.other`"
    );
    Ok(())
}

#[test]
fn a_folder_is_copied_with_its_modules_and_files() -> Result<(), Failure> {
    let (work, folder) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "stacks/shop/main.tf",
        r#"
terraform {
  backend "s3" {
    bucket = "never-asked"
    key    = "state"
    region = "us-east-1"
  }
}
module "greeting" {
  source = "../../modules/greeting"
  name   = file("${path.module}/name.txt")
}
output "greeting" { value = module.greeting.text }
"#,
    );
    write("stacks/shop/name.txt", "Ada");
    write("stacks/shop/terraform.tfstate", "the state of somebody else");
    write(
        "modules/greeting/main.tf",
        "variable \"name\" {}\nresource \"terraform_data\" \"it\" { input = \"hello ${var.name}\" }\noutput \"text\" { value = terraform_data.it.output }\n",
    );
    let refused = nowhere(work.path()).deploy(folder.path().join("stacks/shop")).unwrap_err().to_string();
    assert!(refused.contains("uses the module `../../modules/greeting`, which is outside"), "{refused}");

    let whole = Stack::folder_within(folder.path(), "stacks/shop");
    let mut stack = nowhere(work.path()).deploy(whole.clone())?;
    assert_eq!(stack.output("greeting"), "hello Ada");
    write("stacks/shop/name.txt", "Eve");
    stack.update(whole)?.changes_only(["module.greeting"]);
    assert_eq!(stack.output("greeting"), "hello Eve");
    Ok(())
}

#[test]
fn a_handle_of_another_app_is_no_resource() -> Result<(), Failure> {
    let work = tempfile::tempdir()?;
    let app = |name: &'static str| {
        let mut app = App::new();
        let data = app.stack("s").add(name, TerraformData::new().input::<String>("x"));
        (app, data)
    };
    let ((one, _), (_, stranger)) = (app("one"), app("other"));
    let stack = nowhere(work.path()).deploy(one)?;
    let why = failure(|| {
        let _ = stack.resource(&stranger);
    });
    assert_eq!(why, "the handle is not of the app that was deployed");
    Ok(())
}

#[test]
fn an_unstable_stack_fails_with_what_it_would_change() -> Result<(), Failure> {
    let work = tempfile::tempdir()?;
    let document = json!({ "resource": { "terraform_data": { "clock": { "input": "${timestamp()}" } } } });
    let mut stack = nowhere(work.path()).deploy(document.to_string().into_bytes())?;
    let why = failure(AssertUnwindSafe(|| stack.assert_idempotent()));
    assert!(why.contains("a second plan wants to change:\n  terraform_data.clock: update"), "{why}");
    assert!(why.contains("-> (known after apply)"), "{why}");
    Ok(())
}

#[test]
fn where_the_time_went_is_told_and_drawn() -> Result<(), Failure> {
    let (work, timelines) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let settings = Settings {
        work: work.path().to_owned(),
        timelines: Some(timelines.path().to_owned()),
        ..Settings::from_environment()
    };
    let document = json!({ "resource": { "terraform_data": {
        "quick": {},
        "slow": { "provisioner": { "local-exec": { "command": "sleep 0.5" } } }
    }}});
    let harness = Harness::with(settings, Arc::new(Nowhere::default()));
    let stack = harness.deploy(document.to_string().into_bytes())?;
    let slowest: Vec<String> = stack.timeline().slowest(1).into_iter().map(|span| span.name).collect();
    assert_eq!(slowest, ["terraform_data.slow"]);
    stack.destroy()?;
    let picture = fs::read_dir(timelines.path())?.next().ok_or("nothing was drawn")??.path();
    let picture = fs::read_to_string(picture)?;
    for name in ["init", "apply", "destroy", "terraform_data.slow"] {
        assert!(picture.contains(&format!(">{name} ")), "{name} in {picture}");
    }
    Ok(())
}
