//! What synth writes, given to terraform.

#![allow(dead_code, unreachable_pub, reason = "each test file uses a part")]

use std::fs;

use localstack_tests::terraform::{Engine, State, Step, Terraform, WorkDir, engine, providers};
use localstack_tests::{Account, Failure, Settings};
use serde::Deserialize;
use serde_json::Value as Json;
use synth::{App, Problems, Scope, resolve};

/// The document of a stack.
pub fn document(build: impl FnOnce(&mut Scope<'_>)) -> Result<String, Problems> {
    let mut app = App::new();
    build(&mut app.stack("s"));
    Ok(resolve(app)?.remove(0).json)
}

/// The engine that the tests use.
pub fn engine() -> Result<Engine, Failure> {
    Ok(engine::find(&Settings::from_environment())?)
}

/// A folder with a document, and whatever else is needed, in which terraform was initialized.
pub fn folder(name: &str, document: &str, files: &[(&str, &str)]) -> Result<Terraform, Failure> {
    let mut terraform = uninitialized(name, document, files)?;
    let settings = Settings::from_environment();
    terraform.init(&providers::find(&settings, &engine()?)?)?;
    Ok(terraform)
}

fn uninitialized(name: &str, document: &str, files: &[(&str, &str)]) -> Result<Terraform, Failure> {
    let settings = Settings::from_environment();
    let folder = WorkDir::create(&settings.work, name, &Account::fresh(), document.as_bytes())?;
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().ok_or("a file without a folder")?)?;
        fs::write(path, text)?;
    }
    Ok(Terraform::new(engine()?, folder, settings.inherited))
}

/// What terraform complains of.
#[derive(Debug)]
pub struct Complaint {
    /// Summary and detail.
    pub said: String,
    /// The file that it is about, where there is one.
    pub file: String,
}

#[derive(Deserialize)]
struct Diagnostic {
    severity: String,
    summary: String,
    #[serde(default)]
    detail: String,
    range: Option<Range>,
}

#[derive(Deserialize)]
struct Range {
    filename: String,
}

fn complaint(diagnostic: &Json) -> Result<Option<Complaint>, Failure> {
    let Diagnostic { severity, summary, detail, range } = Diagnostic::deserialize(diagnostic)?;
    let complaint = || Complaint {
        said: format!("{summary}: {detail}"),
        file: range.map_or_else(String::new, |range| range.filename),
    };
    Ok((severity == "error").then(complaint))
}

/// What terraform complains of when it validates a document.
pub fn validated(name: &str, document: &str, files: &[(&str, &str)]) -> Result<Vec<Complaint>, Failure> {
    let mut terraform = folder(name, document, files)?;
    let complaints = judged(&mut terraform)?;
    terraform.folder().remove()?;
    Ok(complaints)
}

fn judged(terraform: &mut Terraform) -> Result<Vec<Complaint>, Failure> {
    let (_, text) = terraform.run_to(Step::Validate, &["-json"], &[0, 1], &|| Ok(()))?;
    let answer: Json = serde_json::from_str(&text)?;
    let diagnostics = answer.get("diagnostics").and_then(Json::as_array).ok_or("no diagnostics")?;
    diagnostics.iter().filter_map(|diagnostic| complaint(diagnostic).transpose()).collect()
}

/// What terraform complains of when it validates a document that needs no provider, else when it plans it.
pub fn complaints(name: &str, document: &str) -> Result<String, Failure> {
    // What cannot be loaded could not be initialized either, and there is nothing to install.
    let mut terraform = uninitialized(name, document, &[])?;
    let mut complaints = judged(&mut terraform)?;
    if complaints.is_empty() {
        terraform.init(&providers::find(&Settings::from_environment(), &engine()?)?)?;
        complaints = refused_plan(&mut terraform)?;
    }
    terraform.folder().remove()?;
    Ok(complaints.into_iter().map(|complaint| complaint.said).collect::<Vec<_>>().join("\n"))
}

/// What terraform complains of when it plans a document.
pub fn planned(name: &str, document: &str) -> Result<Vec<Complaint>, Failure> {
    let mut terraform = folder(name, document, &[])?;
    let complaints = refused_plan(&mut terraform)?;
    terraform.folder().remove()?;
    Ok(complaints)
}

fn refused_plan(terraform: &mut Terraform) -> Result<Vec<Complaint>, Failure> {
    let (_, text) = terraform.run_to(Step::Plan, &["-json", "-input=false"], &[0, 1], &|| Ok(()))?;
    let mut complaints = Vec::new();
    for line in text.lines() {
        if let Some(diagnostic) = serde_json::from_str::<Json>(line)?.get("diagnostic") {
            complaints.extend(complaint(diagnostic)?);
        }
    }
    Ok(complaints)
}

/// Has terraform validate a document.
pub fn validate(name: &str, document: &str, files: &[(&str, &str)]) -> Result<(), Failure> {
    let mut terraform = folder(name, document, files)?;
    terraform.run(Step::Validate, &["-no-color"], &|| Ok(()))?;
    Ok(terraform.folder().remove()?)
}

/// Has terraform apply a document, and returns what it prints of the state.
pub fn apply(name: &str, document: &str, files: &[(&str, &str)]) -> Result<String, Failure> {
    let mut terraform = folder(name, document, files)?;
    terraform.run(Step::Apply, &["-json", "-auto-approve", "-input=false"], &|| Ok(()))?;
    let shown = terraform.run(Step::Show, &["-json"], &|| Ok(()))?;
    terraform.folder().remove()?;
    Ok(shown)
}

/// Has terraform validate a stack.
pub fn validates(name: &str, build: impl FnOnce(&mut Scope<'_>)) -> Result<(), Failure> {
    validate(name, &document(build)?, &[])
}

/// Has terraform apply a stack.
pub fn applies(
    name: &str,
    files: &[(&str, &str)],
    build: impl FnOnce(&mut Scope<'_>),
) -> Result<State, Failure> {
    Ok(State::read(&apply(name, &document(build)?, files)?)?)
}
