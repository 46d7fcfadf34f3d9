//! What synthesis costs: a table, each figure the median of five processes. `cargo bench -p synth --bench units`
//!
//! A unit is five resources that refer to each other: a bucket, its versioning and public access block, a role and
//! its policy. `build` is the author's own code, ids and names formatted; `resolve` checks, writes and drops the tree;
//! `drop` is what dropping it takes, of that. Beside them stands the floor: serde_json writing the same document from
//! a value that is there already and stays, which has neither to be built nor to be dropped. The profile is the
//! workspace's, with `lto = "fat"` and `codegen-units = 1`, and the allocator is the system's; `units_mimalloc.rs` takes
//! another one.

#![expect(clippy::print_stdout, reason = "the table is the result")]

use std::io::{self, Write};
use std::process::Command;

use cpu_time::ProcessTime;
use synth::aws::{iam, s3};
use synth::{App, Scope, functions, object, resolve};

type Failure = Box<dyn std::error::Error>;

const SIZES: [usize; 5] = [20, 200, 2_000, 10_000, 100_000];

/// How often each figure is taken.
const PROCESSES: usize = 5;

pub(crate) fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    match (arguments.next().as_deref(), arguments.next()) {
        (Some("synth"), Some(units)) => synthesize(units.parse()?),
        (Some("drop"), Some(units)) => dropped(units.parse()?),
        (Some("floor"), Some(units)) => floor(units.parse()?),
        _ => table(),
    }
}

fn table() -> Result<(), Failure> {
    println!(
        "{:>8} {:>9} {:>9} {:>9} {:>9} {:>9} {:>8} {:>10} {:>10} {:>9}",
        "units",
        "CPU s",
        "build",
        "resolve",
        "of it drop",
        "floor",
        "CPU ÷",
        "resolve ÷",
        "bytes",
        "peak KiB"
    );
    for units in SIZES {
        let [cpu, build, resolve, bytes, peak] = measured("synth", units)?;
        let [drop] = measured("drop", units)?;
        let [floor] = measured("floor", units)?;
        println!(
            "{units:>8} {cpu:>9.4} {build:>9.4} {resolve:>9.4} {drop:>10.4} {floor:>9.4} {:>8.2} {:>10.2} {bytes:>10} {peak:>9}",
            cpu / floor,
            resolve / floor,
        );
    }
    Ok(())
}

/// The medians of what processes of their own report.
fn measured<const N: usize>(what: &str, units: usize) -> Result<[f64; N], Failure> {
    let mut columns: [Vec<f64>; N] = std::array::from_fn(|_| Vec::new());
    for _ in 0..PROCESSES {
        let output = Command::new(std::env::current_exe()?).args([what, &units.to_string()]).output()?;
        let text = String::from_utf8(output.stderr)?;
        let figures: Vec<f64> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
        if figures.len() != N {
            return Err(format!("{what} {units}: {text}").into());
        }
        columns.iter_mut().zip(figures).for_each(|(column, figure)| column.push(figure));
    }
    Ok(columns.map(|mut column| {
        column.sort_by(f64::total_cmp);
        column.get(PROCESSES / 2).copied().unwrap_or(f64::NAN)
    }))
}

fn build(units: usize) -> App {
    let mut app = App::new();
    let mut stack = app.stack("units");
    for number in 0..units {
        unit(&mut stack, number);
    }
    app
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

/// Writes the document as the program of a user does: CPU seconds of the whole process, of building and of resolving;
/// bytes; peak KiB.
fn synthesize(units: usize) -> Result<(), Failure> {
    let start = seconds()?;
    let app = build(units);
    let built = seconds()?;
    let documents = resolve(app)?;
    let resolved = seconds()?;
    let mut bytes = 0;
    for document in &documents {
        io::sink().write_all(document.json.as_bytes())?;
        bytes += document.json.len();
    }
    let [build, resolve] = [built - start, resolved - built];
    Ok(write!(io::stderr(), "{} {build} {resolve} {bytes} {}", seconds()?, peak())?)
}

/// Builds the same app and drops it: CPU seconds of dropping.
fn dropped(units: usize) -> Result<(), Failure> {
    let app = build(units);
    let before = seconds()?;
    drop(app);
    Ok(write!(io::stderr(), "{}", seconds()? - before)?)
}

/// Writes the same document by serde_json: CPU seconds of the writing alone.
fn floor(units: usize) -> Result<(), Failure> {
    let documents = resolve(build(units))?;
    let values: Vec<serde_json::Value> =
        documents.iter().map(|document| serde_json::from_str(&document.json)).collect::<Result<_, _>>()?;
    let before = seconds()?;
    for (value, document) in values.iter().zip(&documents) {
        let text = serde_json::to_string_pretty(value)?;
        // The document ends in a line break.
        if text.len() + 1 != document.json.len() {
            return Err("serde_json writes another document".into());
        }
    }
    Ok(write!(io::stderr(), "{}", seconds()? - before)?)
}

/// CPU seconds of this process so far.
fn seconds() -> Result<f64, Failure> {
    Ok(ProcessTime::try_now()?.as_duration().as_secs_f64())
}

/// The most memory that this process had, in KiB.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    peak.trim().trim_end_matches("kB").trim().to_owned()
}
