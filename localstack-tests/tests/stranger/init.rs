//! Projects that `synth init` made, without an edit: every command of their pages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use localstack_tests::Failure;

use super::{HERE, cargo};

/// The folder of `synth` and `policy`, built from this workspace as somebody installs them.
static PROGRAMS: LazyLock<PathBuf> = LazyLock::new(|| {
    let workspace = Path::new(HERE).join("..");
    cargo(&workspace, &["build", "--locked", "--package", "synth", "--package", "policy", "--bins"]).unwrap();
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("../debug")
});

/// Runs a program, which must end well; what it prints.
fn run(program: &Path, folder: &Path, arguments: &[&str]) -> Result<String, Failure> {
    let output = Command::new(program).args(arguments).current_dir(folder).output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(said);
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(format!("{} {}:\n{said}{errors}", program.display(), arguments.join(" ")).into())
}

/// A new project in a folder of its own, and the folder that holds it.
fn project(arguments: &[&str]) -> Result<(tempfile::TempDir, PathBuf), Failure> {
    let home = tempfile::tempdir()?;
    run(&PROGRAMS.join("synth"), home.path(), &[&["init", "shop"], arguments].concat())?;
    let project = home.path().join("shop");
    Ok((home, project))
}

/// What both kinds are checked by.
fn passes_its_checks(project: &Path) -> Result<(), Failure> {
    run(&PROGRAMS.join("synth"), project, &["check", "main.tf.json"])?;
    for folder in ["main.tf.json", "."] {
        let said = run(&PROGRAMS.join("policy"), project, &["check", folder, "--deny", "undecided"])?;
        assert!(said.starts_with("0 findings"), "{said}");
    }
    Ok(())
}

#[test]
fn a_stack_file_is_written_checked_and_applied_without_rust() -> Result<(), Failure> {
    let (_home, project) = project(&[])?;
    let document = fs::read(project.join("main.tf.json"))?;
    run(&PROGRAMS.join("synth"), &project, &["stack.yaml", "-o", "main.tf.json"])?;
    assert_eq!(fs::read(project.join("main.tf.json"))?, document);
    passes_its_checks(&project)?;
    let tests = Path::new(env!("CARGO_BIN_EXE_localstack-tests"));
    run(tests, &project, &["main.tf.json", "--expect", "stack.expected.toml"])?;
    Ok(())
}

#[test]
fn a_program_is_built_run_checked_and_applied() -> Result<(), Failure> {
    let workspace = Path::new(HERE).join("..");
    let (_home, project) =
        project(&["--kind", "program", "--synth", workspace.to_str().ok_or("a path that is text")?])?;
    // The same versions as here: nothing has to be fetched, and little compiled.
    fs::copy(workspace.join("Cargo.lock"), project.join("Cargo.lock"))?;
    let document = fs::read(project.join("main.tf.json"))?;
    cargo(&project, &["run", "--quiet", "--", "-o", "main.tf.json"])?;
    assert_eq!(fs::read(project.join("main.tf.json"))?, document);
    passes_its_checks(&project)?;
    let said = cargo(&project, &["test"])?;
    assert!(said.contains("the_function_may_read_its_secret_and_write_to_its_log_group ... ok"), "{said}");
    cargo(&project, &["fmt", "--check"])?;
    Ok(())
}
