//! What must not compile: `wrong/ROW.rs`, a file a row, compiled in one go.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use localstack_tests::Failure;
use serde_json::Value as Json;

/// The compiler's errors, by row.
static ERRORS: LazyLock<Result<BTreeMap<String, String>, String>> =
    LazyLock::new(|| compile().map_err(|why| format!("{why:?}")));

fn compile() -> Result<BTreeMap<String, String>, Failure> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let rows = tests.join("tests/specification/wrong");
    let folder = tempfile::tempdir()?;
    let source = folder.path().join("src");
    std::fs::create_dir(&source)?;
    let mut library = "#![allow(dead_code, unused_imports, unused_variables)]\n".to_owned();
    for entry in std::fs::read_dir(rows)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        std::fs::copy(&path, source.join(name))?;
        writeln!(library, "mod {};", path.file_stem().unwrap_or_default().to_string_lossy())?;
    }
    std::fs::write(source.join("lib.rs"), library)?;
    let [core, aws] = ["../synth/core", "../synth/aws"].map(|path| tests.join(path).display().to_string());
    let manifest = format!(
        "[package]\nname = \"wrong\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
         synth = {{ package = \"synth-core\", path = {core:?} }}\n\
         synth-aws = {{ path = {aws:?}, features = [\"acm\", \"ecr\", \"iam\", \"secretsmanager\"] }}\n"
    );
    std::fs::write(folder.path().join("Cargo.toml"), manifest)?;
    // Outside of the workspace, the lock file keeps cargo from asking the registry.
    std::fs::copy(tests.join("../Cargo.lock"), folder.path().join("Cargo.lock"))?;
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet", "--message-format=json"])
        .current_dir(folder.path())
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("wrong"))
        .output()?;
    let mut errors = BTreeMap::<String, String>::new();
    for line in String::from_utf8(output.stdout)?.lines() {
        let line: Json = serde_json::from_str(line)?;
        let [file, level, rendered] = ["/message/spans/0/file_name", "/message/level", "/message/rendered"]
            .map(|at| line.pointer(at).and_then(Json::as_str).unwrap_or_default());
        let row = Path::new(file).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if level == "error" && !row.is_empty() {
            // Whether a path is written out depends on what else the compiler has seen.
            errors.entry(row).or_default().push_str(&rendered.replace("synth_core::", ""));
        }
    }
    match errors.is_empty() {
        true => Err(String::from_utf8_lossy(&output.stderr).into_owned().into()),
        false => Ok(errors),
    }
}

/// Asserts that the compiler refuses `wrong/ROW.rs`, saying `what`.
#[track_caller]
pub(crate) fn does_not_compile(row: &str, what: &str) {
    let said = match ERRORS.as_ref() {
        Ok(errors) => errors.get(row).map_or("it compiles", String::as_str),
        Err(why) => why,
    };
    crate::says(said, what);
}
