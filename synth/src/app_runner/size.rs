//! How large an instance is.

use synth_core::{Known, Number, Problem, Scope, Value, functions, text};

use crate::limit::Preconditions;

/// The pairs of vCPU and GB that App Runner has (AWS App Runner Developer Guide, "App Runner architecture and
/// concepts": supported configurations).
const PAIRS: [(&str, &str); 11] = [
    ("0.25", "0.5"),
    ("0.25", "1"),
    ("0.5", "1"),
    ("1", "2"),
    ("1", "3"),
    ("1", "4"),
    ("2", "4"),
    ("2", "6"),
    ("4", "8"),
    ("4", "10"),
    ("4", "12"),
];
const PAGE: &str =
    "AWS App Runner Developer Guide, \"App Runner architecture and concepts\": supported configurations";

/// An instance's CPU and memory: one of the pairs that App Runner has.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields),
    schemars(rename = "AppRunnerSize", transform = only_pairs)
)]
pub struct Size {
    /// vCPUs: 0.25, 0.5, 1, 2 or 4.
    cpu: Value<Number>,
    /// Memory in GB; which ones there are depends on the CPU.
    memory_gb: Value<Number>,
}

impl Size {
    /// vCPUs and GB. Literals are checked when the app is resolved, variables when it is planned.
    pub fn new(cpu: impl Into<Value<Number>>, memory_gb: impl Into<Value<Number>>) -> Self {
        Size { cpu: cpu.into(), memory_gb: memory_gb.into() }
    }

    /// Refuses a size that is written out; one that comes later gets a condition.
    pub(super) fn check(&self, scope: &mut Scope<'_>) -> Preconditions {
        let (Known::Is(cpu), Known::Is(memory)) = (self.cpu.known_digits(), self.memory_gb.known_digits())
        else {
            let pair = text!("{}/{}", &self.cpu, &self.memory_gb);
            return Preconditions::only_if(pair.term().refers(), || condition(pair));
        };
        if !PAIRS.contains(&(cpu.as_str(), memory.as_str())) {
            scope.refuse(
                Problem::new(format!("App Runner has no instances of {cpu} vCPU and {memory} GB"))
                    .at("/size")
                    .help(format!("write one of {}", pairs()))
                    .source(PAGE),
            );
        }
        Preconditions::default()
    }

    /// CPU in the units that the API answers with: 1024 a vCPU.
    pub(super) fn cpu_units(&self) -> Value<String> {
        units(&self.cpu)
    }

    /// Memory in the units that the API answers with: MB.
    pub(super) fn memory_mb(&self) -> Value<String> {
        units(&self.memory_gb)
    }
}

fn condition(pair: Value<String>) -> (Value<bool>, String) {
    let accepted = PAIRS.map(|(cpu, memory)| format!("{cpu}/{memory}"));
    let message = format!("App Runner has no instances of this CPU and memory. It has {}.", pairs());
    (functions::contains(accepted, pair), message)
}

fn units(value: &Value<Number>) -> Value<String> {
    match value.known_digits() {
        Known::Is(digits) => match digits.parse::<f64>() {
            Ok(number) => Value::from(format!("{:.0}", number * 1024.0)),
            Err(_) => Value::from(digits),
        },
        // Terraform converts a number by itself where an argument is text ("Type Conversion").
        Known::Later => Value::of(value.clone().times(1024).into_term()),
    }
}

fn pairs() -> String {
    PAIRS.map(|(cpu, memory)| format!("{cpu} vCPU with {memory} GB")).join(", ")
}

/// Says in the schema which memory goes with which CPU, where both are written out.
#[cfg(feature = "documents")]
fn only_pairs(schema: &mut schemars::Schema) {
    use serde_json::{Value, json};

    let number = |digits: &str| digits.parse::<f64>().map_or(Value::Null, |number| json!(number));
    let one_of = |numbers: Vec<Value>, help: String| {
        let then = json!({ "enum": numbers, "x-help": help, "x-see": PAGE });
        json!({ "if": { "type": "number" }, "then": then })
    };
    let mut cpus: Vec<&str> = PAIRS.map(|(cpu, _)| cpu).to_vec();
    cpus.dedup();
    let known =
        one_of(cpus.iter().map(|cpu| number(cpu)).collect(), "an instance has one of these vCPUs".to_owned());
    let mut rules = vec![json!({ "properties": { "cpu": known } })];
    for cpu in cpus {
        let memory = PAIRS.iter().filter(|(of, _)| *of == cpu).map(|(_, memory)| number(memory)).collect();
        let memory = one_of(memory, format!("an instance of {cpu} vCPU has one of these GB"));
        rules.push(json!({
            "if": { "required": ["cpu"], "properties": { "cpu": { "const": number(cpu) } } },
            "then": { "properties": { "memory_gb": memory } }
        }));
    }
    schema.insert("allOf".to_owned(), Value::Array(rules));
}
