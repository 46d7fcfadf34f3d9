//! Programs that were converted to, built in one package, and what they print.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use localstack_tests::Failure;
use synth_convert::Output;

/// A document for each program, or why there is none.
pub(crate) type Documents = BTreeMap<String, Result<String, String>>;

/// Builds the programs, each under its name, and runs them.
pub(crate) fn documents(programs: &BTreeMap<String, Output>) -> Result<Documents, Failure> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("convert");
    write(&package.join("Cargo.toml"), &manifest(programs, &workspace))?;
    // The same versions as here: nothing has to be fetched, and little compiled.
    write(&package.join("Cargo.lock"), &fs::read_to_string(workspace.join("Cargo.lock"))?)?;
    for (name, output) in programs {
        for (path, text) in output.files.iter().filter(|(path, _)| path.ends_with(".rs")) {
            write(&package.join(name).join(path), text)?;
        }
    }
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("..");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--offline", "--keep-going", "--quiet", "--message-format", "short"])
        .current_dir(&package)
        .env("CARGO_TARGET_DIR", &target)
        .output()?;
    let complaints = String::from_utf8_lossy(&built.stderr);
    // Programs of an earlier build may be there.
    if !built.status.success()
        && !programs.keys().any(|name| complains_of(&complaints, name).next().is_some())
    {
        return Err(complaints.into_owned().into());
    }
    let binaries = target.join("debug");
    Ok(programs.keys().map(|name| (name.clone(), run(&binaries, name, &complaints))).collect())
}

/// What a program prints, unless the compiler complained of it.
fn run(binaries: &Path, name: &str, complaints: &str) -> Result<String, String> {
    let of_this: Vec<&str> = complains_of(complaints, name).collect();
    if !of_this.is_empty() {
        return Err(of_this.join("\n"));
    }
    let program: PathBuf = binaries.join(binary(name)).with_extension(std::env::consts::EXE_EXTENSION);
    let output =
        Command::new(&program).output().map_err(|error| format!("not built: {error}\n{complaints}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}

/// The lines of the compiler about a program.
fn complains_of<'a>(complaints: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let file = format!("{name}/");
    complaints.lines().filter(move |line| line.starts_with(&file) && line.contains(": error"))
}

/// No other program of the target folder has such a name.
fn binary(name: &str) -> String {
    format!("converted-{name}")
}

fn manifest(programs: &BTreeMap<String, Output>, workspace: &Path) -> String {
    let features: BTreeSet<&String> = programs.values().flat_map(|output| &output.features).collect();
    let features: Vec<&String> = features.into_iter().collect();
    let mut text = format!(
        "[package]\nname = \"converted\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\n\
         synth = {{ path = {:?}, default-features = false }}\n\
         synth-core = {{ path = {:?} }}\n\
         synth-aws = {{ path = {:?}, features = {features:?} }}\n\n\
         [profile.dev]\ndebug = false\nincremental = false\n",
        workspace.join("synth"),
        workspace.join("synth/core"),
        workspace.join("synth/aws"),
    );
    for name in programs.keys() {
        text.push_str(&format!(
            "\n[[bin]]\nname = {:?}\npath = {:?}\n",
            binary(name),
            format!("{name}/src/main.rs")
        ));
    }
    text
}

/// Writes a file unless it is so already: cargo goes by the time of the last change.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if fs::read_to_string(path).is_ok_and(|written| written == text) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().ok_or("a file without a folder")?)?;
    Ok(fs::write(path, text)?)
}
