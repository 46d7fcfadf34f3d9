//! The files of a folder are one module, and its calls lead to others: the blocks of all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use super::address::ModulePath;
use super::beside::{self, Beside, Places};
use super::block::{Block, Kind};
use super::file::{self, Role};
use super::overrides;
use super::read::Form;
use crate::known::Later;
use crate::report::Failure;
use crate::source::{MAX_BYTES, SourceId, Sources};
use crate::text::Text;

/// More calls than this are not followed in one configuration: two calls of a module that calls two
/// and so on double them at every level.
const MAX_CALLS: usize = 5_000;

/// What the files of one folder say.
#[derive(Debug, Default)]
pub struct Folder {
    /// The blocks of the module, overrides merged.
    pub blocks: Vec<Block>,
    /// The blocks of each plan and each state, which are judged on their own.
    pub shown: Vec<Vec<Block>>,
    /// What was not understood.
    pub unread: Vec<Later>,
    /// The files that could not be read.
    pub failures: Vec<Failure>,
    /// How many files there are.
    pub files: usize,
}

impl Folder {
    /// Reads the files of one folder.
    #[must_use]
    pub fn read(sources: &Sources, files: &[SourceId]) -> Folder {
        let mut folder = Folder { files: files.len(), ..Folder::default() };
        let mut ordered: Vec<(Role, &str, SourceId)> =
            files.iter().map(|id| (Role::of(sources.name(*id)), sources.name(*id), *id)).collect();
        ordered.sort_unstable();
        let mut overriding = Vec::new();
        let names: BTreeSet<&str> = ordered.iter().map(|(_, name, _)| *name).collect();
        for (role, name, id) in ordered {
            let whole = sources.whole(id);
            if let Some(other) = file::replacement(name).filter(|other| names.contains(other.as_str())) {
                let why = format!("OpenTofu reads `{other}` instead of this file");
                folder.unread.push(Later { span: whole.opening(), why });
                continue;
            }
            if whole.len() > MAX_BYTES {
                let message = "it has more than 100 MB, which are not judged".into();
                folder.failures.push(Failure { span: whole, message });
                continue;
            }
            match file::parse(name, &sources.text(id), &mut folder.unread) {
                Ok((Form::Configuration, blocks)) if role == Role::Override => overriding.extend(blocks),
                // The only file, or the first, gives the list that it has: a copy would be another of the same size.
                Ok((Form::Configuration, blocks)) if folder.blocks.is_empty() => folder.blocks = blocks,
                Ok((Form::Configuration, blocks)) => folder.blocks.extend(blocks),
                Ok((_, blocks)) => folder.shown.push(blocks),
                Err(refusal) => {
                    folder.failures.push(Failure { span: refusal.span(), message: refusal.to_string() });
                }
            }
        }
        overrides::apply(&mut folder.blocks, overriding, &mut folder.unread);
        folder
    }

    /// The folders of the local modules that it calls, as they are written.
    fn calls(&self) -> impl Iterator<Item = &str> {
        let calls = self.blocks.iter().filter(|block| block.kind == Kind::Module);
        calls.filter_map(|call| match ModuleSource::of(call) {
            ModuleSource::Local(path) => Some(path),
            ModuleSource::Elsewhere | ModuleSource::Unknown => None,
        })
    }
}

/// Where the content of a called module is (Terraform, "Module Sources").
enum ModuleSource<'b> {
    /// In a folder beside the caller's.
    Local(&'b str),
    /// In a registry, a repository, an archive.
    Elsewhere,
    /// Nothing is said that can be read.
    Unknown,
}

impl ModuleSource<'_> {
    fn of(call: &Block) -> ModuleSource<'_> {
        match call.written.member("source").map(|member| member.value.literal()) {
            Some(Some(path)) if path.starts_with("./") || path.starts_with("../") => {
                ModuleSource::Local(path)
            }
            Some(Some("." | "..")) | None | Some(None) => ModuleSource::Unknown,
            Some(Some(_)) => ModuleSource::Elsewhere,
        }
    }
}

/// A root module with the folders of the local modules that are called from it.
#[derive(Debug, Default)]
pub struct Configuration {
    root: PathBuf,
    folders: BTreeMap<PathBuf, Folder>,
    wanted: BTreeSet<PathBuf>,
    wanted_files: BTreeSet<PathBuf>,
    beside: Beside,
}

impl Configuration {
    /// A root module in the folder `root`.
    #[must_use]
    pub fn of(root: &Path, folder: Folder) -> Configuration {
        let root = normal(root);
        let mut made = Configuration { root: root.clone(), ..Configuration::default() };
        made.add(root, folder);
        made
    }

