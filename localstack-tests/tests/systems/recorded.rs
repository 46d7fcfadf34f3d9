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

/// `subnet`, `eipalloc`.
const MAX_PREFIX: usize = 8;

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

/// An ARN in which everything that no document says is the same in each run. Its first five parts say where it is, and
/// what comes before a name says what kind of resource it is.
fn written(resource: &str, words: &BTreeSet<String>) -> String {
    let parts: Vec<&str> = resource.splitn(6, ':').collect();
    let [place @ .., named] = parts.as_slice() else { return resource.to_owned() };
    if place.is_empty() {
        return resource.to_owned();
    }
    let segments: Vec<&str> = named.split_inclusive([':', '/']).collect();
    let mut written = format!("{}:", place.join(":"));
    for (at, segment) in segments.iter().enumerate() {
        let bare = segment.trim_end_matches([':', '/']);
        let is_kind = at == 0 && segments.len() > 1;
        written += &if is_kind { bare.to_owned() } else { segment_written(bare, words) };
        written.extend(segment.chars().last().filter(|end| [':', '/'].contains(end)));
    }
    written
}

/// A segment by words.
fn segment_written(segment: &str, words: &BTreeSet<String>) -> String {
    if is_uuid(segment) {
        return MADE_UP.to_owned();
    }
    // What an id begins with, such as `sg-`, is short.
    let is_said = |word: &str| {
        word.split(|letter: char| !letter.is_ascii_alphanumeric()).all(|part| words.contains(part))
    };
    let is_known = |at: usize, word: &str| is_said(word) || (at == 0 && word.len() <= MAX_PREFIX);
    let parts = segment.split('-').enumerate();
    let written: Vec<&str> =
        parts.map(|(at, word)| if is_known(at, word) { word } else { MADE_UP }).collect();
    written.join("-")
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
        ("arn:aws:secretsmanager:us-east-2:1:service/srv-qwertzuiopasdfgh", "service/srv-aaaaaa"),
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
