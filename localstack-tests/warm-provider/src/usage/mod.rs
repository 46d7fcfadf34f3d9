//! Which types of a provider a working folder uses: in its documents, its modules and its state.
//!
//! The answer may hold too much, which costs a little time, and never too little: terraform could not read its own
//! state then. So files are searched for words rather than read for their meaning, and whatever cannot be searched
//! makes the usage unknown.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde::Deserialize;

/// What of a provider's schema a terraform needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Usage {
    /// These types at most.
    Types(BTreeSet<String>),
    /// It cannot be told, for this reason: everything.
    Unknown(String),
}

/// The folder that a terraform works in.
#[derive(Clone, Debug)]
pub struct Folder {
    /// Where its documents are.
    pub path: PathBuf,
    /// Terraform's own folder in it, `.terraform` unless `TF_DATA_DIR` says otherwise.
    pub data: PathBuf,
}

impl Folder {
    /// A folder with terraform's own one in the usual place.
    pub fn new(path: impl Into<PathBuf>) -> Folder {
        let path = path.into();
        Folder { data: path.join(".terraform"), path }
    }

    /// What the folder uses of the provider `provider`, which has `types`.
    pub(crate) fn usage(&self, provider: &str, types: &BTreeSet<String>) -> Usage {
        let texts = match self.texts() {
            Ok(texts) => texts,
            Err(why) => return Usage::Unknown(why),
        };
        let mut used = BTreeSet::new();
        for Text { path, content } in texts {
            let content = unescaped(&content);
            // What a state holds was of the provider once.
            let is_state = path.extension().is_some_and(|end| end == "tfstate");
            if !is_state && let Some(strange) = strange_type(&content, provider, types) {
                // Terraform's error compares such a name with the names of all types ("Did you mean …?").
                return Usage::Unknown(format!("`{}` has a type `{strange}`", path.display()));
            }
            used.extend(words(&content).filter(|word| types.contains(*word)).map(str::to_owned));
        }
        Usage::Types(used)
    }

    fn texts(&self) -> Result<Vec<Text>, String> {
        let mut files = documents(&self.path)?;
        // Where `terraform test` looks for tests ("Tests": the `tests` directory).
        files.extend(documents(&self.path.join("tests"))?);
        for module in self.modules()? {
            files.extend(documents(&self.path.join(module))?);
        }
        files.extend(self.states()?);
        files.into_iter().map(Text::read).collect()
    }

    /// The folders of the installed modules.
    fn modules(&self) -> Result<Vec<PathBuf>, String> {
        let path = self.data.join("modules/modules.json");
        let Some(listed) = read_if_present(&path)? else { return Ok(Vec::new()) };
        let listed: Modules = serde_json::from_str(&listed).map_err(|why| unreadable(&path, &why))?;
        Ok(listed.modules.into_iter().map(|module| module.folder).collect())
    }

    /// The files of the state, of every workspace.
    fn states(&self) -> Result<Vec<PathBuf>, String> {
        let mut states = vec![self.path.join("terraform.tfstate")];
        let workspaces = self.path.join("terraform.tfstate.d");
        states.extend(entries(&workspaces)?.into_iter().map(|workspace| workspace.join("terraform.tfstate")));

        let settings = self.data.join("terraform.tfstate");
        if let Some(text) = read_if_present(&settings)? {
            let settings: Settings =
                serde_json::from_str(&text).map_err(|why| unreadable(&settings, &why))?;
            match settings.backend {
                None => {}
                Some(Backend { kind, config }) if kind == "local" => {
                    if config.workspace_dir.is_some() {
                        return Err("the local backend has a `workspace_dir`".to_owned());
                    }
                    states.extend(config.path.map(|path| self.path.join(path)));
                }
                Some(Backend { kind, .. }) => {
                    return Err(format!("the state is kept by the backend `{kind}`"));
                }
            }
        }
        Ok(states.into_iter().filter(|state| state.exists()).collect())
    }
}

/// `.terraform/modules/modules.json`.
#[derive(Deserialize)]
struct Modules {
    #[serde(rename = "Modules")]
    modules: Vec<Module>,
}

#[derive(Deserialize)]
struct Module {
    #[serde(rename = "Dir")]
    folder: PathBuf,
}

/// `.terraform/terraform.tfstate`: which backend init has set up.
#[derive(Deserialize)]
struct Settings {
    backend: Option<Backend>,
}

