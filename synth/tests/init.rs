//! `synth init` as a user runs it. That its projects build and stand in LocalStack is tested where one is:
//! `localstack-tests/tests/stranger`.

#![cfg(feature = "documents")]
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use predicates::prelude::{PredicateBooleanExt as _, predicate};
use saphyr::{LoadableYamlNode as _, Yaml};

/// The repository that this is: a clone of itself.
const CLONE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn synth(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("synth"));
    command.current_dir(folder).args(arguments);
    command
}

/// Every file below a folder, by its path in it.
fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = fs::read_to_string(&path).unwrap();
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), text);
            }
        }
    }
    found
}

/// The files of a new project.
fn project(arguments: &[&str]) -> BTreeMap<PathBuf, String> {
    let home = tempfile::tempdir().unwrap();
    synth(home.path(), &["init", "shop"]).args(arguments).assert().code(0).stdout("");
    files(&home.path().join("shop"))
}

fn file<'p>(project: &'p BTreeMap<PathBuf, String>, path: &str) -> &'p str {
    project.get(Path::new(path)).map_or("", String::as_str)
}

#[test]
fn a_stack_file_is_what_is_made_where_nothing_else_is_asked_for() {
    let project = project(&[]);
    let paths: Vec<&str> = project.keys().map(|path| path.to_str().unwrap()).collect();
    let expected = [
        ".github/workflows/stack.yaml",
        ".gitignore",
        ".pre-commit-config.yaml",
        "README.md",
        "main.tf.json",
        "stack.expected.toml",
        "stack.schema.json",
        "stack.yaml",
    ];
    assert_eq!(paths, expected);
}

#[test]
fn both_kinds_make_the_same_document_and_it_is_valid() {
    let (stack_file, program) = (project(&[]), project(&["--kind", "program", "--synth", CLONE]));
    let document = file(&stack_file, "main.tf.json");
    assert!(document.contains(r#""name": "/aws/lambda/shop""#), "{document}");
    assert_eq!(document, file(&program, "main.tf.json"));
    let folder = tempfile::tempdir().unwrap();
    synth(folder.path(), &["check", "-"]).write_stdin(document).assert().code(0).stdout("0 mistakes\n");
}

#[test]
fn the_schema_beside_a_stack_file_is_the_current_one() {
    let folder = tempfile::tempdir().unwrap();
    let project = project(&[]);
    synth(folder.path(), &["schema"]).assert().code(0).stdout(file(&project, "stack.schema.json").to_owned());
    assert!(file(&project, "stack.yaml").starts_with("# yaml-language-server: $schema=stack.schema.json\n"));
}

#[test]
fn every_blank_of_every_file_is_filled() {
    let blank = regex::Regex::new("@[A-Z_]+@").unwrap();
    for arguments in [
        &[][..],
        &["--synth", "https://example.org/synth"],
        &["--kind", "program", "--synth", CLONE],
        &["--kind", "program", "--synth", "https://example.org/synth"],
    ] {
        for (path, text) in project(arguments) {
            assert_eq!(blank.find(&text).map(|found| found.as_str()), None, "{}", path.display());
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{} ends well", path.display());
        }
    }
}

#[test]
fn a_program_takes_synth_from_where_it_is_said_to_be() {
    let manifest = |synth| file(&project(&["--kind", "program", "--synth", synth]), "Cargo.toml").to_owned();
    let clone = fs::canonicalize(CLONE).unwrap();
    let from_clone = manifest(CLONE);
    assert!(from_clone.contains(&format!("synth = {{ path = \"{}/synth\"", clone.display())), "{from_clone}");
    let from_address = manifest("https://example.org/synth");
    assert_eq!(from_address.matches("git = \"https://example.org/synth\"").count(), 3, "{from_address}");
}

#[test]
fn a_program_without_a_word_on_where_synth_is_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let said = predicate::str::contains("`--synth DIR`")
        .and(predicate::str::contains("`synth` of crates.io is another crate"));
    synth(folder.path(), &["init", "shop", "--kind", "program"]).assert().code(2).stdout("").stderr(said);
    assert!(!folder.path().join("shop").exists());
}

#[test]
fn workflows_build_synth_from_its_address_or_from_that_of_a_variable() {
    let workflow = |arguments| file(&project(arguments), ".github/workflows/stack.yaml").to_owned();
    assert!(
        workflow(&["--synth", "https://example.org/synth"])
            .contains("SYNTH: \"https://example.org/synth\"\n")
    );
    // A folder of this machine says nothing to GitHub's.
    for arguments in [&[][..], &["--synth", CLONE]] {
        assert!(workflow(arguments).contains("SYNTH: \"${{ vars.SYNTH_REPOSITORY }}\"\n"));
    }
}

#[test]
fn the_workflow_does_what_the_page_says_to_do() {
    for arguments in [&[][..], &["--kind", "program", "--synth", CLONE]] {
        let project = project(arguments);
        let workflow = Yaml::load_from_str(file(&project, ".github/workflows/stack.yaml")).unwrap();
        let steps = workflow[0]["jobs"]["stack"]["steps"].as_vec().unwrap();
        let run = steps.iter().filter_map(|step| step.as_mapping_get("run")?.as_str());
        let run = run.collect::<Vec<_>>().join("\n").replace(" --locked", "");
        let commands = file(&project, "README.md").split("```sh\n").nth(1).unwrap();
        let commands: Vec<&str> = commands.split("```").next().unwrap().lines().collect();
        assert_eq!(commands.len(), 4);
        for command in commands {
            assert!(run.contains(command), "{command} is not in {run}");
        }
    }
}

#[test]
fn the_hooks_call_the_programs_that_the_page_names() {
    for (arguments, writes) in [
        (&[][..], "synth stack.yaml -o main.tf.json"),
        (&["--kind", "program", "--synth", CLONE], "cargo run --quiet -- -o main.tf.json"),
    ] {
        let project = project(arguments);
        let hooks = Yaml::load_from_str(file(&project, ".pre-commit-config.yaml")).unwrap();
        let hooks = hooks[0]["repos"][0]["hooks"].as_vec().unwrap();
        let entries: Vec<&str> = hooks.iter().filter_map(|hook| hook["entry"].as_str()).collect();
        assert_eq!(entries, [writes, "policy check --folders"]);
    }
}

#[test]
fn a_folder_that_holds_nothing_but_a_repository_is_filled_and_named_after() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("My Shop");
    fs::create_dir_all(folder.join(".git")).unwrap();
    synth(&folder, &["init"])
        .assert()
        .code(0)
        .stderr(predicate::str::contains("the stack `my-shop`, in `.`"));
    assert!(folder.join(".git").is_dir());
    assert!(fs::read_to_string(folder.join("stack.yaml")).unwrap().contains("stack: my-shop\n"));
    let left = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name());
    let stages = left.filter(|name| name.to_string_lossy().starts_with(".synth-init-"));
    assert_eq!(stages.count(), 0);
}

