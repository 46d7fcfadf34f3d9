//! One resource for each entry of a variable, and an aspect that looks at every element.
//!
//! `cargo run -p synth --example for_each > main.tf.json`

use std::process::ExitCode;

use synth::aws::{self, logs};
use synth::{App, Lifecycle, Map, MetaArguments, Number, Output, Problem, Value, Variable};

fn main() -> ExitCode {
    synth::main(|app: &mut App| {
        let mut stack = app.stack("logs");
        aws::Provider::new().region("eu-central-1").configure(&mut stack);
        let days: Value<Map<Number>> = [("api", 30), ("worker", 7)].into();
        let groups =
            Variable::<Map<Number>>::new().description("Days to keep each service's logs").default(days);
        let groups = stack.add("groups", groups);
        let groups = stack.add_for_each("service", groups, |each| {
            logs::Group::new()
                .name(Value::from("/acme/") + each.key())
                .retention_in_days(each.value())
                .lifecycle(Lifecycle::new().prevent_destroy())
        });
        stack.add(
            "arns",
            Output::of(groups.all(|group| group.arn())).description("The groups' ARNs by service"),
        );
        stack
            .add("api", Output::of(groups.at("api", |group| group.name())).description("Where the API logs"));

        app.aspect(|element| {
            if element.type_name() == "aws_cloudwatch_log_group" && element.argument("kms_key_id").is_none() {
                element.warn(Problem::new("the logs are not encrypted with a key of your own"));
            }
        });
    })
}
