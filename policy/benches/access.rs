//! What comparing policies costs, on AWS's managed policies: `cargo bench -p policy --bench access`
//!
//! Each policy is compared with itself, with itself in reverse order (statements and lists, so that nothing stands
//! where it stood), and 20,000 random pairs are compared. Policies are read beforehand. A wrong answer ends it.

#![expect(clippy::print_stdout, reason = "the table is the result")]

use std::time::{Duration, Instant};

use policy::Sources;
use policy::access::{Answer, NewAccess, Policy, new_access};
use policy::iam::catalogue::managed_policies;
use serde_json::Value;

type Failure = Box<dyn std::error::Error>;

const PAIRS: usize = 20_000;

fn main() -> Result<(), Failure> {
    let documents: Vec<Value> =
        managed_policies().map(|managed| serde_json::from_str(managed.document)).collect::<Result<_, _>>()?;
    let policies: Vec<Policy> = documents.iter().map(read).collect::<Result<_, _>>()?;
    let reversed: Vec<Policy> = documents.iter().map(|one| read(&reverse(one))).collect::<Result<_, _>>()?;
    println!(
        "{:<34} {:>6} {:>6} {:>6} {:>6} {:>10} {:>10} {:>10} {:>8}",
        "", "pairs", "none", "found", "undec.", "median µs", "p99 µs", "max µs", "total s"
    );
    let same = Table::of(policies.iter().zip(&policies))?;
    same.print("each with itself");
    let turned = Table::of(policies.iter().zip(&reversed))?;
    turned.print("each with itself, reversed");
    if same.found + turned.found > 0 {
        return Err("a policy is said to allow more than itself".into());
    }
    // Numbers of a linear congruential generator (Knuth's MMIX): the same pairs in every run.
    let mut state = 0x5EED_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or_default() % policies.len()
    };
    let pairs: Vec<(usize, usize)> = (0..PAIRS).map(|_| (next(), next())).collect();
    let pairs = pairs.into_iter().filter_map(|(old, new)| Some((policies.get(old)?, policies.get(new)?)));
    Table::of(pairs)?.print("random pairs");
    Ok(())
}

#[derive(Default)]
struct Table {
    none: usize,
    found: usize,
    undecided: usize,
    times: Vec<Duration>,
}

impl Table {
    /// Compares pairs, and asks both policies about every request that is found.
    fn of<'p>(pairs: impl Iterator<Item = (&'p Policy, &'p Policy)>) -> Result<Table, Failure> {
        let mut table = Table::default();
        for (old, new) in pairs {
            let start = Instant::now();
            let answer = new_access(old, new);
            table.times.push(start.elapsed());
            match answer {
                NewAccess::None => table.none += 1,
                NewAccess::Undecided(_) => table.undecided += 1,
                NewAccess::Found(request) => {
                    if (new.allows(&request), old.allows(&request)) != (Answer::Yes, Answer::No) {
                        return Err(format!("{request:?} shows no difference").into());
                    }
                    table.found += 1;
                }
            }
        }
        table.times.sort_unstable();
        Ok(table)
    }

    fn print(&self, name: &str) {
        let micros = |time: Option<&Duration>| time.map_or(0.0, |time| time.as_secs_f64() * 1e6);
        let at = |share: usize| micros(self.times.get(self.times.len() * share / 100));
        let total: Duration = self.times.iter().sum();
        println!(
            "{name:<34} {:>6} {:>6} {:>6} {:>6} {:>10.1} {:>10.1} {:>10.1} {:>8.2}",
            self.times.len(),
            self.none,
            self.found,
            self.undecided,
            at(50),
            at(99),
            micros(self.times.last()),
            total.as_secs_f64(),
        );
    }
}

fn read(document: &Value) -> Result<Policy, Failure> {
    let mut sources = Sources::default();
    let id = sources.add("policy.json", document.to_string());
    Policy::read(&sources, id).map_err(|failure| failure.message.into())
}

/// The same document with every list turned around.
fn reverse(value: &Value) -> Value {
    match value {
        Value::Array(values) => values.iter().rev().map(reverse).collect(),
        Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), reverse(value))).collect(),
        _ => value.clone(),
    }
}