    /// The next folder that is called and not yet there.
    pub fn wanted(&mut self) -> Option<PathBuf> {
        self.wanted.pop_first()
    }

    /// The next file that an expression reads: one in the folder of the root module, or in that of the module whose
    /// expression it is.
    pub fn wanted_file(&mut self) -> Option<PathBuf> {
        self.wanted_files.pop_first()
    }

    /// Adds such a file.
    pub fn add_file(&mut self, path: PathBuf, text: Text) {
        self.beside.add(path, text);
    }

    /// Adds the folder of a module.
    pub fn add(&mut self, path: PathBuf, folder: Folder) {
        let places = Places { root: &self.root, module: &path };
        for block in &folder.blocks {
            beside::wanted(&block.written, places, &mut self.wanted_files);
        }
        for call in folder.calls() {
            let called = normal(&path.join(call));
            if called != path && !self.folders.contains_key(&called) {
                self.wanted.insert(called);
            }
        }
        self.folders.insert(path, folder);
    }

    /// The folder of the root module, without `.` and `..` where they can be left out.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folders of the modules that it calls, likewise.
    pub fn modules(&self) -> impl Iterator<Item = &Path> {
        self.folders.keys().map(PathBuf::as_path).filter(|folder| *folder != self.root)
    }

    /// The folders there are.
    pub fn folders(&mut self) -> impl Iterator<Item = &mut Folder> {
        self.folders.values_mut()
    }

    /// The blocks of the root module and of every module it calls; what is not there is pushed to
    /// `unread`. Those of the root module, which no module can call, are taken out.
    #[must_use]
    pub fn blocks(&mut self, unread: &mut Vec<Later>) -> Vec<Block> {
        let root = self.folders.get_mut(&self.root).map(|folder| std::mem::take(&mut folder.blocks));
        let root = root.unwrap_or_default();
        let blocks = Vec::with_capacity(root.len());
        let mut modules = Modules { configuration: self, path: Vec::new(), calls: 0, blocks, unread };
        modules.follow(&mut root.into_iter(), &self.root, &ModulePath::default());
        modules.blocks
    }
}

/// Walks from the root down the calls.
struct Modules<'c> {
    configuration: &'c Configuration,
    path: Vec<PathBuf>,
    calls: usize,
    blocks: Vec<Block>,
    unread: &'c mut Vec<Later>,
}

impl Modules<'_> {
    fn follow(&mut self, blocks: &mut dyn Iterator<Item = Block>, folder: &Path, module: &ModulePath) {
        self.path.push(folder.to_path_buf());
        for block in blocks {
            let call = (block.kind == Kind::Module).then(|| block.clone());
            let places = Places { root: &self.configuration.root, module: folder };
            let written = self.configuration.beside.filled(&block.written, places);
            self.blocks.push(Block { module: module.clone(), body: written.clone(), written, ..block });
            if let Some(call) = call {
                self.call(&call, folder, module);
            }
        }
        self.path.pop();
    }

    /// Follows a call of a module.
    fn call(&mut self, call: &Block, folder: &Path, module: &ModulePath) {
        let configuration = self.configuration;
        match self.called(folder, call) {
            Ok(called) => {
                self.calls = self.calls.saturating_add(1);
                let blocks = configuration.folders.get(&called).map(|folder| folder.blocks.as_slice());
                let blocks = &mut blocks.unwrap_or_default().iter().cloned();
                self.follow(blocks, &called, &module.child(call.name()));
            }
            Err(why) => self.unread.push(Later { span: call.span, why: why.into() }),
        }
    }

    /// The folder that a call leads to, or why it is not followed.
    fn called(&self, folder: &Path, call: &Block) -> Result<PathBuf, &'static str> {
        let called = match ModuleSource::of(call) {
            ModuleSource::Local(path) => normal(&folder.join(path)),
            ModuleSource::Elsewhere => return Err("the content of a module from elsewhere is not read"),
            ModuleSource::Unknown => return Err("where this module is cannot be told from its `source`"),
        };
        if self.path.contains(&called) {
            return Err("this module calls itself");
        }
        if self.calls >= MAX_CALLS {
            return Err("there are too many calls of modules to follow this one");
        }
        if self.configuration.folders.contains_key(&called) {
            Ok(called)
        } else {
            Err("the content of a module is not read")
        }
    }
}

/// A path without `.` and with `..` taken back where that is possible by its text.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut made = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(made.components().next_back(), Some(Component::Normal(_))) => {
                made.pop();
            }
            other => made.push(other),
        }
    }
    made
}