#[derive(Deserialize)]
struct Backend {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    config: Local,
}

#[derive(Default, Deserialize)]
struct Local {
    path: Option<PathBuf>,
    workspace_dir: Option<PathBuf>,
}

/// A file that may name types.
struct Text {
    path: PathBuf,
    content: String,
}

impl Text {
    fn read(path: PathBuf) -> Result<Text, String> {
        let bytes = fs::read(&path).map_err(|why| unreadable(&path, &why))?;
        let content = String::from_utf8(bytes).map_err(|why| unreadable(&path, &why))?;
        // OpenTofu's state encryption ("State and Plan Encryption").
        if content.contains("\"encrypted_data\"") {
            return Err(format!("`{}` is encrypted", path.display()));
        }
        Ok(Text { path, content })
    }
}

fn unreadable(path: &Path, why: &dyn std::fmt::Display) -> String {
    format!("`{}` cannot be read: {why}", path.display())
}

fn read_if_present(path: &Path) -> Result<Option<String>, String> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// The ends of the names of files that Terraform and OpenTofu read as documents or tests.
const DOCUMENTS: [&str; 9] = [
    ".tf",
    ".tf.json",
    ".tofu",
    ".tofu.json",
    ".tftest.hcl",
    ".tftest.json",
    ".tfmock.hcl",
    ".tofutest.hcl",
    ".tfquery.hcl",
];

fn documents(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = entries(folder)?;
    found.retain(|path| {
        let name = path.to_string_lossy();
        DOCUMENTS.iter().any(|end| name.ends_with(end))
    });
    Ok(found)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let read = match fs::read_dir(folder) {
        Ok(read) => read,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(folder, &error)),
    };
    read.map(|entry| entry.map(|entry| entry.path()).map_err(|why| unreadable(folder, &why))).collect()
}

#[expect(
    clippy::unwrap_used,
    reason = "the pattern is a constant, and every test that reads a file compiles it"
)]
static ESCAPE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})").unwrap());

#[expect(
    clippy::unwrap_used,
    reason = "the pattern is a constant, and every test that reads a file compiles it"
)]
static BLOCK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"\b(?:resource|data|ephemeral)\s+"?([A-Za-z0-9_-]+)"?"#).unwrap());

/// Resolves the escapes by which JSON and HCL can spell a letter (RFC 8259, 7; HCL syntax, "Template Expressions").
fn unescaped(text: &str) -> String {
    if !text.contains("\\u") && !text.contains("\\U") {
        return text.to_owned();
    }
    let letter = |escape: &Captures<'_>| {
        let digits = escape.get(1).or(escape.get(2)).map_or("", |digits| digits.as_str());
        let spelled = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
        spelled.unwrap_or(char::REPLACEMENT_CHARACTER).to_string()
    };
    ESCAPE.replace_all(text, letter).into_owned()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !(letter.is_ascii_alphanumeric() || "_-".contains(letter)))
}

/// A type that the provider ought to have, by its first word ("Resource Types"), and has not.
fn strange_type(text: &str, provider: &str, types: &BTreeSet<String>) -> Option<String> {
    let ours = |name: &str| name.split('_').next() == Some(provider);
    let mut named = Vec::new();
    match serde_json::from_str(text) {
        Ok(document) => blocks(&document, &mut named),
        Err(_) => named.extend(
            BLOCK.captures_iter(text).map(|found| found.get(1).map_or("", |name| name.as_str()).to_owned()),
        ),
    }
    named.into_iter().find(|name| ours(name) && !types.contains(name))
}

/// The labels of the blocks of a JSON document, at whatever depth they may stand.
fn blocks(value: &serde_json::Value, named: &mut Vec<String>) {
    match value {
        serde_json::Value::Array(items) => items.iter().for_each(|item| blocks(item, named)),
        serde_json::Value::Object(members) => {
            for (name, member) in members {
                if ["resource", "data", "ephemeral"].contains(&name.as_str()) {
                    labels(member, named);
                }
                blocks(member, named);
            }
        }
        _ => {}
    }
}

// HCL lets any label level be an array of objects (json/spec.md, "Blocks").
fn labels(value: &serde_json::Value, named: &mut Vec<String>) {
    match value {
        serde_json::Value::Array(items) => items.iter().for_each(|item| labels(item, named)),
        serde_json::Value::Object(members) => named.extend(members.keys().cloned()),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
