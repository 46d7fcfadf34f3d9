//! How large a task is.

use std::ops::RangeInclusive;

use synth_core::{Known, List, Number, Problem, Scope, Value, functions};

/// The memory in MiB that goes with CPU units, with its step (Amazon ECS Developer Guide, "Amazon ECS task definition
/// parameters for Fargate": Task size). 256 units have 512 MiB too.
const PAIRS: [(i64, RangeInclusive<i64>, i64); 7] = [
    (256, 1024..=2048, 1024),
    (512, 1024..=4096, 1024),
    (1024, 2048..=8192, 1024),
    (2048, 4096..=16_384, 1024),
    (4096, 8192..=30_720, 1024),
    (8192, 16_384..=61_440, 4096),
    (16_384, 32_768..=122_880, 8192),
];
const PAGE: &str =
    "Amazon ECS Developer Guide, \"Amazon ECS task definition parameters for Fargate\": Task size";

/// A task's CPU and memory: one of the pairs that Fargate has.
#[derive(Clone, Debug)]
pub struct Size {
    cpu: Value<Number>,
    memory: Value<Number>,
}

fn memory(cpu: i64) -> Option<Vec<i64>> {
    let (cpu, range, step) = PAIRS.into_iter().find(|(units, ..)| *units == cpu)?;
    let least = (cpu == 256).then_some(512);
    let sizes = (0..).map(|steps| range.start() + steps * step).take_while(|size| size <= range.end());
    Some(least.into_iter().chain(sizes).collect())
}

impl Size {
    /// CPU units, of which 1024 are a vCPU, and MiB. Literals are checked when the app is resolved, variables when it
    /// is planned.
    pub fn new(cpu: impl Into<Value<Number>>, memory: impl Into<Value<Number>>) -> Self {
        Size { cpu: cpu.into(), memory: memory.into() }
    }

    pub(super) fn check(&self, scope: &mut Scope<'_>) {
        let Known::Is(cpu) = self.cpu.known() else { return };
        let Some(sizes) = memory(cpu) else {
            let units: Vec<String> = PAIRS.iter().map(|(units, ..)| units.to_string()).collect();
            scope.refuse(
                Problem::new(format!("Fargate has no tasks of {cpu} CPU units"))
                    .at("/size/cpu")
                    .help(format!("write one of {}", units.join(", ")))
                    .source(PAGE),
            );
            return;
        };
        if let Known::Is(memory) = self.memory.known()
            && !sizes.contains(&memory)
        {
            let sizes: Vec<String> = sizes.iter().map(i64::to_string).collect();
            scope.refuse(
                Problem::new(format!("Fargate has no tasks of {cpu} CPU units and {memory} MiB"))
                    .at("/size/memory")
                    .help(format!("{cpu} CPU units have one of these MiB: {}", sizes.join(", ")))
                    .source(PAGE),
            );
        }
    }

    /// The condition that Terraform checks, where the size is not known before.
    pub(super) fn condition(&self) -> Option<Value<bool>> {
        if let (Known::Is(_), Known::Is(_)) = (self.cpu.known(), self.memory.known()) {
            return None;
        }
        let pairs = PAIRS.into_iter().map(|(cpu, ..)| {
            let sizes: Value<List<Number>> = memory(cpu).unwrap_or_default().into();
            self.cpu.clone().equals(cpu).and(functions::contains(sizes, &self.memory))
        });
        Some(functions::anytrue(pairs.collect::<Value<List<bool>>>()))
    }

    /// CPU units and MiB as the API has them: texts.
    pub(super) fn texts(&self) -> (Value<String>, Value<String>) {
        (text(&self.cpu), text(&self.memory))
    }
}

fn text(number: &Value<Number>) -> Value<String> {
    match number.known_digits() {
        Known::Is(digits) => digits.into(),
        // Terraform converts a number by itself where an argument is text ("Type Conversion").
        Known::Later => Value::of(number.clone().into_term()),
    }
}
