//! What is asked of AWS: who wants to do what with which resource, and what is known about it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::answer::Answer;
use super::caller::Caller;
use super::glob::{self, Glob, Symbol, Word, written};
use crate::text::Text;

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who asks.
    pub caller: Caller,
    /// The action, such as `s3:GetObject`.
    pub action: String,
    /// The ARN of the resource, or `*` where the action has none.
    pub resource: Word,
    /// The condition keys.
    pub context: Context,
}

/// What is known about a condition key of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// It has these values.
    Values(Vec<Word>),
    /// The request does not have it.
    Absent,
    /// Nobody said.
    Unknown,
}

/// What is known about a condition key: its values, of which there is at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Given<'c> {
    Values(&'c [Word]),
    Absent,
    Unknown,
}

/// What a reference of Terraform may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum References {
    /// Anything: a name that is written out may be the same thing.
    Open,
    /// A thing that is written out nowhere else, as where two versions of a configuration are compared.
    Distinct,
    /// The same, in one deployment: every partition, region and account that an ARN names is its own.
    Deployed,
}

/// The condition keys of a request, and what is known about all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    keys: BTreeMap<String, Key>,
    rest: Key,
    references: References,
}

impl Key {
    /// One value.
    #[must_use]
    pub fn of(text: &str) -> Key {
        Key::Values(vec![glob::word(text)])
    }
}

impl Request {
    /// A request with the condition keys that follow from who asks.
    #[must_use]
    pub fn new(caller: Caller, action: impl Into<String>, resource: Word, mut context: Context) -> Request {
        for (key, value) in caller.keys() {
            if !context.keys.contains_key(key) {
                context.put(key, value);
            }
        }
        Request { caller, action: action.into(), resource, context }
    }

    /// The resource for a reader.
    #[must_use]
    pub fn resource(&self) -> String {
        written(&self.resource)
    }
}

impl Context {
    /// No condition keys, and this about all others.
    #[must_use]
    pub fn new(rest: Key, references: References) -> Context {
        Context { keys: BTreeMap::new(), rest, references }
    }

    /// Says something about a key; names of keys have no case (IAM user guide, "Condition").
    pub fn put(&mut self, key: &str, value: Key) {
        self.keys.insert(key.to_lowercase(), value);
    }

    /// Adds a value to those of a key.
    pub fn add(&mut self, key: &str, value: &str) {
        let word = glob::word(value);
        match self.keys.get_mut(&key.to_lowercase()) {
            Some(Key::Values(values)) => values.push(word),
            _ => self.put(key, Key::Values(vec![word])),
        }
    }

    /// The keys that something is said about.
    pub fn keys(&self) -> impl Iterator<Item = (&str, &Key)> {
        self.keys.iter().map(|(key, value)| (key.as_str(), value))
    }

    pub(super) fn given(&self, key: &str) -> Given<'_> {
        match self.keys.get(key).unwrap_or(&self.rest) {
            Key::Values(values) if values.is_empty() => Given::Absent,
            Key::Values(values) => Given::Values(values),
            Key::Absent => Given::Absent,
            Key::Unknown => Given::Unknown,
        }
    }

    pub(super) fn references(&self) -> References {
        self.references
    }

    /// Whether what a policy names as a resource reaches one.
    pub(crate) fn reaches(&self, resource: &Text, word: &[glob::Letter]) -> Answer {
        self.matches(&glob::glob(resource, glob::Syntax::resource()), word)
    }

    /// Whether a pattern without policy variables matches a word.
    pub(super) fn matches(&self, glob: &Glob, word: &[glob::Letter]) -> Answer {
        if self.references == References::Deployed {
            return deployed(&glob.without_place(), &glob::without_place(word));
        }
        if glob::matches(glob, word) {
            return Answer::Yes;
        }
        let symbols = || glob.symbols().chain(glob::symbols(word));
        let distinct = self.references == References::Distinct
            && glob.only_word().is_some()
            && symbols().all(|symbol| matches!(**symbol, Symbol::Reference(_)));
        if symbols().next().is_none() || distinct || !glob::may_match(glob, word) {
            return Answer::No;
        }
        unknown(symbols())
    }
}

/// Whether a pattern matches a word that is written in the same deployment. Where they differ first, a reference is
/// something that is written out nowhere else.
fn deployed(glob: &Glob, word: &[glob::Letter]) -> Answer {
    if glob::matches(glob, word) {
        return Answer::Yes;
    }
    let symbols = || glob.symbols().chain(glob::symbols(word));
    let is_distinct = glob.first_difference(word).is_some_and(|(own, other)| {
        !is_unknown(own) && !is_unknown(other) && (is_reference(own) || is_reference(other))
    });
    if is_distinct || symbols().next().is_none() || !glob::may_match(glob, word) {
        return Answer::No;
    }
    unknown(symbols())
}

fn is_reference(letter: &glob::Letter) -> bool {
    matches!(letter, glob::Letter::Symbol(symbol) if matches!(**symbol, Symbol::Reference(_)))
}

fn is_unknown(letter: &glob::Letter) -> bool {
    matches!(letter, glob::Letter::Symbol(symbol) if matches!(**symbol, Symbol::Unknown(_)))
}

fn unknown<'s>(symbols: impl Iterator<Item = &'s Arc<Symbol>>) -> Answer {
    Answer::Undecided(symbols.map(|symbol| format!("`{}` is known only later", symbol.written())).collect())
}
