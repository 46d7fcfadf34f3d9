//! What the first questions to the catalogue cost: `cargo run --release -p policy --example catalogue_cost`.
#![expect(clippy::print_stdout, reason = "it prints a table")]

use std::time::Instant;

use policy::iam::catalogue::{handlers, managed_policy, service, services};

fn main() {
    time("one service, the data unpacked", || service("sqs").is_some());
    time("one more service", || service("s3").is_some());
    time("the same service again", || service("s3").is_some());
    time("all services", || services().count() > 0);
    time("one managed policy, the data unpacked", || managed_policy("AdministratorAccess").is_some());
    time("one more managed policy", || managed_policy("ReadOnlyAccess").is_some());
    time("one resource type's handlers, the data unpacked", || handlers("aws_sqs_queue").is_some());
}

fn time(what: &str, ask: impl FnOnce() -> bool) {
    let start = Instant::now();
    let found = ask();
    println!(
        "{:>8.1} µs  {what}{}",
        start.elapsed().as_secs_f64() * 1e6,
        if found { "" } else { " (not found)" }
    );
}
