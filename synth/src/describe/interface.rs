//! Variables and outputs.

use serde_json::{Map, Value};

use super::document::Stack;
use super::markdown::{Page, code, list, plain};
use super::{by_stack, row};

pub(super) fn write(stacks: &[Stack<'_>], page: &mut Page) {
    let mut variables = Vec::new();
    let mut outputs = Vec::new();
    for stack in stacks {
        variables.extend(stack.variables().map(|(name, variable)| {
            row(
                stacks,
                stack,
                [code(name), text(variable, "description"), value(variable), accepted(variable)],
            )
        }));
        outputs.extend(stack.outputs().map(|(name, output)| {
            let shown = if is(output, "sensitive") { "no" } else { "yes" };
            row(stacks, stack, [code(name), purpose(stacks, stack, name, output), shown.to_owned()])
        }));
    }
    if !variables.is_empty() {
        page.section("Variables");
        page.table(&by_stack(stacks, &["variable", "what", "value", "accepted"]), &variables);
    }
    if !outputs.is_empty() {
        page.section("Outputs");
        page.table(&by_stack(stacks, &["output", "what", "shown"]), &outputs);
    }
}

/// What an output is for: what is written, else who reads it.
fn purpose(stacks: &[Stack<'_>], stack: &Stack<'_>, name: &str, output: &Map<String, Value>) -> String {
    let said = text(output, "description");
    if !said.is_empty() {
        return said;
    }
    let address = stack.as_read(name);
    let readers: Vec<&str> =
        stacks.iter().filter(|other| other.refers_to(&address)).map(|reader| reader.name).collect();
    if readers.is_empty() { String::new() } else { format!("for {}", list(readers)) }
}

/// The default, and what becomes of the value.
fn value(variable: &Map<String, Value>) -> String {
    let default = match variable.get("default") {
        None => "required".to_owned(),
        // The default of a secret is none of the page's business.
        Some(_) if is(variable, "sensitive") => "has a default".to_owned(),
        Some(default) => code(&default.to_string()),
    };
    let mark = match (is(variable, "ephemeral"), is(variable, "sensitive")) {
        (true, _) => ", kept nowhere",
        (false, true) => ", hidden",
        (false, false) => "",
    };
    format!("{default}{mark}")
}

/// What its validations say, else its type.
fn accepted(variable: &Map<String, Value>) -> String {
    let validations = variable.get("validation").and_then(Value::as_array).into_iter().flatten();
    let said = validations.filter_map(|validation| validation.get("error_message")?.as_str());
    let said: Vec<String> = said.map(|message| plain(message.trim_start_matches("Accepted: "))).collect();
    match (said.is_empty(), variable.get("type").and_then(Value::as_str)) {
        (false, _) => said.join(" "),
        (true, Some(of)) => code(of),
        (true, None) => "anything".to_owned(),
    }
}

fn is(block: &Map<String, Value>, mark: &str) -> bool {
    block.get(mark) == Some(&Value::Bool(true))
}

fn text(block: &Map<String, Value>, argument: &str) -> String {
    plain(block.get(argument).and_then(Value::as_str).unwrap_or_default())
}
