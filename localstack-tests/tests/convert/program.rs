//! Programs that were converted to, built as the modules of one, and what they print.
//!
//! Each by itself would be a crate to compile and to link with all of synth.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use localstack_tests::Failure;
use synth_convert::{Output, Target};

/// A document for each program, or why there is none.
pub(crate) type Documents = BTreeMap<String, Result<String, String>>;

/// Which of its modules the program is.
const CHOSEN: &str = "CONVERTED";

/// Builds the programs, each under its name, and runs them.
pub(crate) fn documents(programs: &BTreeMap<String, Output>) -> Result<Documents, Failure> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("convert");
    write(&package.join("Cargo.toml"), &manifest(programs, &workspace))?;
    // The same versions as here: nothing has to be fetched, and little compiled.
    write(&package.join("Cargo.lock"), &fs::read_to_string(workspace.join("Cargo.lock"))?)?;
    write(&package.join("src/main.rs"), &chooser(programs))?;
    for (name, output) in programs {
        // What chooses among the modules calls it.
        let text = output.files[Target::Program.file()].replacen("\nfn main()", "\npub(crate) fn main()", 1);
        write(&package.join("src").join(format!("{}.rs", module(name))), &text)?;
    }
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("..");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--offline", "--quiet", "--message-format", "short"])
        .current_dir(&package)
        .env("CARGO_TARGET_DIR", &target)
        .output()?;
    if !built.status.success() {
        return Err(String::from_utf8_lossy(&built.stderr).into_owned().into());
    }
    let program = target.join("debug/converted").with_extension(std::env::consts::EXE_EXTENSION);
    Ok(programs.keys().map(|name| (name.clone(), run(&program, name))).collect())
}

/// What one of the programs prints.
fn run(program: &Path, name: &str) -> Result<String, String> {
    let output =
        Command::new(program).env(CHOSEN, name).output().map_err(|error| format!("not built: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}

/// The program that is the one of its modules that is asked for.
fn chooser(programs: &BTreeMap<String, Output>) -> String {
    let modules: String = programs.keys().map(|name| format!("mod {};\n", module(name))).collect();
    let choices: String =
        programs.keys().map(|name| format!("        {name:?} => {}::main(),\n", module(name))).collect();
    format!(
        "{modules}\nfn main() -> std::process::ExitCode {{\n    \
         match std::env::var({CHOSEN:?}).unwrap_or_default().as_str() {{\n{choices}        \
         other => panic!(\"no program is called `{{other}}`\"),\n    }}\n}}\n"
    )
}

/// No word of Rust is called so.
fn module(name: &str) -> String {
    format!("of_{}", name.replace('-', "_"))
}

fn manifest(programs: &BTreeMap<String, Output>, workspace: &Path) -> String {
    let features: BTreeSet<&String> = programs.values().flat_map(|output| &output.features).collect();
    let features: Vec<&String> = features.into_iter().collect();
    format!(
        "[package]\nname = \"converted\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\n\
         synth = {{ path = {:?}, default-features = false }}\n\
         synth-core = {{ path = {:?} }}\n\
         synth-aws = {{ path = {:?}, features = {features:?} }}\n\n\
         [profile.dev]\ndebug = false\nincremental = false\n",
        workspace.join("synth"),
        workspace.join("synth/core"),
        workspace.join("synth/aws"),
    )
}

/// Writes a file unless it is so already: cargo goes by the time of the last change.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if fs::read_to_string(path).is_ok_and(|written| written == text) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().ok_or("a file without a folder")?)?;
    Ok(fs::write(path, text)?)
}
