//! `policy/fixtures/deployer/SYSTEM.calls`: every call that terraform made of a system, which `policy deployer` has to allow
//! (`policy/tests/deployer`). What the emulator made up, such as ids, stands as `aaaaaa`.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use localstack_tests::Failure;
use localstack_tests::calls::Call;

use crate::report::Report;
use crate::seen::Seen;
use crate::system::System;

const HEAD: &str = "# Every call that terraform made of this system: service, operation, region, resource. Written by \
                    `just bless`; the tests of the systems hold it against what terraform calls.\n";

/// The account that stands for that of the test.
const ACCOUNT: &str = "111122223333";

/// What stands for what was made up: as long as what Secrets Manager puts behind a name.
const MADE_UP: &str = "aaaaaa";

/// The calls that terraform made, a line each.
pub(crate) fn calls(seen: &Seen<'_>, system: &System) -> Result<BTreeSet<String>, Failure> {
    let account = seen.account()?.to_string();
    let words = words(&seen.documents(system));
    let calls = seen.calls()?;
    Ok(calls.iter().filter(|call| call.by_terraform()).map(|call| line(call, &account, &words)).collect())
}

fn line(call: &Call, account: &str, words: &BTreeSet<String>) -> String {
    let resource = call.resource.as_deref().unwrap_or("-").replace(account, ACCOUNT);
    format!("{} {} {} {}", call.service, call.operation, call.region, written(&resource, words))
}

/// The words of texts.
fn words(texts: &str) -> BTreeSet<String> {
    texts.split(|letter: char| !letter.is_ascii_alphanumeric()).map(str::to_owned).collect()
}

/// An ARN in which everything that no document says is the same in each run. Its first five parts say where it is.
fn written(resource: &str, words: &BTreeSet<String>) -> String {
    let parts: Vec<&str> = resource.splitn(6, ':').collect();
    let [place @ .., named] = parts.as_slice() else { return resource.to_owned() };
    if place.is_empty() {
        return resource.to_owned();
    }
    let mut written = place.join(":");
    let mut separator = ':';
    for segment in named.split_inclusive([':', '/']) {
        written.push(separator);
        let end = segment.chars().last().filter(|end| [':', '/'].contains(end));
        written += &segment_written(segment.trim_end_matches([':', '/']), words);
        separator = end.unwrap_or_default();
    }
    written
}

/// A segment by words: the kind of a resource (`security-group`, `sg`) is in no document either, and has no digits.
fn segment_written(segment: &str, words: &BTreeSet<String>) -> String {
    let is_made = |word: &str| {
        let is_mixed = word.chars().any(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit());
        !words.contains(word) && (is_mixed || is_id(word))
    };
    if is_uuid(segment) {
        return MADE_UP.to_owned();
    }
    let written: Vec<&str> =
        segment.split('-').map(|word| if is_made(word) { MADE_UP } else { word }).collect();
    written.join("-")
}

/// Letters only, as ids of sixteen digits and more may come to have.
fn is_id(word: &str) -> bool {
    word.len() >= 16 && word.chars().all(|letter| letter.is_ascii_hexdigit())
}

fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.chars().all(|letter| letter.is_ascii_hexdigit() || letter == '-')
}

/// Fails if terraform made a call that is not written down; writes all of them where `BLESS` is set.
pub(crate) fn assert_current(reports: &[Report]) -> Result<(), Failure> {
    for report in reports {
        let file = ["..", "policy", "fixtures", "deployer", &format!("{}.calls", report.system)];
        let path: PathBuf = [env!("CARGO_MANIFEST_DIR")].iter().chain(&file).collect();
        if std::env::var_os("BLESS").is_some() {
            let lines: Vec<&str> = report.calls.iter().map(String::as_str).collect();
            fs::write(&path, format!("{HEAD}{}\n", lines.join("\n")))?;
        }
        let committed = fs::read_to_string(&path)?;
        let committed: BTreeSet<&str> = committed.lines().collect();
        let new: Vec<&String> =
            report.calls.iter().filter(|call| !committed.contains(call.as_str())).collect();
        assert!(new.is_empty(), "`{}` lacks {new:#?}: run `just bless`", path.display());
    }
    Ok(())
}

#[test]
fn what_the_emulator_makes_up_is_written_the_same_in_each_run() {
    let words = words(r#"{"name": "shop-${var.stage}/token", "default": "v2"}"#);
    let cases = [
        ("arn:aws:secretsmanager:us-east-2:1:secret:shop-v2/token-waxuLR", "secret:shop-v2/token-aaaaaa"),
        ("arn:aws:secretsmanager:us-east-2:1:secret:shop-v2/token-aB1cdE", "secret:shop-v2/token-aaaaaa"),
        (
            "arn:aws:secretsmanager:us-east-2:1:security-group/sg-c4670a408fb175329",
            "security-group/sg-aaaaaa",
        ),
        ("arn:aws:secretsmanager:us-east-2:1:key/512c656f-d6d9-4f53-b976-627dfd5edf07", "key/aaaaaa"),
        (
            "arn:aws:secretsmanager:us-east-2:1:service/shop/8b470fa423e543c994593727fcf1b37c",
            "service/shop/aaaaaa",
        ),
    ];
    for (resource, expected) in cases {
        assert_eq!(written(resource, &words), format!("arn:aws:secretsmanager:us-east-2:1:{expected}"));
    }
    assert_eq!(written("-", &words), "-");
}
