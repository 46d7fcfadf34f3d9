//! A thing that an argument names: declared in the configuration, or elsewhere.

use std::sync::Arc;

use super::kind::{Form, Kind};
use super::principal::Resource;
use crate::access::{Letter, Symbol, Word, word, word_of};
use crate::node::{Node, Reference, Step, Value};
use crate::terraform::{Block, Kind as BlockKind};
use crate::text::Text;

/// What an argument names.
#[derive(Clone, Debug)]
pub(super) struct Thing<'b> {
    /// What it is; nothing where that cannot be told.
    pub(super) kind: Option<Kind>,
    /// The block that declares it or, as a data source, finds it.
    pub(super) block: Option<&'b Block>,
    /// For a reader: an address or an ARN.
    pub(super) called: String,
    /// As a policy says it.
    arn: String,
    /// What requests may say.
    words: Arc<[Word]>,
}

/// What of a thing an action is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The thing itself.
    Whole,
    /// All below it, by what a policy appends to the ARN.
    Below(&'static str),
}

impl<'b> Thing<'b> {
    /// What a block declares; `attribute` is how it was referred to.
    pub(super) fn declared(block: &'b Block, attribute: &str) -> Thing<'b> {
        let form = Form::of(block.type_name(), attribute);
        let relative = relative(block);
        let arn_attribute = form.map_or("arn", |form| form.arn);
        let arn = format!("{relative}.{arn_attribute}");
        let mut words = vec![vec![reference_to(&arn)]];
        if let Some(known) = block.body.member(arn_attribute).and_then(|member| member.value.as_text()) {
            words.push(word_of(known));
        }
        if form.is_some_and(|form| form.kind.has_arn_as_id()) {
            words.push(vec![reference_to(&format!("{relative}.id"))]);
        }
        words.extend(form.into_iter().flat_map(|form| spelled(form, block, &relative)));
        Thing {
            kind: form.map(|form| form.kind),
            block: Some(block),
            called: block.address(),
            arn: format!("${{{arn}}}"),
            words: words.into(),
        }
    }

    /// The same, as one of the instances that `count` or `for_each` makes.
    pub(super) fn of_instance(mut self, reference: &Reference) -> Thing<'b> {
        let is_index = |step: &&Step| !matches!(step, Step::Attribute(_));
        let Some(index) = reference.steps.iter().find(is_index) else { return self };
        // In plans and states each instance is a block.
        if self.block.is_some_and(|block| !block.instance.is_empty()) {
            return self;
        }
        let (Some(block), Some((_, attribute))) =
            (self.block, self.arn.trim_end_matches('}').rsplit_once('.'))
        else {
            return self;
        };
        let relative = relative(block);
        let spell = |index: &str| format!("{relative}[{index}].{attribute}");
        let mut words = self.words.to_vec();
        let (symbol, written) = match index {
            Step::Index(key) if key.bytes().all(|byte| byte.is_ascii_digit()) => (key.clone(), key.clone()),
            Step::Index(key) => (key.clone(), format!("{key:?}")),
            Step::Any | Step::Computed(_) | Step::Attribute(_) => {
                // Which instance it is, is known only later.
                words.push(vec![Letter::Symbol(Arc::new(Symbol::Unknown(spell("…"))))]);
                ("*".to_owned(), "*".to_owned())
            }
        };
        // A splat means every instance.
        words.extend([vec![reference_to(&spell(&symbol))], vec![reference_to(&spell("*"))]]);
        self.words = words.into();
        self.arn = format!("${{{}}}", spell(&written));
        self.called = format!("{}[{written}]", block.address());
        self
    }

