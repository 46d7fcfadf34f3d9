//! `synth output`: the outputs of stacks that were applied.

use std::ffi::OsStr;
use std::process::ExitCode;

use clap::Args;
use command_line::Verbosity;
use serde_json::{Map, Value};

use super::exit::WRITTEN;
use super::run::{self, AfterFailure, End, Screen, Session, Stack, Which, in_turn};

/// Shown below the options.
const AFTER_HELP: &str = "Examples:
  synth output stack.yaml
  synth output out --json
  synth output out --stack database --raw password

Exit codes:
  0  the outputs were printed
  1  terraform refused, or there is no such output
  2  the command could not do its work: wrong usage, no terraform, an interrupt

Sensitive values are shown to nobody but who asks for one by --raw.";

/// What `synth output` is told.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    #[command(flatten)]
    which: Which,
    /// Print one object: of each stack its outputs, as terraform prints them, sensitive ones without a value
    #[arg(long, conflicts_with = "raw")]
    json: bool,
    /// Print the value of one output of one stack, and nothing else, be it sensitive or not
    #[arg(long, value_name = "NAME")]
    raw: Option<String>,
    #[command(flatten)]
    verbosity: Verbosity,
}

/// Prints the outputs and returns the exit code.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    ExitCode::from(output(arguments).map_or_else(End::said, |()| WRITTEN))
}

fn output(arguments: &Arguments) -> Result<(), End> {
    let stacks = arguments.which.stacks()?.chosen;
    let mut session = Session::begin(&arguments.which, Screen::of_results(arguments.verbosity))?;
    match (&arguments.raw, stacks.as_slice()) {
        (Some(name), [stack]) => raw(&mut session, stack, name),
        (Some(_), _) => {
            let names: Vec<&str> = stacks.iter().map(|stack| stack.name.as_str()).collect();
            let names = names.join(", ");
            Err(End::Failed(format!("`--raw` is about one stack: choose it by `--stack` ({names})")))
        }
        (None, stacks) if arguments.json => json(&mut session, stacks),
        (None, stacks) => in_turn(&mut session, stacks, AfterFailure::GoOn, |session, stack| {
            let directory = session.prepare(stack)?;
            run::outputs(session, stack, &directory)
        }),
    }
}

fn raw(session: &mut Session, stack: &Stack, name: &str) -> Result<(), End> {
    let directory = session.prepare(stack)?;
    let names = run::values(session, &directory)?;
    if !names.contains_key(name) {
        let names: Vec<&str> = names.keys().map(String::as_str).collect();
        let (stack, names) = (&stack.name, names.join(", "));
        return Err(End::Wrong(format!("`{stack}` has no output `{name}`; it has: {names}")));
    }
    let arguments = ["-no-color", "-raw", "--", name].map(OsStr::new);
    let value = session.ask("output", directory.output(&arguments))?;
    // The line break that ends what a program prints is none of the value's.
    Ok(session.screen().result(value.strip_suffix('\n').unwrap_or(&value))?)
}

fn json(session: &mut Session, stacks: &[Stack]) -> Result<(), End> {
    let mut all = Map::new();
    in_turn(session, stacks, AfterFailure::GoOn, |session, stack| {
        let directory = session.prepare(stack)?;
        let outputs = run::values(session, &directory)?;
        all.insert(stack.name.clone(), without_secrets(Value::Object(outputs)));
        Ok(())
    })?;
    Ok(session.screen().result(&format!("{:#}\n", Value::Object(all)))?)
}

/// Outputs as terraform prints them, but for the values of sensitive ones.
fn without_secrets(mut outputs: Value) -> Value {
    for output in outputs.as_object_mut().into_iter().flat_map(Map::values_mut) {
        // What does not say that it is plain is taken for a secret.
        if output.get("sensitive") != Some(&Value::Bool(false))
            && let Some(output) = output.as_object_mut()
        {
            output.remove("value");
        }
    }
    outputs
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn sensitive_values_are_left_out_and_so_is_what_does_not_say() {
        let outputs = json!({
            "a": {"sensitive": false, "type": "string", "value": "plain"},
            "b": {"sensitive": true, "type": "string", "value": "secret"},
            "c": {"value": "who knows"},
        });
        let shown = json!({
            "a": {"sensitive": false, "type": "string", "value": "plain"},
            "b": {"sensitive": true, "type": "string"},
            "c": {},
        });
        assert_eq!(without_secrets(outputs), shown);
    }
}
