//! What is deployed: an app of synth, a document, or a folder of Terraform files.

mod folder;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

pub(crate) use folder::{Local, copy, files, local};

/// A stack that can be deployed, with the values of its variables.
#[derive(Clone)]
pub struct Stack {
    pub(crate) name: String,
    pub(crate) source: Source,
    pub(crate) variables: BTreeMap<String, Given>,
    #[cfg(feature = "synth")]
    pub(crate) located: synth_core::Located,
}

/// Where a stack is written.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// The bytes of a `main.tf.json`.
    Document(Vec<u8>),
    /// The folder `module` in the folder `root`, of which everything is there for it.
    Folder { root: PathBuf, module: PathBuf },
}

/// What a variable is set to.
#[derive(Clone)]
pub(crate) enum Given {
    Value(String),
    /// The id of the deployment.
    RunId,
}

/// Why something cannot be deployed.
#[derive(Debug, Error)]
pub enum StackError {
    /// The app does not resolve.
    #[cfg(feature = "synth")]
    #[error("{0}")]
    Refused(synth_core::Problems),
    /// The app has another number of stacks than one.
    #[error("the app has {} stacks ({}): deploy one of them by `Stack::of_app(app, \"…\")`", .0.len(), .0.join(", "))]
    NotOne(Vec<String>),
    /// The app has no such stack.
    #[error("the app has no stack `{name}`, only {}", .stacks.join(", "))]
    NoSuchStack {
        /// What was asked for.
        name: String,
        /// What there is.
        stacks: Vec<String>,
    },
    /// The folder could not be read.
    #[error("cannot read the stack in `{}`: {source}", .path.display())]
    Folder {
        /// What was read.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// The folder holds no Terraform files.
    #[error("`{}` holds no `.tf` and no `.tf.json` files", .0.display())]
    Empty(PathBuf),
    /// A module is outside of what is copied.
    #[error(
        "`{}` uses the module `{module}`, which is outside of the folder: deploy by \
         `Stack::folder_within(…)`, with a folder that holds both", .file.display()
    )]
    Outside {
        /// The file.
        file: PathBuf,
        /// The module's source.
        module: String,
    },
}

/// What [`crate::deploy`] takes.
pub trait IntoStack {
    /// The stack.
    ///
    /// # Errors
    /// If it cannot be written or read.
    fn into_stack(self) -> Result<Stack, StackError>;
}

impl Stack {
    /// The stack that the bytes of a `main.tf.json` describe.
    pub fn document(bytes: impl Into<Vec<u8>>) -> Stack {
        Stack::new("stack", Source::Document(bytes.into()))
    }

    /// The stack in a folder of `.tf` and `.tf.json` files. It is copied with everything in it but hidden files and
    /// states, and applied there: the folder itself stays as it is.
    pub fn folder(path: impl AsRef<Path>) -> Stack {
        Stack::folder_within(path, "")
    }

    /// The stack in the folder `module` of the folder `root`, for stacks that use modules outside of their own
    /// folder: all of `root` is copied.
    pub fn folder_within(root: impl AsRef<Path>, module: impl AsRef<Path>) -> Stack {
        let (root, module) = (root.as_ref().to_owned(), module.as_ref().to_owned());
        let name = root.join(&module).file_name().map(|name| name.to_string_lossy().into_owned());
        Stack::new(&name.unwrap_or_else(|| "stack".to_owned()), Source::Folder { root, module })
    }

    /// One stack of an app.
    ///
    /// # Errors
    /// If the app does not resolve, or has no such stack.
    #[cfg(feature = "synth")]
    pub fn of_app(app: synth_core::App, name: &str) -> Result<Stack, StackError> {
        let (documents, located) = synth_core::resolve_located(app).map_err(StackError::Refused)?;
        let stacks = documents.iter().map(|document| document.stack.clone()).collect();
        match documents.into_iter().find(|document| document.stack == name) {
            Some(document) => Ok(Stack::of_document(document, located)),
            None => Err(StackError::NoSuchStack { name: name.to_owned(), stacks }),
        }
    }

    #[cfg(feature = "synth")]
    fn of_document(document: synth_core::Document, located: synth_core::Located) -> Stack {
        let stack = Stack::new(&document.folder, Source::Document(document.json.into_bytes()));
        Stack { located, ..stack }
    }

