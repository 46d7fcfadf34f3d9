//! Where the stacks are, in the order of application.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use command_line::{say, unread};
use synth::output::{self, Failure, Target};
use synth_engine::Directory;

use super::{End, Which};
use crate::cli::exit::WRONG;
use crate::cli::{input, manifest, synthesize};

/// A stack that is somewhere.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Stack {
    /// Its id, or its folder's name.
    pub(in crate::cli) name: String,
    /// Where its document is.
    pub(in crate::cli) folder: PathBuf,
    /// The stacks that are applied before.
    pub(super) needs: Vec<String>,
    /// Who wrote it.
    pub(super) author: Author,
}

/// Who wrote a root module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Author {
    /// We did: it is one document, and names lead back to constructs.
    Synth,
    /// Anybody.
    Anybody,
}

/// The stacks of an app.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Stacks {
    /// All of them, in the order of application.
    pub(in crate::cli) all: Vec<Stack>,
    /// Those that were asked for, in the same order.
    pub(in crate::cli) chosen: Vec<Stack>,
}

/// What keeps what terraform writes, the lock files apart, out of repositories.
const IGNORED: &str = "*\n!*/\n!.gitignore\n!.terraform.lock.hcl\n";

impl Which {
    /// Finds the stacks; documents of a stack file are written first.
    pub(in crate::cli) fn stacks(&self) -> Result<Stacks, End> {
        let all = self.all()?;
        let names: Vec<&str> = all.iter().map(|stack| stack.name.as_str()).collect();
        if let Some(unknown) = self.stacks.iter().find(|name| !names.contains(&name.as_str())) {
            return Err(End::Failed(format!(
                "there is no stack `{unknown}`; there are: {}",
                names.join(", ")
            )));
        }
        let is_chosen = |stack: &&Stack| self.stacks.is_empty() || self.stacks.contains(&stack.name);
        let chosen = all.iter().filter(is_chosen).cloned().collect();
        Ok(Stacks { all, chosen })
    }

    fn all(&self) -> Result<Vec<Stack>, End> {
        let is_part_of_a_folder = !self.path.is_dir() && is_configuration(&self.path);
        let path = if is_part_of_a_folder { parent(&self.path) } else { &self.path };
        match (path.is_dir(), &self.out, &self.addresses) {
            (true, Some(_), _) => {
                Err(End::Failed("`--out` is for the documents of a stack file, and PATH is none".to_owned()))
            }
            (true, None, Some(_)) => {
                let why = "`--addresses` is for the addresses of a stack file, and PATH is none: its documents were \
                           written before";
                Err(End::Failed(why.to_owned()))
            }
            (true, None, None) => in_folder(path),
            (false, out, addresses) => of_stack_file(path, out.as_deref(), addresses.as_deref()),
        }
    }
}

fn in_folder(path: &Path) -> Result<Vec<Stack>, End> {
    if path.join(manifest::FILE).is_file() {
        let listed = manifest::read(path)?.into_iter().map(|listed| Stack {
            name: listed.stack,
            folder: path.join(listed.folder),
            needs: listed.needs,
            author: Author::Synth,
        });
        let stacks: Vec<Stack> = listed.collect();
        return match stacks.iter().find(|stack| !stack.folder.join("main.tf.json").is_file()) {
            Some(stack) => {
                let folder = stack.folder.display();
                Err(End::Failed(format!("`{folder}` has no main.tf.json: `--out` writes it")))
            }
            None => Ok(stacks),
        };
    }
    let mut names = fs::read_dir(path)?.flatten().map(|entry| entry.path());
    if !names.any(|name| is_configuration(&name)) {
        return Err(End::Failed(format!(
            "`{}` holds neither a manifest.json, which `--out` writes, nor *.tf.json or *.tf; name a stack file, or \
             the folder of a stack",
            path.display()
        )));
    }
    let whole = fs::canonicalize(path)?;
    let name = whole.file_name().map_or("stack".into(), |name| name.to_string_lossy());
    let name = name.chars().filter(|character| !character.is_control()).collect();
    Ok(vec![Stack { name, folder: path.to_owned(), needs: Vec::new(), author: Author::Anybody }])
}

/// Writes a stack file's documents, and the manifest, as `synth STACK-FILE --out` does.
fn of_stack_file(file: &Path, out: Option<&Path>, addresses: Option<&Path>) -> Result<Vec<Stack>, End> {
    if file == Path::new("-") {
        let why = "standard input has no place for terraform's state: `synth - --out DIR`, then name DIR";
        return Err(End::Failed(why.to_owned()));
    }
    let (name, text) = input::read(file).map_err(|error| End::Failed(unread(file, &error).to_string()))?;
    let folder = out.map_or_else(|| parent(file).join(".synth"), Path::to_owned);
    let target = Target::Folder(folder.clone());
    let written = synthesize::documents(&name, &text, &target, addresses);
    written.map_err(|failure| match failure {
        // Mistakes have their labels already.
        Failure::Wrong(mistakes) => {
            say::labelled(&mistakes);
            End::Said(WRONG)
        }
        Failure::Failed(error) => End::failed(&error),
    })?;
    if out.is_none() {
        keep_out_of_repositories(&folder)?;
    }
    in_folder(&folder)
}

fn keep_out_of_repositories(folder: &Path) -> io::Result<()> {
    let file = folder.join(".gitignore");
    if file.exists() { Ok(()) } else { output::file(&file, IGNORED) }
}

fn is_configuration(path: &Path) -> bool {
    path.file_name().is_some_and(|name| Directory::reads(&name.to_string_lossy()))
}

fn parent(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
