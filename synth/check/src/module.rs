//! Everything that the files declare, found by name: the tables that references are looked up in.

use std::collections::{BTreeSet, HashMap};

use crate::blocks::{self, Label};
use crate::expression::is_identifier;
use crate::finding::{Findings, Mistake, Rule};
use crate::grammar;
use crate::json::{Node, Value};
use crate::overrides::Merged;
use crate::providers::Providers;
use crate::quick::Quick;
use crate::schema::{Element, Schemas, Shape};
use crate::suggest;

/// A file that was read.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    pub(crate) name: &'a str,
    pub(crate) text: &'a str,
    pub(crate) root: Node<'a>,
}

/// What something is found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Key<'a> {
    Resource(&'a str, &'a str),
    Data(&'a str, &'a str),
    Ephemeral(&'a str, &'a str),
    Variable(&'a str),
    Local(&'a str),
    Output(&'a str),
    Module(&'a str),
    /// Name and alias; the default configuration has an empty alias.
    Provider(&'a str, &'a str),
    Check(&'a str),
    /// A block without a name of its own, by its place in the table.
    Unnamed(&'static str, usize),
}

/// Something declared.
#[derive(Debug)]
pub(crate) struct Declared<'a> {
    pub(crate) key: Key<'a>,
    pub(crate) at: u32,
    pub(crate) body: &'a Node<'a>,
    pub(crate) repeats: Repeats,
    /// The attributes of a resource, if its provider's schema is known.
    pub(crate) shape: Option<Shape<'a>>,
}

/// Whether something stands for several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeats {
    Once,
    Count,
    Each,
}

/// The tables.
#[derive(Debug)]
pub(crate) struct Module<'a> {
    pub(crate) declared: Vec<Declared<'a>>,
    pub(crate) keys: HashMap<Key<'a>, usize, Quick>,
    pub(crate) providers: Providers<'a>,
    /// What only an override sets, by the starts of bodies.
    pub(crate) late: &'a BTreeSet<(u32, String)>,
}

/// Collects what the documents declare, and reports names that are wrong or taken.
pub(crate) fn declare<'a>(
    merged: &'a Merged<'a>,
    schemas: &'a Schemas,
    findings: &mut Findings,
) -> Module<'a> {
    let documents = merged.documents.as_slice();
    let providers = Providers::read(documents, schemas, findings);
    // The blocks of real documents take 100 to 1,000 bytes: tables that need not grow.
    let blocks = documents.iter().map(|document| document.text.len()).sum::<usize>() / 128;
    let mut module = Module {
        declared: Vec::with_capacity(blocks),
        keys: HashMap::with_capacity_and_hasher(blocks, Quick::default()),
        providers,
        late: &merged.late,
    };
    let mut labels = Vec::new();
    for document in documents {
        blocks::check_body(&document.root, findings);
        for section in blocks::properties(&document.root) {
            if let Some((_, block)) = grammar::ROOT.block(&section.key) {
                let mut each = |labels: &[Label<'a>], body: &'a Node<'a>, findings: &mut Findings| {
                    module.block(block.name, labels, body, findings);
                };
                blocks::labelled(&section.value, block.labels, &mut labels, findings, &mut each);
            } else if section.key != "//" {
                let message = format!("there is no block or argument `{}` in a configuration", section.key);
                let help = suggest::help(&section.key, grammar::ROOT.names());
                findings.report(section.start, Rule::UnknownArgument, message, help);
            }
        }
    }
    module
}

impl<'a> Module<'a> {
    pub(crate) fn find(&self, key: Key<'a>) -> Option<(usize, &Declared<'a>)> {
        let index = *self.keys.get(&key)?;
        self.declared.get(index).map(|declared| (index, declared))
    }

