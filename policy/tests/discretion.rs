//! No output ever shows a secret: not the reports, not the errors.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use policy::acceptance::{Acceptances, Baseline, accept};
use policy::{Sources, check, report};
use proptest::prelude::*;

/// Places for a secret; `@` stands for it, in the form that place needs.
const PLACES: &[&str] = &[
    r#"{"variable": {"token": {"default": "@"}}}"#,
    r#"{"locals": {"api_key": "@", "copy": "again @ in prose"}}"#,
    r#"{"resource": {"aws_db_instance": {"d": {"password": "@"}}, "aws_iam_access_key": {"k": {"user": "@"}}}}"#,
    r#"{"resource": {"aws_lambda_function": {"f": {"environment": {"variables": {"TOKEN": "@"}}}}}}"#,
    r#"{"resource": {"aws_ecs_task_definition": {"t": {"container_definitions": "[{\"environment\": [{\"name\": \"TOKEN\", \"value\": \"@\"}]}]"}}}}"#,
    r#"{"resource": {"aws_secretsmanager_secret_version": {"v": {"secret_string": "${jsonencode({password = \"@\"})}"}}}}"#,
    r#"{"resource": {"aws_instance": {"i": {"user_data": "export DB_PASSWORD=@ && start"}}}}"#,
    r#"{"output": {"url": {"value": "postgres://app:@@db/app"}}}"#,
    r#"{"locals": {"a": "ghp_@@@@"}, "resource": {"aws_iam_access_key": {"k": {}}}}"#,
    r#"{"provider": {"aws": {"secret_key": "@"}}, "modul": {"token": "@"}}"#,
    r#"{"resource": {"aws_instance": {"i": {"user_data": "mysql -u root -p@ < dump.sql; curl -u app:@ x"}}}}"#,
    r#"{"locals": {"npmrc": "//registry.npmjs.org/:_authToken=@", "netrc": "machine a login b password @"}}"#,
    r#"{"resource": {"aws_instance": {"i": {"user_data": "password%3D%22@%22", "tags": {"x": "{\"a\": \"@\"}"}}}}}"#,
];

/// Places where nothing says that a secret stands there.
const ODD_PLACES: &[&str] = &[
    r#"{"resource": {"aws_iam_policy": {"p": {"policy": "@"}, "q": {"policy": "{\"Statement\": \"@\"}"}}}}"#,
    r#"{"resource": {"aws_x": {"y": {"password": "${join(\"\", [\"@\", \"@\"])}", "other": "${@ +"}}}}"#,
];

/// Everything a run over a document writes; `nothing_leaks` looks at every form.
fn outputs(document: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add("t.tf.json", document);
    let report = accept(check(&sources, &[file]), &sources, &Acceptances::default());
    let mut out = Vec::new();
    report::human::write(&report, &sources, &mut out).unwrap();
    report::json::write(&report, &sources, &mut out).unwrap();
    report::github::write(&report, &sources, &mut out).unwrap();
    Baseline::of(&report, &sources).write(&mut out).unwrap();
    for failure in &report.failures {
        out.extend(failure.message.bytes());
    }
    String::from_utf8(out).unwrap()
}

/// Fails if eight characters of the secret in a row are in an output over the document, or over
/// a part of it, which is an error whose message must be as discreet.
fn assert_hidden(document: &str, secret: &str, cut: usize) -> Result<(), TestCaseError> {
    for shown in [outputs(document), outputs(&document[..document.len().min(cut)])] {
        for start in 0..secret.len() - 8 {
            let part = &secret[start..start + 8];
            prop_assert!(!shown.contains(part), "{} of {} in {}", part, secret, shown);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_secret_is_never_shown(place in 0..PLACES.len(), secret in "[A-Za-z0-9]{24,40}", cut in 0_usize..400) {
        // Between user and host the secret is followed by an `@` of its own.
        let document = PLACES[place].replace("@@db", "@%db").replace('@', &secret).replace('%', "@");
        assert_hidden(&document, &secret, cut)?;
    }

    #[test]
    fn what_looks_random_is_never_shown(
        place in 0..ODD_PLACES.len(), secret in "([a-z][A-Z0-9]){12,20}", cut in 0_usize..400,
    ) {
        assert_hidden(&ODD_PLACES[place].replace('@', &secret), &secret, cut)?;
    }

    #[test]
    fn any_document_is_judged_or_refused(document in r#"[{}\[\]":,$%a-z~.()=\\ ]{0,60}"#) {
        outputs(&format!(r#"{{"locals": {{"a": "{document}"}}}}"#));
        outputs(&document);
    }
}

#[test]
fn secrets_of_several_files_are_masked_in_each() {
    let mut sources = Sources::default();
    let document =
        |index: u8| format!(r#"{{"locals": {{"api_key": "hush{index}", "password": "hash{index}"}}}}"#);
    let files: Vec<_> =
        (0..3).map(|index| sources.add(format!("{index}.tf.json"), document(index))).collect();
    let mut out = Vec::new();
    report::human::write(&check(&sources, &files), &sources, &mut out).unwrap();
    let shown = String::from_utf8(out).unwrap();
    assert!(!shown.contains("hush") && !shown.contains("hash") && shown.contains("6 findings"), "{shown}");
}

#[test]
fn a_short_secret_is_masked_as_a_word_only() {
    let shown = outputs(r#"{"locals": {"a": "postgres://app:pass@db/app and pass"}}"#);
    assert!(shown.contains("password in a URL in `a`") && !shown.contains("pass@"), "{shown}");
    assert!(shown.contains("app:••••@db/app and ••••"), "{shown}");
}

#[test]
fn four_characters_and_a_fingerprint_are_shown() {
    let shown = outputs(r#"{"locals": {"api_key": "Zx8Qw3Er5Ty7Ui9Op1As2Df4"}}"#);
    assert!(shown.contains("begins with `Zx8Q`, fingerprint "), "{shown}");
}

#[test]
fn what_an_allowance_names_in_the_place_of_a_fingerprint_is_not_shown() {
    // No detector takes it for a secret: it looks like a path.
    let secret = "/srv/x9Kd/83jF/q0Lm/22Zp/aB7/tQ/Rw51/Yc";
    let of = |allowance: &str| {
        let comment = serde_json::Value::from(format!("policy:allow {allowance}"));
        outputs(&format!(r#"{{"resource": {{"aws_sqs_queue": {{"q": {{"//": {comment}}}}}}}}}"#))
    };
    for allowance in [
        format!("SEC012 \"{secret}\" as it is"),
        format!("SEC012 \"{secret}\""),
        format!("SEC12 \"{secret}\" as it is"),
        format!("SEC012 \"{secret}\" as it is until 2000-01-31"),
        format!("SEC012 {secret}"),
        secret.to_owned(),
    ] {
        let shown = of(&allowance);
        assert!(shown.contains("POL00") && !shown.contains(secret), "{allowance}: {shown}");
    }
    assert!(of("SEC012 \"0123456789ab\" as it is").contains("0123456789ab"));
}
