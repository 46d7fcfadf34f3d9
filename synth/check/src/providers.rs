//! Which provider a local name stands for, and where its schema is.

use std::collections::{BTreeMap, HashMap};

use crate::blocks;
use crate::expression::is_identifier;
use crate::finding::{Findings, Rule};
use crate::json::{Member, Node, Value};
use crate::module::Document;
use crate::quick::Quick;
use crate::schema::{Element, Provider, Schemas, Shape};
use crate::suggest;
use crate::version;

/// The local names of providers.
#[derive(Debug)]
pub(crate) struct Providers<'a> {
    pub(crate) schemas: &'a Schemas,
    /// What `required_providers` says; other names stand for hashicorp's provider of that name.
    sources: HashMap<&'a str, String>,
    /// `aws.west` of `configuration_aliases`: configurations that a caller gives.
    pub(crate) given: Vec<String>,
    known: HashMap<(Element, &'a str, Option<&'a str>), Option<Shape<'a>>, Quick>,
    /// Providers without a schema: the first use and the number of uses.
    unknown: BTreeMap<String, (u32, usize)>,
}

impl<'a> Providers<'a> {
    pub(crate) fn read(
        documents: &'a [Document<'a>],
        schemas: &'a Schemas,
        findings: &mut Findings,
    ) -> Providers<'a> {
        let mut providers = Providers {
            schemas,
            sources: HashMap::new(),
            given: Vec::new(),
            known: HashMap::default(),
            unknown: BTreeMap::new(),
        };
        let mut first = None;
        for document in documents {
            let sections = blocks::properties(&document.root).filter(|member| member.key == "terraform");
            for terraform in sections.flat_map(|section| blocks::bodies(&section.value)) {
                for required in blocks::properties(terraform).filter(|m| m.key == "required_providers") {
                    for body in blocks::bodies(&required.value) {
                        let at = required.start;
                        if first.is_some() {
                            let message = "`required_providers` is written twice".to_owned();
                            findings.report(at, Rule::Duplicate, message, Some("make them one".to_owned()));
                        }
                        first = first.or(Some(at));
                        providers.require(body, findings);
                    }
                }
            }
        }
        providers
    }

    fn require(&mut self, body: &'a Node<'a>, findings: &mut Findings) {
        for member in blocks::properties(body).filter(|member| member.key != "//") {
            let (source, version) = match &member.value.value {
                // A version alone: the short form of old configurations.
                Value::Text(_) => (None, Some(&member.value)),
                Value::Object(fields) => {
                    self.requirement(fields, findings);
                    let field = |name: &str| member.value.property(name).map(|member| &member.value);
                    (field("source").and_then(Node::text), field("version"))
                }
                _ => {
                    blocks::mistyped(&member.value, "an object with `source` and `version`", findings);
                    (None, None)
                }
            };
            let source = source.map_or_else(|| default_source(&member.key), full_source);
            if let Some(version) = version {
                self.constraint(version, &source, findings);
            }
            self.sources.insert(&member.key, source);
        }
    }

    fn requirement(&mut self, fields: &'a [Member<'a>], findings: &mut Findings) {
        const KNOWN: [&str; 3] = ["source", "version", "configuration_aliases"];
        for field in fields {
            if !KNOWN.contains(&field.key.as_ref()) {
                let message = format!("a required provider has no `{}`", field.key);
                let help = suggest::help(&field.key, KNOWN.into_iter());
                findings.report(field.start, Rule::UnknownArgument, message, help);
            }
            if let ("configuration_aliases", Value::List(given)) = (field.key.as_ref(), &field.value.value) {
                self.given.extend(given.iter().filter_map(Node::text).map(str::to_owned));
            }
        }
    }

    /// Judges the version of a provider, and says if it is another than that of the schema.
    fn constraint(&self, node: &Node<'_>, source: &str, findings: &mut Findings) {
        let known = self.schemas.version(source);
        let allows = node.text().ok_or_else(|| "a version constraint is needed here".to_owned());
        match allows.and_then(|text| version::allows(text, known.unwrap_or("0"))) {
            Err(why) => findings.report(node.start, Rule::WrongValue, why, None),
            Ok(allowed) => {
                if let (Some(known), Some(text), false) = (known, node.text(), allowed) {
                    let why = format!(
                        "`{text}` excludes {known}, whose schema is at hand and by which `{source}` is judged; \
                         `--schema` takes another one"
                    );
                    findings.doubt(node.start, why);
                }
            }
        }
    }

    /// Whether a local name is written in `required_providers`.
    pub(crate) fn requires(&self, name: &str) -> bool {
        self.sources.contains_key(name)
    }

    fn source(&self, name: &str) -> String {
        self.sources.get(name).cloned().unwrap_or_else(|| default_source(name))
    }

    /// The provider that a local name stands for.
    pub(crate) fn provider(&self, name: &str) -> Option<Provider<'a>> {
        self.schemas.provider(&self.source(name))
    }

    /// The arguments of a provider's own configuration.
    pub(crate) fn configuration(
        &mut self,
        name: &'a str,
        at: u32,
        findings: &mut Findings,
    ) -> Option<Shape<'a>> {
        if !is_identifier(name) || name.contains("__") {
            let help = "a provider's name is letters, digits and `-`".to_owned();
            findings.report(at, Rule::InvalidName, format!("`{name}` is not a provider's name"), Some(help));
        }
        let provider = self.provider(name);
        if provider.is_none() {
            self.miss(name, at);
        }
        provider.map(Provider::configuration)
    }

    /// The attributes of a type of resource; reports a type that its provider does not have.
    pub(crate) fn shape(
        &mut self,
        element: Element,
        kind: &'a str,
        written: Option<&'a str>,
        at: u32,
        findings: &mut Findings,
    ) -> Option<Shape<'a>> {
        let key = (element, kind, written);
        if let Some(Some(known)) = self.known.get(&key) {
            return Some(*known);
        }
        let local = local_name(kind, written);
        let Some(provider) = self.provider(local) else {
            self.miss(local, at);
            return None;
        };
        let shape = provider.shape(element, kind);
        if shape.is_none() {
            let what = match element {
                Element::Data => "data source",
                Element::Ephemeral => "ephemeral resource",
                _ => "resource",
            };
            let message = format!("the provider `{}` has no {what} `{kind}`", self.source(local));
            findings.report(at, Rule::UnknownType, message, suggest::help(kind, provider.names(element)));
        }
        self.known.insert(key, shape);
        shape
    }

    fn miss(&mut self, name: &str, at: u32) {
        self.unknown.entry(self.source(name)).or_insert((at, 0)).1 += 1;
    }

    /// Says which providers' blocks were not judged.
    pub(crate) fn doubts(&self, findings: &mut Findings) {
        for (source, (at, uses)) in &self.unknown {
            let blocks = if *uses == 1 { "block is" } else { "blocks are" };
            findings.doubt(
                *at,
                format!("no schema of the provider `{source}` is at hand: the arguments of {uses} {blocks} not checked"),
            );
        }
    }
}

/// The provider of a type: what `provider` names, else the type's first word.
pub(crate) fn local_name<'a>(kind: &'a str, written: Option<&'a str>) -> &'a str {
    let whole = written.unwrap_or(kind);
    whole.split(if written.is_some() { '.' } else { '_' }).next().unwrap_or_default()
}

fn default_source(name: &str) -> String {
    match name {
        "terraform" => "terraform.io/builtin/terraform".to_owned(),
        name => full_source(&format!("hashicorp/{name}")),
    }
}

fn full_source(source: &str) -> String {
    match source.matches('/').count() {
        0 => format!("registry.terraform.io/hashicorp/{source}"),
        1 => format!("registry.terraform.io/{source}"),
        _ => source.to_owned(),
    }
}
