//! What is known of a system: its folder in `fixtures`, and what must be true of it once it stands.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use localstack_tests::{Failure, Stack};
use serde::Deserialize;
use serde_json::Value;

use crate::seen::{Given, Seen};

/// A system and what is expected of it.
pub(crate) struct System {
    /// Its folder in `fixtures`.
    pub(crate) name: &'static str,
    /// Services that the emulator must have.
    pub(crate) needs: &'static [&'static str],
    /// Stacks of `localstack-tests/fixtures` that stand before: what the system uses and does not make. Their outputs
    /// are given to the variables of their names.
    pub(crate) existing: &'static [&'static str],
    /// What is given to the variables of these names.
    pub(crate) variables: &'static [(&'static str, &'static str)],
    /// Values that no file may hold, states and logs included.
    pub(crate) secrets: &'static [&'static str],
    /// What the audit sees while it stands, by kind.
    pub(crate) holds: &'static [&'static str],
    /// A row of its README each.
    pub(crate) rows: &'static [Row],
    /// What is changed while it stands.
    pub(crate) update: Update,
}

/// What must be true of one row of a system's README.
pub(crate) struct Row {
    /// The row, such as `AS-3`.
    pub(crate) id: &'static str,
    /// Looks at the account, and at what terraform read back.
    pub(crate) look: fn(&Seen<'_>) -> Result<(), Failure>,
}

/// A change to a system that stands, and what it must change and nothing else.
pub(crate) struct Update {
    /// The stack.
    pub(crate) stack: &'static str,
    /// Variables that have another value.
    pub(crate) variables: &'static [(&'static str, &'static str)],
    /// What is different in the document.
    pub(crate) edit: fn(&mut Value),
    /// The addresses that change.
    pub(crate) changes: &'static [&'static str],
}

/// A stack as it is committed.
#[derive(Clone)]
pub(crate) struct Document {
    /// The stack's name.
    pub(crate) stack: String,
    /// The stacks that are applied before.
    pub(crate) needs: Vec<String>,
    pub(crate) json: Value,
}

impl System {
    /// The system's folder.
    pub(crate) fn folder(&self) -> PathBuf {
        [env!("CARGO_MANIFEST_DIR"), "..", "fixtures", self.name].iter().collect()
    }

    /// What stands before.
    pub(crate) fn before(&self) -> Result<Vec<Document>, Failure> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        let documents = self.existing.iter().enumerate().map(|(at, name)| {
            let needs = self.existing.iter().take(at).map(|name| (*name).to_owned()).collect();
            Document::read(name, needs, &folder.join(name))
        });
        documents.collect()
    }

    /// Its stacks in the order of application: of its manifest, where there are several.
    pub(crate) fn documents(&self) -> Result<Vec<Document>, Failure> {
        let folder = self.folder();
        let manifest = folder.join("manifest.json");
        if !manifest.is_file() {
            let needs = self.existing.iter().map(|name| (*name).to_owned()).collect();
            return Ok(vec![Document::read(self.name, needs, &folder)?]);
        }
        let manifest: Manifest = serde_json::from_value(json(&manifest)?)?;
        let ids: BTreeMap<&str, &str> =
            manifest.stacks.iter().map(|entry| (entry.stack.as_str(), entry.folder.as_str())).collect();
        let documents = manifest.stacks.iter().map(|entry| {
            let needs = entry.needs.iter().filter_map(|id| ids.get(id.as_str())).copied();
            let needs = self.existing.iter().copied().chain(needs).map(str::to_owned).collect();
            Document::read(&entry.folder, needs, &folder.join(&entry.folder))
        });
        documents.collect()
    }
}

/// What synth writes beside the documents of several stacks.
#[derive(Deserialize)]
struct Manifest {
    stacks: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    folder: String,
    needs: Vec<String>,
    stack: String,
}

impl Document {
    fn read(stack: &str, needs: Vec<String>, folder: &Path) -> Result<Document, Failure> {
        Ok(Document { stack: stack.to_owned(), needs, json: json(&folder.join("main.tf.json"))? })
    }

    /// The stack, with values for the variables that it declares.
    pub(crate) fn stack(&self, given: &Given) -> Stack {
        let variables = self.json.get("variable").and_then(Value::as_object);
        let declared = given.iter().filter(|(name, _)| variables.is_some_and(|all| all.contains_key(*name)));
        let stack = Stack::document(self.json.to_string()).named(&self.stack);
        declared.fold(stack, |stack, (name, value)| stack.variable(name, value))
    }
}

fn json(path: &Path) -> Result<Value, Failure> {
    let text = fs::read(path).map_err(|error| format!("`{}`: {error}", path.display()))?;
    Ok(serde_json::from_slice(&text)?)
}
