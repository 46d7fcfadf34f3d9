//! What synthesis costs: a table, one process a row. `cargo bench -p synth --bench units`
//!
//! A unit is five resources that refer to each other: a bucket, its versioning and public access block, a role and
//! its policy. Beside it stands the floor: serde_json writing the same document from a value that is there already.

#![expect(clippy::print_stdout, reason = "the table is the result")]

use std::io::{self, Write};
use std::process::Command;

use cpu_time::ProcessTime;
use synth::aws::{iam, s3};
use synth::{App, Document, Scope, functions, object, resolve};

type Failure = Box<dyn std::error::Error>;

const SIZES: [usize; 5] = [20, 200, 2_000, 10_000, 100_000];

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    match (arguments.next().as_deref(), arguments.next()) {
        (Some("synth"), Some(units)) => synthesize(units.parse()?),
        (Some("floor"), Some(units)) => floor(units.parse()?),
        _ => table(),
    }
}

fn table() -> Result<(), Failure> {
    println!(
        "{:>8} {:>10} {:>10} {:>9} {:>12} {:>10}",
        "units", "CPU s", "floor s", "× floor", "bytes", "peak KiB"
    );
    for units in SIZES {
        let synth = measured("synth", units)?;
        let floor = measured("floor", units)?;
        let [cpu, bytes, peak] = synth;
        println!(
            "{units:>8} {cpu:>10.4} {:>10.4} {:>9.2} {bytes:>12} {peak:>10}",
            floor[0],
            cpu / floor[0].max(0.000_1)
        );
    }
    Ok(())
}

/// CPU seconds, bytes and peak KiB of a process of its own.
fn measured(what: &str, units: usize) -> Result<[f64; 3], Failure> {
    let output = Command::new(std::env::current_exe()?).args([what, &units.to_string()]).output()?;
    let text = String::from_utf8(output.stderr)?;
    let figures: Vec<f64> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    <[f64; 3]>::try_from(figures).map_err(|figures| format!("{what} {units}: {figures:?}").into())
}

fn documents(units: usize) -> Result<Vec<Document>, Failure> {
    let mut app = App::new();
    let mut stack = app.stack("units");
    for number in 0..units {
        unit(&mut stack, number);
    }
    Ok(resolve(app)?)
}

fn unit(stack: &mut Scope<'_>, number: usize) {
    let id = |part: &str| format!("{part}{number}");
    let bucket = stack.add(id("bucket"), s3::Bucket::new().bucket(id("unit-")).tags([("Unit", id("unit-"))]));
    let enabled = s3::BucketVersioningVersioningConfiguration::new().status("Enabled");
    stack
        .add(id("bucket"), s3::BucketVersioning::new().bucket(bucket.id()).versioning_configuration(enabled));
    let block = s3::BucketPublicAccessBlock::new()
        .bucket(bucket.id())
        .block_public_acls(true)
        .block_public_policy(true)
        .ignore_public_acls(true)
        .restrict_public_buckets(true);
    stack.add(id("bucket"), block);
    let trust = object! {
        "Version" => "2012-10-17",
        "Statement" => [object! {
            "Effect" => "Allow", "Action" => "sts:AssumeRole", "Principal" => object! { "Service" => "lambda.amazonaws.com" },
        }],
    };
    let role = iam::Role::new().name(id("unit-")).assume_role_policy(functions::jsonencode(trust));
    let role = stack.add(id("role"), role);
    let read = object! {
        "Version" => "2012-10-17",
        "Statement" => [object! {
            "Effect" => "Allow", "Action" => ["s3:GetObject"], "Resource" => [bucket.arn() + "/*"],
        }],
    };
    let policy = iam::RolePolicy::new().name("read").role(role.id()).policy(functions::jsonencode(read));
    stack.add(id("role"), policy);
}

/// Writes the document as the program of a user does.
fn synthesize(units: usize) -> Result<(), Failure> {
    let documents = documents(units)?;
    let mut bytes = 0;
    for document in &documents {
        io::sink().write_all(document.json.as_bytes())?;
        bytes += document.json.len();
    }
    report(ProcessTime::try_now()?.as_duration().as_secs_f64(), bytes)
}

/// Writes the same document by serde_json; only the writing counts.
fn floor(units: usize) -> Result<(), Failure> {
    let documents = documents(units)?;
    let values: Vec<serde_json::Value> =
        documents.iter().map(|document| serde_json::from_str(&document.json)).collect::<Result<_, _>>()?;
    let before = ProcessTime::try_now()?;
    let mut bytes = 0;
    for value in &values {
        bytes += serde_json::to_string_pretty(value)?.len();
    }
    report(before.try_elapsed()?.as_secs_f64(), bytes)
}

fn report(cpu: f64, bytes: usize) -> Result<(), Failure> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    let peak = peak.trim().trim_end_matches("kB").trim();
    Ok(write!(io::stderr(), "{cpu} {bytes} {peak}")?)
}
