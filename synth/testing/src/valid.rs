//! Documents that are checked: in process, or by terraform itself.

use std::fs;
use std::path::Path;
use std::process::Command;

use synth_check::{Schemas, Source, check};

use crate::Synthesized;

/// Keeps the state in the folder, wherever the stack keeps it ("Override Files").
const NO_BACKEND: &str = r#"{"terraform": {"backend": {"local": {}}}}"#;

impl Synthesized {
    /// Terraform would accept the document, as far as the schema of hashicorp/aws and Terraform's own rules can
    /// tell; terraform is not started.
    ///
    /// # Panics
    /// With every finding.
    #[track_caller]
    pub fn valid(&self) {
        self.valid_with(&Schemas::embedded());
    }

    /// The same by other schemas too: `Schemas::embedded()`, to which those of other providers were added.
    ///
    /// # Panics
    /// With every finding.
    #[track_caller]
    pub fn valid_with(&self, schemas: &Schemas) {
        let report = check(&[Source { name: "main.tf.json", text: self.text() }], schemas);
        assert!(report.is_clean(), "the stack is not valid\n{report}");
    }

    /// The engine, by name or path, makes a plan of the stack from an empty state; the providers that the stack
    /// uses may want credentials.
    ///
    /// # Panics
    /// With what terraform says.
    #[track_caller]
    pub fn plans(&self, terraform: impl AsRef<Path>) {
        let folder = match tempfile::tempdir() {
            Ok(folder) => folder,
            Err(error) => panic!("no temporary folder: {error}"),
        };
        for (file, text) in [("main.tf.json", self.text()), ("state_override.tf.json", NO_BACKEND)] {
            if let Err(error) = fs::write(folder.path().join(file), text) {
                panic!("{file} cannot be written: {error}");
            }
        }
        for step in ["init", "plan"] {
            let mut command = Command::new(terraform.as_ref());
            command.args([step, "-input=false", "-no-color"]).current_dir(folder.path());
            match command.output() {
                Ok(output) if output.status.success() => {}
                Ok(output) => {
                    let said = String::from_utf8_lossy(&output.stderr).into_owned();
                    panic!("terraform cannot {step} the stack\n{said}");
                }
                Err(error) => panic!("{} cannot be started: {error}", terraform.as_ref().display()),
            }
        }
    }
}