    fn block(
        &mut self,
        block: &'static str,
        labels: &[Label<'a>],
        body: &'a Node<'a>,
        findings: &mut Findings,
    ) {
        let at = labels.last().map_or(body.start, |label| label.start);
        let (kind, name) = match labels {
            [kind, name] => (kind.text, name.text),
            [name] => ("", name.text),
            _ => ("", ""),
        };
        if block != "provider" {
            for label in labels {
                check_name(label, findings);
            }
        }
        let key = match block {
            "resource" => Key::Resource(kind, name),
            "data" => Key::Data(kind, name),
            "ephemeral" => Key::Ephemeral(kind, name),
            "variable" => Key::Variable(name),
            "output" => Key::Output(name),
            "module" => Key::Module(name),
            "check" => {
                self.scoped_data(body, findings);
                Key::Check(name)
            }
            "provider" => {
                let alias = blocks::properties(body).find(|member| member.key == "alias");
                Key::Provider(name, alias.and_then(|alias| alias.value.text()).unwrap_or_default())
            }
            "locals" => {
                for member in blocks::properties(body).filter(|member| member.key != "//") {
                    check_name(&Label { text: &member.key, start: member.start }, findings);
                    let at = member.start;
                    self.put(Key::Local(&member.key), at, &member.value, None, findings);
                }
                if !matches!(body.value, Value::Object(_)) {
                    blocks::mistyped(body, "an object", findings);
                }
                return;
            }
            other => Key::Unnamed(other, self.declared.len()),
        };
        let shape = self.shape(key, body, at, findings);
        self.put(key, at, body, shape, findings);
    }

    /// The data source that a check may have of its own.
    fn scoped_data(&mut self, body: &'a Node<'a>, findings: &mut Findings) {
        for member in blocks::properties(body).filter(|member| member.key == "data") {
            let mut each = |labels: &[Label<'a>], body: &'a Node<'a>, findings: &mut Findings| {
                self.block("data", labels, body, findings);
            };
            let names = ["data source type", "data source name"];
            blocks::labelled(&member.value, &names, &mut Vec::new(), findings, &mut each);
        }
    }

    fn shape(
        &mut self,
        key: Key<'a>,
        body: &'a Node<'a>,
        at: u32,
        findings: &mut Findings,
    ) -> Option<Shape<'a>> {
        let (element, kind) = match key {
            Key::Resource(kind, _) => (Element::Resource, kind),
            Key::Data(kind, _) => (Element::Data, kind),
            Key::Ephemeral(kind, _) => (Element::Ephemeral, kind),
            Key::Provider(name, _) => return self.providers.configuration(name, at, findings),
            _ => return None,
        };
        let written = blocks::properties(body).find(|member| member.key == "provider");
        let written = written.and_then(|member| member.value.text());
        self.providers.shape(element, kind, written, at, findings)
    }

    fn put(
        &mut self,
        key: Key<'a>,
        at: u32,
        body: &'a Node<'a>,
        shape: Option<Shape<'a>>,
        findings: &mut Findings,
    ) {
        let index = self.declared.len();
        if let Some(first) = self.keys.insert(key, index) {
            self.keys.insert(key, first);
            findings.mistakes.push(Mistake {
                at,
                rule: Rule::Duplicate,
                message: format!("`{}` is declared twice", key.address()),
                help: Some("give one of them another name, or make them one".to_owned()),
                first: self.declared.get(first).map(|declared| declared.at),
            });
        }
        let repeats = if matches!(key, Key::Local(_)) { Repeats::Once } else { repeats(body) };
        self.declared.push(Declared { key, at, body, repeats, shape });
    }
}

fn repeats(body: &Node<'_>) -> Repeats {
    let mut repeats = Repeats::Once;
    for member in blocks::properties(body) {
        match member.key.as_ref() {
            "count" => repeats = Repeats::Count,
            "for_each" => repeats = Repeats::Each,
            _ => {}
        }
    }
    repeats
}

fn check_name(label: &Label<'_>, findings: &mut Findings) {
    if !is_identifier(label.text) {
        let message = format!("`{}` is not a name", label.text);
        let help = "a name is letters, digits, `_` and `-`, and starts with a letter or `_`".to_owned();
        findings.report(label.start, Rule::InvalidName, message, Some(help));
    }
}

impl Key<'_> {
    /// As Terraform writes it.
    pub(crate) fn address(&self) -> String {
        match self {
            Key::Resource(kind, name) => format!("{kind}.{name}"),
            Key::Data(kind, name) => format!("data.{kind}.{name}"),
            Key::Ephemeral(kind, name) => format!("ephemeral.{kind}.{name}"),
            Key::Variable(name) => format!("var.{name}"),
            Key::Local(name) => format!("local.{name}"),
            Key::Output(name) => format!("output.{name}"),
            Key::Module(name) => format!("module.{name}"),
            Key::Provider(name, "") => format!("provider.{name}"),
            Key::Provider(name, alias) => format!("provider.{name}.{alias}"),
            Key::Check(name) => format!("check.{name}"),
            Key::Unnamed(block, _) => (*block).to_owned(),
        }
    }
}
