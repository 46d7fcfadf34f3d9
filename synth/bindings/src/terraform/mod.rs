//! Asks the user's own terraform or tofu for a provider's schema: the only code that starts processes.

mod error;
mod provider;

use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;

pub use error::TerraformError;
pub use provider::Provider;

/// A provider's schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// What `terraform providers schema -json` printed.
    pub schema: String,
    /// The version that it is of, where terraform tells; else the one that was asked for.
    pub version: String,
}

/// Has the program install a provider into a folder of its own, by the user's own settings, and print its schema.
///
/// # Errors
/// If it cannot be started, or does not do what it is asked: with what it says.
pub fn fetch(program: &Path, provider: &Provider<'_>) -> Result<Fetched, TerraformError> {
    let folder = tempfile::tempdir().map_err(TerraformError::Folder)?;
    let document = provider.document().to_string();
    std::fs::write(folder.path().join("main.tf.json"), document).map_err(TerraformError::Folder)?;
    let engine = Engine { program, folder: folder.path() };
    engine.run(&["init", "-input=false", "-no-color", "-backend=false"])?;
    let schema = engine.run(&["providers", "schema", "-json"])?;
    let version = engine.run(&["version", "-json"])?;
    Ok(Fetched { schema, version: selected(&version, provider) })
}

/// The version that was installed; the one that was asked for where the program does not tell.
fn selected(answer: &str, provider: &Provider<'_>) -> String {
    #[derive(Deserialize)]
    struct Answer {
        provider_selections: std::collections::BTreeMap<String, String>,
    }
    let asked = || provider.version.unwrap_or(">= 0").to_owned();
    let Ok(Answer { provider_selections }) = serde_json::from_str(answer) else { return asked() };
    let mut selected = provider_selections.into_iter().filter(|(address, _)| provider.is_at(address));
    selected.next().map_or_else(asked, |(_, version)| version)
}

struct Engine<'e> {
    program: &'e Path,
    folder: &'e Path,
}

impl Engine<'_> {
    /// Runs a step with the user's own environment and settings, so that mirrors and credentials are the user's.
    fn run(&self, step: &[&str]) -> Result<String, TerraformError> {
        let program = self.program.to_string_lossy();
        let mut folder = std::ffi::OsString::from("-chdir=");
        folder.push(self.folder);
        let output = Command::new(self.program)
            // Not the process's own folder: paths in the user's settings may be relative to it.
            .arg(folder)
            .args(step)
            .stdin(Stdio::null())
            .env("TF_IN_AUTOMATION", "1")
            .env("CHECKPOINT_DISABLE", "1")
            // Those of the user's project.
            .env_remove("TF_DATA_DIR")
            .env_remove("TF_WORKSPACE")
            .output()
            .map_err(|source| TerraformError::Start { program: program.clone().into_owned(), source })?;
        if !output.status.success() {
            let said = match output.stderr.as_slice() {
                b"" => &output.stdout,
                errors => errors,
            };
            return Err(TerraformError::Failed {
                program: program.into_owned(),
                step: step.first().copied().unwrap_or_default().to_owned(),
                said: String::from_utf8_lossy(said).trim().to_owned(),
            });
        }
        String::from_utf8(output.stdout).map_err(|_| TerraformError::NoText {
            program: program.into_owned(),
            step: step.first().copied().unwrap_or_default().to_owned(),
        })
    }
}