    /// What is written out, of whatever declares it.
    pub(super) fn written(text: &Text) -> Thing<'b> {
        let written = render(text);
        let arn = cut(&written);
        let length = arn.chars().count();
        let mut letters = word_of(text);
        // A hole is one letter, and several characters when rendered.
        if arn.len() < written.len() && !written.contains("${") {
            letters.truncate(length);
        }
        Thing {
            kind: Form::of_arn(arn).map(|(form, _)| form.kind),
            block: None,
            called: arn.to_owned(),
            arn: arn.to_owned(),
            words: [letters].into(),
        }
    }

    /// What an expression gives that is known only later, but is the ARN of one thing.
    pub(super) fn later(node: &Node) -> Thing<'b> {
        let text = match &node.value {
            Value::Text(text) => text.clone(),
            _ => Text::unknown(node.clone()),
        };
        let written = render(&text);
        Thing {
            kind: None,
            block: None,
            called: written.clone(),
            arn: written,
            words: [word_of(&text)].into(),
        }
    }

    /// What has a name, in this account and region, and is declared elsewhere.
    pub(super) fn named(kind: Kind, name: &Text) -> Thing<'b> {
        let Some(form) = kind.form() else { return Thing::written(name) };
        let written = render(name);
        let written = written.strip_prefix('/').filter(|_| kind == Kind::Parameter).unwrap_or(&written);
        let mut letters = word_of(name);
        if kind == Kind::Parameter && letters.first() == Some(&Letter::Char('/')) {
            letters.remove(0);
        }
        let place = if kind == Kind::Bucket {
            "::".to_owned()
        } else {
            "${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:".to_owned()
        };
        Thing {
            kind: Some(kind),
            block: None,
            called: written.to_owned(),
            arn: format!("arn:aws:{}:{place}{}{written}", form.service, form.before),
            words: [[arn_up_to_name(form), letters].concat()].into(),
        }
    }

    /// The same, known to be of a kind.
    pub(super) fn of_kind(mut self, kind: Kind) -> Thing<'b> {
        self.kind.get_or_insert(kind);
        self
    }

    /// A part of it, as what is needed.
    pub(super) fn part(&self, part: Part) -> Resource {
        let any = || Letter::Symbol(Arc::new(Symbol::Unknown("any part".to_owned())));
        let (written, requested): (&str, Word) = match part {
            Part::Whole => ("", Word::new()),
            // "arn:aws:logs:region:account-id:log-group:log_group_name:log-stream:log-stream-name" (Amazon
            // CloudWatch Logs user guide, "CloudWatch Logs resources and operations").
            Part::Below(":*") => (":*", [word(":log-stream:"), vec![any()]].concat()),
            Part::Below(written) => (written, [word(written.trim_end_matches('*')), vec![any()]].concat()),
        };
        self.below(written, requested)
    }

    /// What is below it: as a policy says that, and as requests do.
    fn below(&self, written: &str, requested: Word) -> Resource {
        Resource::Thing {
            arn: format!("{}{written}", self.arn),
            whole: Arc::clone(&self.words),
            part: requested.into(),
        }
    }

    /// One object in it.
    pub(super) fn object(&self, key: &str) -> Resource {
        let tail = format!("/{key}");
        self.below(&tail, word(&tail))
    }
}

/// The address as expressions of the same module write it.
fn relative(block: &Block) -> String {
    let data = if block.kind == BlockKind::Data { "data." } else { "" };
    format!("{data}{}.{}{}", block.type_name(), block.name(), block.instance)
}

/// The symbol of a reference, whose keys stand without quotes.
fn reference_to(name: &str) -> Letter {
    let name = name.replace('"', "");
    let symbol = if name.starts_with("data.") { Symbol::Unknown(name) } else { Symbol::Reference(name) };
    Letter::Symbol(Arc::new(symbol))
}

/// The ARN by the name: as it is known, and by the attributes that give it.
fn spelled(form: &Form, block: &Block, relative: &str) -> Vec<Word> {
    let mut names: Vec<Word> = Vec::new();
    let known = block.body.member(form.name).map(|member| &member.value).filter(|_| !form.name.is_empty());
    match known.and_then(Node::as_text) {
        Some(text) => {
            let mut name = word_of(text);
            if form.kind == Kind::Parameter && name.first() == Some(&Letter::Char('/')) {
                name.remove(0);
            }
            names.push(name);
        }
        // AWS or the provider makes it.
        None => names.push(vec![Letter::Symbol(Arc::new(Symbol::Unknown(relative.to_owned())))]),
    }
    let attributes = ["id", form.name];
    let given = attributes.iter().filter(|attribute| !attribute.is_empty());
    names.extend(given.map(|attribute| vec![reference_to(&format!("{relative}.{attribute}"))]));
    // "Secrets Manager adds six random characters to the name" (AWS Secrets Manager user guide, "Secret"): no pattern but one
    // for any characters is sure to match them.
    let tails = match form.kind {
        Kind::Secret => {
            let random = Letter::Symbol(Arc::new(Symbol::Unknown("six characters".to_owned())));
            vec![word("-??????"), [word("-"), vec![random]].concat()]
        }
        _ => vec![Vec::new()],
    };
    let arns = |name: Word| {
        let arn = |tail: &Word| [arn_up_to_name(form), name.clone(), tail.clone()].concat();
        tails.iter().map(arn).collect::<Vec<Word>>()
    };
    names.into_iter().flat_map(arns).collect()
}

/// Whose partition, region and account are not looked at.
fn arn_up_to_name(form: &Form) -> Word {
    word(&format!("arn:aws:{}:::{}", form.service, form.before))
}

/// An ARN without what ECS appends to that of a secret: the key of its JSON, a stage, a version (Amazon ECS developer
/// guide, "Pass Secrets Manager secrets through Amazon ECS environment variables").
fn cut(arn: &str) -> &str {
    if Form::of_arn(arn).is_none_or(|(form, _)| form.kind != Kind::Secret) {
        return arn;
    }
    arn.match_indices(':').nth(6).map_or(arn, |(at, _)| arn.get(..at).unwrap_or(arn))
}

/// A text as a template of Terraform.
pub(super) fn render(text: &Text) -> String {
    let mut rendered = String::new();
    for (at, character) in text.as_str().char_indices() {
        match text.hole(at) {
            Some(Node { value: Value::Reference(reference), .. }) => {
                rendered.push_str(&format!("${{{reference}}}"));
            }
            Some(_) => rendered.push_str("${…}"),
            None => rendered.push(character),
        }
    }
    rendered
}
