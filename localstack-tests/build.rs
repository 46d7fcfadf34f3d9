//! Takes the Python plugin and the lock files into the library: a program that is installed has no source folder.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// What LocalStack needs when it runs: folder by folder, with the endings of the files.
const TAKEN: [(&str, &[&str]); 3] = [
    ("plugin/synth_localstack", &[".py"]),
    ("plugin/synth_localstack-0.1.0.dist-info", &["METADATA", "entry_points.txt"]),
    ("localstack", &[".lock"]),
];

fn main() -> Result<(), Box<dyn Error>> {
    let top = env::var("CARGO_MANIFEST_DIR")?;
    let mut files = Vec::new();
    for (folder, endings) in TAKEN {
        collect(Path::new(&top), folder, endings, &mut files)?;
    }
    files.sort();
    let mut list = String::new();
    for file in files {
        let source = format!("/{file}");
        writeln!(list, "    ({file:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {source:?}))),")?;
    }
    let parts = format!("pub(super) static FILES: &[(&str, &str)] = &[\n{list}];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("parts.rs"), parts)?;
    Ok(())
}

fn collect(
    top: &Path,
    folder: &str,
    endings: &[&str],
    files: &mut Vec<String>,
) -> Result<(), Box<dyn Error>> {
    // Where files come and go; the compiler watches their contents.
    println!("cargo::rerun-if-changed={folder}");
    for entry in fs::read_dir(top.join(folder))? {
        let entry = entry?;
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(top, &path, endings, files)?;
        } else if endings.iter().any(|ending| path.ends_with(ending)) {
            files.push(path);
        }
    }
    Ok(())
}