    fn new(name: &str, source: Source) -> Stack {
        Stack {
            name: safe(name),
            source,
            variables: BTreeMap::new(),
            #[cfg(feature = "synth")]
            located: synth_core::Located::default(),
        }
    }

    /// What the stack is called in messages, and its folder.
    #[must_use]
    pub fn named(mut self, name: &str) -> Stack {
        self.name = safe(name);
        self
    }

    /// Gives a variable of the stack a value, through the environment of terraform: it is written to no file.
    /// What is no string is written as in Terraform's language: `["a", "b"]`.
    #[must_use]
    pub fn variable(mut self, name: &str, value: impl Into<String>) -> Stack {
        self.variables.insert(name.to_owned(), Given::Value(value.into()));
        self
    }

    /// Gives a variable of the stack twelve digits that no other deployment has: for the names that all accounts
    /// of an emulator share, such as those of S3 buckets.
    #[must_use]
    pub fn run_id(mut self, variable: &str) -> Stack {
        self.variables.insert(variable.to_owned(), Given::RunId);
        self
    }
}

/// A name as part of a file's name.
fn safe(name: &str) -> String {
    let plain = |character: char| {
        if character.is_ascii_alphanumeric() || "-_".contains(character) { character } else { '-' }
    };
    let name: String = name.chars().map(plain).take(64).collect();
    if name.is_empty() { "stack".to_owned() } else { name }
}

impl fmt::Debug for Stack {
    /// Without the values of variables: some may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let variables: Vec<&String> = self.variables.keys().collect();
        f.debug_struct("Stack")
            .field("name", &self.name)
            .field("variables", &variables)
            .finish_non_exhaustive()
    }
}

impl IntoStack for Stack {
    fn into_stack(self) -> Result<Stack, StackError> {
        Ok(self)
    }
}

/// The only stack of an app.
#[cfg(feature = "synth")]
impl IntoStack for synth_core::App {
    fn into_stack(self) -> Result<Stack, StackError> {
        let (mut documents, located) = synth_core::resolve_located(self).map_err(StackError::Refused)?;
        match (documents.pop(), documents.is_empty()) {
            (Some(document), true) => Ok(Stack::of_document(document, located)),
            (last, _) => Err(StackError::NotOne(
                documents.into_iter().chain(last).map(|document| document.stack).collect(),
            )),
        }
    }
}

/// The bytes of a `main.tf.json`.
impl IntoStack for &[u8] {
    fn into_stack(self) -> Result<Stack, StackError> {
        Ok(Stack::document(self))
    }
}

/// The bytes of a `main.tf.json`.
impl IntoStack for Vec<u8> {
    fn into_stack(self) -> Result<Stack, StackError> {
        Ok(Stack::document(self))
    }
}

/// A folder of Terraform files.
impl IntoStack for &Path {
    fn into_stack(self) -> Result<Stack, StackError> {
        Ok(Stack::folder(self))
    }
}

/// A folder of Terraform files.
impl IntoStack for PathBuf {
    fn into_stack(self) -> Result<Stack, StackError> {
        Ok(Stack::folder(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_that_of_the_folder_or_given_and_harmless() {
        assert_eq!(Stack::folder("/infra/orders").name, "orders");
        assert_eq!(Stack::folder_within("/infra", "stacks/orders").name, "orders");
        assert_eq!(Stack::folder("/").name, "stack");
        assert_eq!(Stack::document("{}").named("../a b").name, "---a-b");
    }

    #[test]
    fn values_of_variables_show_in_no_debug_output() {
        let stack = Stack::document("{}").variable("token", "hunter2");
        assert!(!format!("{stack:?}").contains("hunter2"));
    }

    #[cfg(feature = "synth")]
    #[test]
    fn an_app_of_several_stacks_asks_which_one() {
        let app = || {
            let mut app = synth_core::App::new();
            app.stack("network");
            app.stack("shop");
            app
        };
        let why = app().into_stack().unwrap_err().to_string();
        assert_eq!(
            why,
            "the app has 2 stacks (network, shop): deploy one of them by `Stack::of_app(app, \"…\")`"
        );
        assert_eq!(Stack::of_app(app(), "shop").unwrap().name, "shop");
        let why = Stack::of_app(app(), "shoop").unwrap_err().to_string();
        assert_eq!(why, "the app has no stack `shoop`, only network, shop");
        assert!(synth_core::App::new().into_stack().is_err());
    }
}
