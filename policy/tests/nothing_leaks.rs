//! Secrets of many kinds in many files: nothing that the command writes, to any stream or file, has a piece of them.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use proptest::prelude::*;
use tempfile::TempDir;

/// Files and where in them the secret stands: at `@`.
const PLACES: &[(&str, &str)] = &[
    (
        "main.tf",
        "locals {\n  api_key = \"@\"\n}\nresource \"aws_db_instance\" \"d\" {\n  password = \"@\"\n}\n",
    ),
    (
        "main.tf",
        "resource \"aws_instance\" \"i\" {\n  user_data = <<-EOT\n    export DB_PASSWORD=@\n  EOT\n}\n",
    ),
    ("main.tf", "# policy:allow SEC012 \"@\" as it is\nlocals {\n  token = \"@\"\n}\n"),
    (
        "main.tf.json",
        r#"{"resource": {"aws_ecs_task_definition": {"t": {"container_definitions": "[{\"environment\": [{\"name\": \"TOKEN\", \"value\": \"@\"}]}]"}}}}"#,
    ),
    (
        "main.tf.json",
        r#"{"output": {"u": {"value": "postgres://app:@%db/app"}}, "locals": {"token": "@", "//": "policy:allow @"}}"#,
    ),
    ("main.tf.json", r#"{"variable": {"token": {"default": "@"}}, "locals": {"token": "@"#),
    ("prod.tfvars", "db_password = \"@\"\n"),
    ("prod.auto.tfvars.json", r#"{"db_password": "@", "list": ["@"]}"#),
    (".env", "DB_PASSWORD=@\nexport API_TOKEN='@' # policy:allow SEC012 \"@\"\n"),
    (
        "terraform.tfstate",
        r#"{"version": 4, "lineage": "l", "resources": [{"mode": "managed", "type": "aws_db_instance", "name": "d", "instances": [{"index_key": "a", "attributes": {"password": "@"}}]}]}"#,
    ),
    (
        "plan.json",
        r#"{"format_version": "1.2", "resource_changes": [{"address": "aws_db_instance.d", "mode": "managed", "type": "aws_db_instance", "name": "d", "change": {"actions": ["create"], "after": {"password": "@"}, "after_sensitive": {"password": true}}}]}"#,
    ),
];

/// Texts of the forms that secrets have. None has a byte that its place would have to escape.
fn secret() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z0-9]{24,40}",
        "ghp_[A-Za-z0-9]{36}",
        "AKIA[A-Z2-7]{16}",
        "[A-Za-z0-9/+]{40}",
        "sk_live_[A-Za-z0-9]{24}",
        "[a-z]{3,5}[!=~_-][A-Za-z0-9]{12}[!=~_-][a-z]{4}",
        "xoxb-[0-9]{12}-[A-Za-z0-9]{24}",
    ]
}

const FORMS: [&str; 7] = ["human", "json", "sarif", "junit", "github", "gitlab", "html"];

/// Everything that the command writes about a file: both streams, the files it is asked for and any other.
fn written(name: &str, text: &str) -> Vec<u8> {
    let (folder, out) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    fs::write(folder.path().join(name), text).unwrap();
    let policy = |arguments: &[&str]| {
        let mut command = Command::cargo_bin("policy").unwrap();
        let output =
            command.current_dir(out.path()).env("TMPDIR", out.path()).args(arguments).output().unwrap();
        assert!(output.status.code().is_some_and(|code| code <= 2), "{output:?}");
        [output.stdout, output.stderr].concat()
    };
    let input = folder.path().join(name).display().to_string();
    let also = FORMS.map(|form| format!("{form}={form}"));
    let arguments = also.iter().flat_map(|also| ["--also", also]);
    let arguments: Vec<&str> = ["check", "--color", "always", &input].into_iter().chain(arguments).collect();
    let mut all = policy(&arguments);
    all.extend(policy(&["baseline", &input]));
    // The wrong file in the wrong place.
    all.extend(policy(&["check", "--baseline", &input, &input]));
    all.extend(policy(&["check", "--config", &input, &input]));
    all.extend(policy(&["can", "*", "s3:GetObject", "*", &input]));
    all.extend(files(out.path()));
    all
}

fn files(folder: &Path) -> Vec<u8> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let contents: Vec<Vec<u8>> = paths.map(|path| fs::read(path).unwrap()).collect();
    assert_eq!(contents.len(), FORMS.len());
    contents.concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn no_piece_of_a_secret_is_written(place in 0..PLACES.len(), secret in secret()) {
        let (name, text) = PLACES[place];
        let written = written(name, &text.replace('@', &secret).replace('%', "@"));
        let written = String::from_utf8(written).unwrap();
        for start in 0..secret.len() - 8 {
            let piece = &secret[start..start + 8];
            // What all secrets of a kind begin with says nothing.
            let is_said_anyway = ["ghp_", "AKIA", "sk_live_", "xoxb-"].iter().any(|kind| kind.contains(piece));
            prop_assert!(is_said_anyway || !written.contains(piece), "{} of {} in {}", piece, secret, written);
        }
    }
}
