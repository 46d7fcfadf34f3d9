//! The passes: read, declare, judge each block, follow the references, find cycles.

use std::collections::HashMap;

use crate::cycles;
use crate::files::Files;
use crate::finding::{Findings, Rule};
use crate::infer::Inferred;
use crate::json;
use crate::module::{self, Document, Module};
use crate::quick::Quick;
use crate::report::Report;
use crate::schema::Schemas;

/// A file of Terraform JSON.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// As findings name it.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// Checks the files of one module, together, as Terraform reads them.
pub fn check(sources: &[Source<'_>], schemas: &Schemas) -> Report {
    let mut findings = Findings::default();
    let mut files = Files::default();
    let mut documents = Vec::new();
    for source in sources {
        match json::read(source.text, files.add(*source)) {
            Ok(root) => documents.push(Document { text: source.text, root }),
            Err(json::Malformed { at, expected }) => {
                let message = format!("this is not JSON: expected {expected}");
                findings.report(at, Rule::NotJson, message, None);
            }
        }
    }
    if !findings.mistakes.is_empty() {
        // What the unreadable file declares is not known, so nothing can be said about the others' references.
        return Report::new(&files, findings);
    }
    let module = module::declare(&documents, schemas, &mut findings);
    let mut checker = Checker::new(&files, &module, findings);
    checker.blocks();
    let Checker { mut findings, edges, .. } = checker;
    cycles::check(&files, &module, &edges, &mut findings);
    module.providers.doubts(&mut findings);
    Report::new(&files, findings)
}

/// One judging of a module.
pub(crate) struct Checker<'a> {
    pub(crate) files: &'a Files<'a>,
    pub(crate) module: &'a Module<'a>,
    pub(crate) findings: Findings,
    /// Who needs whom.
    pub(crate) edges: Vec<Edge>,
    /// What is known of variables and locals; nothing while it is being found.
    pub(crate) known: HashMap<usize, Option<Inferred<'a>>, Quick>,
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
    fn new(files: &'a Files<'a>, module: &'a Module<'a>, findings: Findings) -> Checker<'a> {
        Checker { files, module, findings, edges: Vec::new(), known: HashMap::default(), silent: 0 }
    }

    pub(crate) fn report(&mut self, at: u32, rule: Rule, message: String, help: Option<String>) {
        if self.silent == 0 {
            self.findings.report(at, rule, message, help);
        }
    }
}
