//! What synth writes, given to terraform.

#![allow(dead_code, unreachable_pub, reason = "each test file uses a part")]

use std::fs;

use localstack_tests::terraform::{State, Step, Terraform, WorkDir, engine, providers};
use localstack_tests::{Account, Failure, Settings};
use synth::{App, Problems, Scope, resolve};

/// The document of a stack.
pub fn document(build: impl FnOnce(&mut Scope<'_>)) -> Result<String, Problems> {
    let mut app = App::new();
    build(&mut app.stack("s"));
    Ok(resolve(app)?.remove(0).json)
}

/// A folder with a document, and whatever else is needed, in which terraform was initialized.
pub fn folder(name: &str, document: &str, files: &[(&str, &str)]) -> Result<Terraform, Failure> {
    let settings = Settings::from_environment();
    let engine = engine::find(&settings)?;
    let providers = providers::find(&settings, &engine)?;
    let folder = WorkDir::create(&settings.work, name, &Account::fresh(), document.as_bytes())?;
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().ok_or("a file without a folder")?)?;
        fs::write(path, text)?;
    }
    let mut terraform = Terraform::new(engine, folder, settings.inherited.clone());
    terraform.init(&providers)?;
    Ok(terraform)
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
