//! A folder in which terraform can call functions: also those that read files.

use localstack_tests::terraform::{Engine, Terraform, WorkDir, engine, providers};
use localstack_tests::{Account, Failure, Settings};

/// What the functions that read files find in the folder.
const FILES: &[(&str, &str)] = &[
    ("greeting.txt", "hello\n"),
    ("greeting.tftpl", "hello ${name}"),
    // Made for this test; it opens nothing.
    ("unused.pem", include_str!("unused.pem")),
];

/// The engine that the tests use.
pub(crate) fn engine() -> Result<Engine, Failure> {
    Ok(engine::find(&Settings::from_environment())?)
}

/// A folder with a document, in which terraform was initialized.
pub(crate) fn of(name: &str, document: &str) -> Result<Terraform, Failure> {
    let settings = Settings::from_environment();
    let engine = engine()?;
    let providers = providers::find(&settings, &engine)?;
    let folder = WorkDir::create(&settings.work, name, &Account::fresh(), document.as_bytes())?;
    for (file, text) in FILES {
        std::fs::write(folder.path().join(file), text)?;
    }
    let mut terraform = Terraform::new(engine, folder, settings.inherited.clone());
    terraform.init(&providers)?;
    Ok(terraform)
}
