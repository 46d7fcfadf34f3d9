//! Prints how long 10,000 resources take: `just check-speed`.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use synth_check::{Schemas, Source, check};

/// As many runs as it takes for one that nothing disturbs.
const RUNS: usize = 50;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = document(2_000)?;
    let mut best = Duration::MAX;
    for _ in 0..RUNS {
        let start = Instant::now();
        let report = check(&[Source { name: "main.tf.json", text: &text }], &Schemas::embedded());
        best = best.min(start.elapsed());
        if !report.is_clean() {
            return Err(report.to_string().into());
        }
    }
    println!("10,000 resources, {} bytes: {:.1} ms", text.len(), best.as_secs_f64() * 1e3);
    match std::env::args().nth(1) {
        Some(path) => Ok(std::fs::write(path, text)?),
        None => Ok(()),
    }
}

/// Units of a bucket, its versioning, its public access block, a role and a policy that refers to both.
fn document(units: usize) -> Result<String, std::fmt::Error> {
    let mut sections = [const { String::new() }; 5];
    for unit in 0..units {
        let [bucket, versioning, access, role, policy] = &mut sections;
        let comma = if unit == 0 { "" } else { "," };
        write!(bucket, r#"{comma}"b{unit}":{{"bucket":"data-{unit}","tags":{{"unit":"{unit}"}}}}"#)?;
        write!(
            versioning,
            r#"{comma}"b{unit}":{{"bucket":"${{aws_s3_bucket.b{unit}.id}}","versioning_configuration":{{"status":"Enabled"}}}}"#
        )?;
        write!(
            access,
            r#"{comma}"b{unit}":{{"bucket":"${{aws_s3_bucket.b{unit}.id}}","block_public_acls":true,"block_public_policy":true}}"#
        )?;
        write!(
            role,
            r#"{comma}"b{unit}":{{"name":"role-{unit}","assume_role_policy":"${{jsonencode({{Version = \"2012-10-17\", Statement = [{{Action = \"sts:AssumeRole\", Effect = \"Allow\", Principal = {{Service = \"ec2.amazonaws.com\"}}}}]}})}}"}}"#
        )?;
        write!(
            policy,
            r#"{comma}"b{unit}":{{"role":"${{aws_iam_role.b{unit}.name}}","policy":"${{jsonencode({{Version = \"2012-10-17\", Statement = [{{Action = [\"s3:GetObject\"], Effect = \"Allow\", Resource = \"${{aws_s3_bucket.b{unit}.arn}}/*\"}}]}})}}"}}"#
        )?;
    }
    let types = [
        "aws_s3_bucket",
        "aws_s3_bucket_versioning",
        "aws_s3_bucket_public_access_block",
        "aws_iam_role",
        "aws_iam_role_policy",
    ];
    let sections: Vec<String> =
        types.iter().zip(sections).map(|(kind, bodies)| format!(r#""{kind}":{{{bodies}}}"#)).collect();
    Ok(format!(r#"{{"resource":{{{}}}}}"#, sections.join(",")))
}