#[test]
fn a_folder_that_holds_something_keeps_it_and_gets_nothing() {
    let home = tempfile::tempdir().unwrap();
    for number in 0..12 {
        fs::write(home.path().join(format!("{number:02}.tf")), "mine").unwrap();
    }
    let before = files(home.path());
    let said = predicate::str::contains("00.tf, 01.tf").and(predicate::str::contains("09.tf and 2 more"));
    synth(home.path(), &["init", "--name", "shop"]).assert().code(2).stdout("").stderr(said);
    assert_eq!(files(home.path()), before);
}

#[test]
fn a_second_time_is_once_too_often() {
    let home = tempfile::tempdir().unwrap();
    synth(home.path(), &["init", "shop"]).assert().code(0);
    let said = predicate::str::contains("`shop` is not empty").and(predicate::str::contains("stack.yaml"));
    synth(home.path(), &["init", "shop"]).assert().code(2).stderr(said);
}

#[test]
fn what_cannot_be_written_is_named() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("file"), "mine").unwrap();
    for (folder, why) in
        [("file", "is a file, and a project is a folder"), ("file/shop", "could not be read: ")]
    {
        let said = predicate::str::contains(format!("`{folder}` {why}"));
        synth(home.path(), &["init", folder]).assert().code(2).stdout("").stderr(said);
    }
    assert_eq!(fs::read_to_string(home.path().join("file")).unwrap(), "mine");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_takes_no_files_is_named_even_to_an_administrator() {
    let home = tempfile::tempdir().unwrap();
    let said = predicate::str::contains("`/proc/shop` could not be written");
    synth(home.path(), &["init", "/proc/shop"]).assert().code(2).stdout("").stderr(said);
}

#[test]
fn a_folder_that_gives_no_name_is_left_alone_until_one_is_said() {
    let home = tempfile::tempdir().unwrap();
    for folder in ["-", "2024", "café", "🛒"] {
        let said = predicate::str::contains("cannot name a stack")
            .or(predicate::str::contains("has no letter"))
            .and(predicate::str::contains("`--name NAME`"));
        synth(home.path(), &["init", folder]).assert().code(2).stdout("").stderr(said);
        assert!(!home.path().join(folder).exists(), "{folder}");
        synth(home.path(), &["init", folder, "--name", "shop"]).assert().code(0);
    }
    assert!(home.path().join("-/stack.yaml").is_file());
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_whose_name_is_no_text_needs_a_name() {
    use std::os::unix::ffi::OsStrExt as _;

    let home = tempfile::tempdir().unwrap();
    let folder = std::ffi::OsStr::from_bytes(b"shop\xff");
    let said = predicate::str::contains("`--name NAME`");
    synth(home.path(), &["init"]).arg(folder).assert().code(2).stdout("").stderr(said);
}

#[test]
fn a_name_is_taken_as_it_is_or_refused() {
    let home = tempfile::tempdir().unwrap();
    for name in ["", "Shop", "shop api", "../shop", "shop_api", "shop-", "a--b", &"a".repeat(65)] {
        synth(home.path(), &["init", "--name", name]).assert().code(2).stdout("");
    }
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn what_is_no_origin_of_synth_is_refused_and_a_password_not_repeated() {
    let home = tempfile::tempdir().unwrap();
    for (origin, said) in [
        (".", "is no clone of synth's repository"),
        ("nowhere", "`nowhere` could not be found"),
        ("https://example.org/\"", "holds '\"'"),
        ("https://example.org/${{ github.token }}", "holds '$'"),
        ("https://ada:hunter2@example.org/synth", "leave out what stands before `@`"),
    ] {
        let said = predicate::str::contains(said).and(predicate::str::contains("hunter2").not());
        synth(home.path(), &["init", "shop", "--synth", origin]).assert().code(2).stdout("").stderr(said);
    }
    assert!(!home.path().join("shop").exists());
}

#[test]
fn the_longest_name_is_written_as_rustfmt_writes_it() {
    let home = tempfile::tempdir().unwrap();
    let name = "a".repeat(64);
    synth(home.path(), &["init", "shop", "--name", &name, "--kind", "program", "--synth", CLONE])
        .assert()
        .code(0);
    let mut rustfmt = std::process::Command::new("rustfmt");
    rustfmt.current_dir(home.path().join("shop")).args(["--check", "--edition", "2024"]);
    rustfmt.args(["src/lib.rs", "src/main.rs", "tests/document.rs", "tests/localstack.rs"]);
    let output = rustfmt.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
