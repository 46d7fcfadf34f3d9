//! Paths that are there, but not what a command is for: what they are, and which command they are for.

use std::path::Path;

use command_line::Complaint;

/// What a path is, by its name.
enum Kind {
    Folder,
    Document,
    Hcl,
    StackFile,
    Unknown,
}

impl Kind {
    fn of(path: &Path) -> Kind {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let ends_with = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        if path.is_dir() {
            Kind::Folder
        } else if !path.exists() {
            // What is not there is said as that.
            Kind::Unknown
        } else if ends_with(&[".tf.json"]) {
            Kind::Document
        } else if ends_with(&[".tf"]) {
            Kind::Hcl
        } else if ends_with(&[".yaml", ".yml"]) {
            Kind::StackFile
        } else {
            Kind::Unknown
        }
    }
}

/// Why a path is no stack file, if it is another thing.
pub(super) fn for_stack_file(path: &Path) -> Result<(), Complaint> {
    let shown = path.display();
    let (what, help) = match Kind::of(path) {
        Kind::Folder => (
            "is a folder, and no stack file",
            format!(
                "name a file in it; folders are what `synth plan {shown}` and `synth check {shown}` take"
            ),
        ),
        Kind::Document => {
            ("is Terraform's JSON already, and no stack file", format!("`synth check {shown}` checks it"))
        }
        Kind::Hcl => (
            "is in Terraform's own language, and no stack file",
            format!("`synth convert {shown}` writes the program of it"),
        ),
        Kind::StackFile | Kind::Unknown => return Ok(()),
    };
    Err(Complaint::new(format!("`{shown}` {what}")).help(help))
}

/// Why a path is no document of Terraform's JSON, if it is another thing; folders hold some.
pub(super) fn for_document(path: &Path) -> Result<(), Complaint> {
    let shown = path.display();
    let (what, help) = match Kind::of(path) {
        Kind::Hcl => (
            "is in Terraform's own language, and this command reads its JSON",
            format!(
                "`policy check {shown}` and `synth graph {shown}` read it, `synth convert {shown}` converts it"
            ),
        ),
        Kind::StackFile => (
            "is YAML, and this command reads Terraform's JSON",
            format!("if it is a stack file: `synth {shown} > main.tf.json` writes its document"),
        ),
        Kind::Folder | Kind::Document | Kind::Unknown => return Ok(()),
    };
    Err(Complaint::new(format!("`{shown}` {what}")).help(help))
}
