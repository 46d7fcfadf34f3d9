use super::*;
use proptest::prelude::*;
use tempfile::TempDir;

/// A provider with these types.
fn types() -> BTreeSet<String> {
    ["aws_s3_bucket", "aws_sqs_queue", "aws_region", "odd-one"].map(str::to_owned).into()
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn usage(files: &[(&str, &str)]) -> Usage {
    Folder::new(folder(files).path()).usage("aws", &types())
}

fn used(names: &[&str]) -> Usage {
    Usage::Types(names.iter().map(|name| (*name).to_owned()).collect())
}

#[track_caller]
fn assert_unknown(files: &[(&str, &str)], reason: &str) {
    match usage(files) {
        Usage::Unknown(why) => assert!(why.contains(reason), "{why}"),
        Usage::Types(types) => panic!("{types:?}"),
    }
}

#[test]
fn an_empty_folder_uses_nothing() {
    assert_eq!(usage(&[]), used(&[]));
}

#[test]
fn types_are_found_wherever_terraform_would_look() {
    let bucket = r#"resource "aws_s3_bucket" "b" {}"#;
    let modules =
        r#"{"Modules": [{"Key": "", "Source": "", "Dir": "."}, {"Key": "m", "Source": "./m", "Dir": "m"}]}"#;
    for files in [
        &[("main.tf", bucket)][..],
        &[("main.tf.json", r#"{"resource": [{"aws_s3_bucket": {"b": {}}}]}"#)],
        &[("main.tofu", bucket)],
        &[("tests/it.tftest.hcl", bucket)],
        &[("terraform.tfstate", r#"{"resources": [{"type": "aws_s3_bucket"}]}"#)],
        &[("terraform.tfstate.d/blue/terraform.tfstate", r#"{"resources": [{"type": "aws_s3_bucket"}]}"#)],
        &[(".terraform/modules/modules.json", modules), ("m/main.tf", bucket)],
        &[("main.tf", "moved {\n  from = aws_s3_bucket.a\n  to = aws_s3_bucket.b\n}")],
        &[
            (
                ".terraform/terraform.tfstate",
                r#"{"backend": {"type": "local", "config": {"path": "there.tfstate"}}}"#,
            ),
            ("there.tfstate", r#"{"resources": [{"type": "aws_s3_bucket"}]}"#),
        ],
    ] {
        assert_eq!(usage(files), used(&["aws_s3_bucket"]), "{files:?}");
    }
}

#[test]
fn escaped_letters_hide_no_type() {
    for text in [r#"{"resource": {"aws\u005fs3_bucket": {}}}"#, r#"{"resource": {"\u0061ws_s3_bucket": {}}}"#]
    {
        assert_eq!(usage(&[("main.tf.json", text)]), used(&["aws_s3_bucket"]), "{text}");
    }
    assert_eq!(
        usage(&[("main.tf", r#"resource "\U00000061ws_s3_bucket" "b" {}"#)]),
        used(&["aws_s3_bucket"])
    );
}

#[test]
fn other_words_are_no_types() {
    let text = "# aws_s3_buckets xaws_s3_bucket\nlocals { x = data.aws_region.here.name }";
    assert_eq!(usage(&[("main.tf", text)]), used(&["aws_region"]));
}

#[test]
fn a_type_that_the_provider_lacks_wants_the_names_of_all() {
    for (name, text) in [
        ("main.tf", r#"resource "aws_s3_bukket" "b" {}"#),
        ("main.tf", "data aws_s3_bukket b {}"),
        ("main.tf.json", r#"{"ephemeral": {"aws_s3_bukket": {"b": {}}}}"#),
        ("main.tf.json", r#"[{"resource": [{"x_y": {}}, {"aws_s3_bukket": {}}]}]"#),
    ] {
        assert_unknown(&[(name, text)], "main.tf");
    }
}

#[test]
fn the_types_of_other_providers_are_not_missed() {
    assert_eq!(usage(&[("main.tf", r#"resource "random_id" "b" {}"#)]), used(&[]));
}

#[test]
fn a_state_that_is_not_here_may_hold_anything() {
    let s3 = r#"{"version": 3, "backend": {"type": "s3", "config": {"bucket": "states"}}}"#;
    assert_unknown(&[(".terraform/terraform.tfstate", s3)], "the backend `s3`");
    let elsewhere = r#"{"backend": {"type": "local", "config": {"workspace_dir": "w"}}}"#;
    assert_unknown(&[(".terraform/terraform.tfstate", elsewhere)], "`workspace_dir`");
}

#[test]
fn what_cannot_be_read_may_hold_anything() {
    assert_unknown(&[(".terraform/terraform.tfstate", "{")], "cannot be read");
    assert_unknown(&[(".terraform/modules/modules.json", "[]")], "cannot be read");
    assert_unknown(&[("terraform.tfstate", r#"{"encrypted_data": "x"}"#)], "is encrypted");
    let folder = folder(&[]);
    fs::write(folder.path().join("main.tf"), [0xff, 0xfe]).unwrap();
    assert!(matches!(Folder::new(folder.path()).usage("aws", &types()), Usage::Unknown(_)));
}

proptest! {
    #[test]
    fn a_type_is_found_amid_anything(before: String, after: String, name in prop::sample::select(vec!["aws_s3_bucket", "odd-one"])) {
        // A backslash before it could make it part of an escape.
        let text = format!("{before} \"{name}\" {after}");
        match usage(&[("main.tf", &text)]) {
            Usage::Types(types) => prop_assert!(types.contains(name)),
            Usage::Unknown(_) => {}
        }
    }
}
