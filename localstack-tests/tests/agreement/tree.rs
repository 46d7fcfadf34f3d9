//! Configurations of several files, in one folder or in folders below it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use localstack_tests::Failure;
use serde_json::Value as Json;
use synth_check::{Folder, Report, Schemas, Source, calls, check_folders};

/// The texts of files, by their paths from the root module's folder.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree(pub(crate) BTreeMap<String, String>);

impl Tree {
    /// A root module of one file.
    pub(crate) fn document(text: String) -> Tree {
        Tree(BTreeMap::from([("main.tf.json".to_owned(), text)]))
    }

    pub(crate) fn with(mut self, path: &str, document: &Json) -> Tree {
        self.0.insert(path.to_owned(), format!("{document:#}"));
        self
    }

    /// What is in a folder, `expected.txt` left out.
    pub(crate) fn read(root: &Path) -> Result<Tree, Failure> {
        let (mut tree, mut open) = (Tree::default(), vec![root.to_owned()]);
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                let name = path.strip_prefix(root)?.to_string_lossy().into_owned();
                if path.is_dir() {
                    open.push(path);
                } else if name.contains(".tf") {
                    tree.0.insert(name, fs::read_to_string(&path)?);
                }
            }
        }
        Ok(tree)
    }

    /// Writes the files into a folder.
    pub(crate) fn write(&self, root: &Path) -> Result<(), Failure> {
        for (path, text) in &self.0 {
            let path = root.join(path);
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::write(path, text)?;
        }
        Ok(())
    }

    /// The files of a folder, by name.
    pub(crate) fn files(&self, folder: &str) -> impl Iterator<Item = (&str, &str)> {
        let of = move |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder) == folder;
        self.0.iter().filter(move |(path, _)| of(path)).map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The modules that a folder's files call: their names, sources and folders.
    pub(crate) fn calls(&self, folder: &str) -> Vec<(String, String, String)> {
        let mut found = Vec::new();
        for (_, text) in self.files(folder) {
            let document: Json = serde_json::from_str(text).unwrap_or_default();
            for (name, call) in document.get("module").and_then(Json::as_object).into_iter().flatten() {
                let alone = serde_json::json!({ "module": { name: call } }).to_string();
                let source = call.get("source").and_then(Json::as_str).unwrap_or_default().to_owned();
                found.extend(
                    calls(folder, &alone).into_iter().map(|path| (name.clone(), source.clone(), path)),
                );
            }
        }
        found
    }

    /// What `synth check` says.
    pub(crate) fn judged(&self, schemas: &Schemas) -> Report {
        let folder = |path| str::rsplit_once(path, '/').map_or("", |(folder, _)| folder);
        let paths: BTreeSet<&str> = self.0.keys().map(|path| folder(path)).collect();
        let folders: Vec<Folder<'_>> = paths
            .into_iter()
            .map(|path| {
                let (json, other): (Vec<_>, Vec<_>) =
                    self.files(path).partition(|(name, _)| name.ends_with(".json"));
                let sources = json.into_iter().map(|(name, text)| Source { name, text }).collect();
                Folder { path, sources, unread: other.into_iter().map(|(name, _)| name).collect() }
            })
            .collect();
        check_folders(&folders, schemas)
    }
}
