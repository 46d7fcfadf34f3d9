//! The passes: read, declare, judge each block, follow the references, find cycles.

use std::collections::HashMap;
use std::rc::Rc;

use crate::files::Files;
use crate::finding::{Findings, Rule};
use crate::folder::Folder;
use crate::inferred::Inferred;
use crate::interface::Interface;
use crate::json;
use crate::link::{self, Part};
use crate::module::{self, Document, Module};
use crate::overrides;
use crate::ports::Ports;
use crate::quick::Quick;
use crate::report::Report;
use crate::schema::{Function, Schemas};

/// A file of Terraform JSON.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// As findings name it.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// Checks the files of one module, together, as Terraform reads them; the insides of the modules that it calls are not
/// at hand.
pub fn check(sources: &[Source<'_>], schemas: &Schemas) -> Report {
    check_folders(&[Folder { path: "", sources: sources.to_vec(), unread: Vec::new() }], schemas)
}

/// Checks modules that may call each other. What none of the others calls is a root module.
pub fn check_folders(folders: &[Folder<'_>], schemas: &Schemas) -> Report {
    let (mut files, mut unreadable) = (Files::default(), Findings::default());
    let documents: Vec<_> = folders.iter().map(|folder| read(folder, &mut files, &mut unreadable)).collect();
    if !unreadable.mistakes.is_empty() {
        // What the unreadable file declares is not known, so nothing can be said about the others' references.
        return Report::new(&files, unreadable);
    }
    let mut findings: Vec<Findings> = folders.iter().map(|_| Findings::default()).collect();
    let documents = documents.into_iter().zip(&mut findings);
    let documents: Vec<_> =
        documents.map(|(documents, findings)| overrides::merge(documents, findings)).collect();
    let modules = documents.iter().zip(&mut findings);
    let modules: Vec<_> =
        modules.map(|(merged, findings)| module::declare(merged, schemas, findings)).collect();
    let links = link::link(folders, &modules, &mut findings);
    let mut interfaces: Vec<Option<Rc<Interface<'_>>>> = vec![None; folders.len()];
    let mut all = Findings::default();
    for place in &links.order {
        let (Some(module), Some(folder), Some(link), Some(findings)) =
            (modules.get(*place), folders.get(*place), links.of.get(*place), findings.get_mut(*place))
        else {
            continue;
        };
        let inside = |target: &usize| interfaces.get(*target).cloned().flatten();
        let inside = link.calls.iter().filter_map(|(call, target)| Some((*call, inside(target)?)));
        let mut checker = Checker::new(&files, module, link.part, inside.collect());
        checker.findings = std::mem::take(findings);
        checker.blocks();
        checker.cycles();
        if link.part == Part::Called
            && let Some(interface) = interfaces.get_mut(*place)
        {
            *interface = Some(Rc::new(checker.interface(&folder.unread)));
        }
        let mut judged = checker.findings;
        module.providers.doubts(&mut judged);
        judged.open(&folder.unread);
        all.extend(judged);
    }
    Report::new(&files, all)
}

/// Reads a folder's files; reports those that are no JSON.
fn read<'a>(folder: &Folder<'a>, files: &mut Files<'a>, findings: &mut Findings) -> Vec<Document<'a>> {
    let mut documents = Vec::new();
    for source in &folder.sources {
        match json::read(source.text, files.add(*source)) {
            Ok(root) => documents.push(Document { name: source.name, text: source.text, root }),
            Err(json::Malformed { at, expected }) => {
                let message = format!("this is not JSON: expected {expected}");
                findings.report(at, Rule::NotJson, message, None);
            }
        }
    }
    documents
}

/// One judging of a module.
pub(crate) struct Checker<'a> {
    pub(crate) files: &'a Files<'a>,
    pub(crate) module: &'a Module<'a>,
    pub(crate) part: Part,
    /// What is known of the insides of the modules that are called, by the calls.
    pub(crate) inside: HashMap<usize, Rc<Interface<'a>>, Quick>,
    pub(crate) findings: Findings,
    /// Who needs whom.
    pub(crate) edges: Vec<Edge>,
    /// The inputs and outputs of called modules, among those who need each other.
    pub(crate) ports: Ports<'a>,
    /// What is known of variables and locals; nothing while it is being found.
    pub(crate) known: HashMap<usize, Option<Inferred<'a>>, Quick>,
    /// The language's functions that were called.
    pub(crate) functions: HashMap<&'a str, Function<'a>, Quick>,
    /// Above zero, findings and edges are dropped: the same expression is judged elsewhere.
    pub(crate) silent: u32,
}

/// A need of one declared thing for another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// The JSON string, or the block, that says so.
    pub(crate) at: u32,
    /// The byte of the string's text.
    pub(crate) index: usize,
}

impl<'a> Checker<'a> {
    fn new(
        files: &'a Files<'a>,
        module: &'a Module<'a>,
        part: Part,
        inside: HashMap<usize, Rc<Interface<'a>>, Quick>,
    ) -> Checker<'a> {
        Checker {
            files,
            module,
            part,
            inside,
            findings: Findings::default(),
            edges: Vec::new(),
            ports: Ports::after(module.declared.len()),
            known: HashMap::default(),
            functions: HashMap::default(),
            silent: 0,
        }
    }

    pub(crate) fn report(&mut self, at: u32, rule: Rule, message: String, help: Option<String>) {
        if self.silent == 0 {
            self.findings.report(at, rule, message, help);
        }
    }
}
