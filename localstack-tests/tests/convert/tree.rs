//! A configuration: the files of its modules, and whatever they read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use localstack_tests::Failure;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/convert");

/// A root module and the modules beside it.
pub(crate) struct Tree {
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    /// By folder; the root module's is empty.
    pub(crate) modules: BTreeMap<String, Module>,
    /// What is in Terraform's files: names by what they are called from the root.
    pub(crate) others: Vec<String>,
}

/// The `*.tf` of a folder, by name.
pub(crate) type Module = BTreeMap<String, String>;

impl Tree {
    /// All of them, sorted; `SYNTH_CONVERT=vpc,queue` names those that are wanted.
    pub(crate) fn all() -> Result<Vec<Tree>, Failure> {
        let wanted = std::env::var("SYNTH_CONVERT").ok().filter(|wanted| !wanted.is_empty());
        let is_wanted =
            |name: &str| wanted.as_ref().is_none_or(|wanted| wanted.split(',').any(|wanted| wanted == name));
        let mut trees = Vec::new();
        for entry in fs::read_dir(FIXTURES)? {
            let folder = entry?.path();
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if folder.is_dir() && is_wanted(&name) {
                trees.push(Tree::read(name, folder)?);
            }
        }
        trees.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(trees)
    }

    /// The one of this name.
    pub(crate) fn one(name: &str) -> Result<Tree, Failure> {
        Tree::read(name.to_owned(), Path::new(FIXTURES).join(name))
    }

    fn read(name: String, folder: PathBuf) -> Result<Tree, Failure> {
        let mut tree = Tree { name, folder, modules: BTreeMap::new(), others: Vec::new() };
        tree.add("")?;
        Ok(tree)
    }

    fn add(&mut self, below: &str) -> Result<(), Failure> {
        for entry in fs::read_dir(self.folder.join(below))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
            if entry.file_type()?.is_dir() {
                self.add(&path)?;
            } else if name.ends_with(".tf") {
                let text = fs::read_to_string(entry.path())?;
                self.modules.entry(below.to_owned()).or_default().insert(name, text);
            } else {
                self.others.push(path);
            }
        }
        Ok(())
    }

    /// What a module is called among those of all trees: letters, digits and dashes.
    pub(crate) fn program(&self, module: &str) -> String {
        format!("{}/{module}", self.name).trim_end_matches('/').replace('/', "-")
    }

    /// Writes the same tree to `folder`, with another word in the place of one.
    pub(crate) fn copy_changed(&self, folder: &Path, from: &str, to: &str) -> Result<(), Failure> {
        for (module, files) in &self.modules {
            fs::create_dir_all(folder.join(module))?;
            for (name, text) in files {
                fs::write(folder.join(module).join(name), text.replace(from, to))?;
            }
        }
        self.copy_others(folder)
    }

    /// Writes the same tree to `folder`, its modules as documents.
    pub(crate) fn write_converted(
        &self,
        folder: &Path,
        document: impl Fn(&str) -> Result<String, Failure>,
    ) -> Result<(), Failure> {
        for module in self.modules.keys() {
            let folder = folder.join(module);
            fs::create_dir_all(&folder)?;
            fs::write(folder.join("main.tf.json"), document(module)?)?;
        }
        self.copy_others(folder)
    }

    fn copy_others(&self, folder: &Path) -> Result<(), Failure> {
        for other in &self.others {
            let path = folder.join(other);
            fs::create_dir_all(path.parent().ok_or("a file without a folder")?)?;
            fs::copy(self.folder.join(other), path)?;
        }
        Ok(())
    }
}
