//! Generated crates, given to the compiler.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where generated crates find `synth-core`.
pub(crate) fn core() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../core").to_str().unwrap().to_owned()
}

/// Where cargo compiles for these tests: dependencies are compiled once for all of them.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("get")
}

/// Writes the crate with a library user of it behind the last line, and checks it with cargo.
pub(crate) fn compiles(files: BTreeMap<String, String>, usage: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let library = folder.path().join("src/lib.rs");
    let mut text = fs::read_to_string(&library).unwrap();
    text.push_str(&format!(
        "\n#[cfg(test)]\nmod usage {{ #[allow(unused_imports)] use synth_core::*;\n{usage}\n}}\n"
    ));
    fs::write(library, text).unwrap();
    // The crate is outside of the workspace: the lock file keeps cargo from asking the registry.
    fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock"),
        folder.path().join("Cargo.lock"),
    )
    .unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet", "--tests"])
        .current_dir(folder.path())
        .env("CARGO_TARGET_DIR", target())
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .unwrap();
    if output.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&output.stderr).chars().take(6000).collect())
}
