//! A program: one statement an element.

mod block;
mod body;
mod element;
mod imports;
mod manifest;
mod meta;
mod module;
mod past;
mod provider;
mod secret;
mod untyped;
mod value;
mod variable;

use std::collections::{BTreeMap, BTreeSet};

use synth_bindings::{Api, Builder};

use crate::environment::Environment;
use crate::expression::{Literals, Speaker};
use crate::notes::Notes;
use crate::rust::{Rust, comment, statement};
use crate::source::{Declaration, Place};
use crate::{Output, names, order};

/// How far statements stand to the right.
const INDENTATION: usize = 4;

/// A program that is being written.
pub(super) struct Program<'a> {
    pub(super) environment: Environment<'a>,
    pub(super) notes: Notes,
    /// The word of each address.
    words: BTreeMap<String, String>,
    /// The addresses that something refers to.
    used: BTreeSet<String>,
    statements: String,
    /// Features of the crate of bindings.
    features: BTreeSet<String>,
    /// Providers without bindings, by local name.
    providers: BTreeMap<String, provider::Required>,
}

/// Writes the program of a stack.
pub(crate) fn write(stack: &str, declarations: &[Declaration], api: &Api) -> Output {
    let words = names::assign(declarations);
    let mut program = Program {
        environment: Environment::new(api, words.values().cloned().collect()),
        notes: Notes::default(),
        words,
        used: declarations.iter().flat_map(order::references).collect(),
        statements: String::new(),
        features: BTreeSet::new(),
        providers: provider::required(declarations),
    };
    let mut before = "";
    for declaration in order::ordered(declarations) {
        if before != declaration.kind && !program.statements.is_empty() {
            program.statements.push('\n');
        }
        before = &declaration.kind;
        program.declaration(declaration);
    }
    let text = imports::program(stack, &program.statements, &program.statics(), &program.features);
    let features: Vec<String> = program.features.into_iter().collect();
    let files =
        [("Cargo.toml".to_owned(), manifest::manifest(stack, &features)), ("src/main.rs".to_owned(), text)];
    Output { files: files.into(), features, notes: program.notes.finish() }
}

impl<'a> Program<'a> {
    fn declaration(&mut self, declaration: &Declaration) {
        let start = self.statements.len();
        match declaration.kind.as_str() {
            "terraform" => self.settings(declaration),
            "variable" => self.variable(declaration),
            "local" => self.local(declaration),
            "output" => self.output(declaration),
            "provider" => self.provider(declaration),
            "resource" | "data" | "ephemeral" => self.element(declaration),
            "module" => self.module(declaration),
            "check" => self.check(declaration),
            "moved" => self.moved(declaration),
            "import" => self.import(declaration),
            "removed" => self.removed(declaration),
            other => {
                let message = format!("the block `{other}`");
                self.notes.left(declaration.place.clone(), message);
            }
        }
        // What has no statement has no comments.
        if self.statements.len() > start {
            let space = " ".repeat(INDENTATION);
            let lines = declaration.comments.iter();
            let comments: String = lines.map(|line| format!("{space}{}\n", comment(line))).collect();
            self.statements.insert_str(start, &comments);
        }
    }

    /// The statement that adds an element; its handle has a name where something refers to it.
    fn add(&mut self, address: &str, value: &Rust) {
        let before = match self.words.get(address) {
            Some(word) if self.used.contains(address) => format!("let {word} = "),
            _ => String::new(),
        };
        self.statements.push_str(&statement(&before, value, INDENTATION));
    }

    fn statement(&mut self, value: &Rust) {
        self.statements.push_str(&statement("", value, INDENTATION));
    }

    fn word(&self, address: &str) -> String {
        self.words.get(address).cloned().unwrap_or_default()
    }

    /// Notes that a module of the bindings is used.
    fn uses(&mut self, builder: Builder<'a>) {
        if !builder.service().is_empty() {
            self.features.insert(builder.service().to_owned());
        }
    }

    fn speaker(&mut self, place: &Place) -> Speaker<'_, 'a> {
        Speaker {
            environment: &self.environment,
            notes: &mut self.notes,
            place: place.clone(),
            words: Vec::new(),
            literals: Literals::Whole,
        }
    }
}

/// The id under which an element keeps the name that it has.
fn id(name: &str) -> Rust {
    let mut before = None;
    let mut letters = name.chars().peekable();
    let mut kept = true;
    while let Some(letter) = letters.next() {
        let is_word = |other: Option<char>| other.is_some_and(|other| other.is_ascii_alphanumeric());
        kept &= match letter {
            'a'..='z' | 'A'..='Z' => true,
            '0'..='9' | '-' => before.is_some(),
            '_' => is_word(before) && is_word(letters.peek().copied()),
            _ => false,
        };
        before = Some(letter);
    }
    if kept { Rust::text(name) } else { Rust::call("Id::Exact", [Rust::text(name).method("into", [])]) }
}
