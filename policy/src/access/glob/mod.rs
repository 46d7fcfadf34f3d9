//! Patterns of IAM as sequences of tokens, and the words they match.
//!
//! A word is made of letters: characters, and symbols for values that nobody knows yet (a policy
//! variable of a request that is only imagined, a reference of Terraform). A symbol equals only itself.

mod cover;
mod matching;
mod place;
mod positions;
mod product;
mod read;
mod search;

use std::borrow::Cow;
use std::sync::Arc;

pub(super) use matching::{matches, may_match};
pub(crate) use place::without_place;
pub(super) use read::{Syntax, Variables, action, exactly, glob, shape, the};
pub(super) use search::{Found, Group, Search, Symbols};

use crate::text::Text;

/// The colons before the last part of an ARN (IAM user guide, "Identify AWS resources with Amazon Resource
/// Names": `arn:partition:service:region:account:resource`).
pub(super) const ARN_COLONS: usize = 5;

/// A letter of a word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Letter {
    /// A character.
    Char(char),
    /// A value that stands for itself.
    Symbol(Arc<Symbol>),
}

/// A value that nobody knows yet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Symbol {
    /// A policy variable: the value of a condition key.
    Variable {
        /// The key, in lower case.
        key: String,
        /// Its value where the request has none: `${key, 'value'}`.
        default: Option<String>,
    },
    /// An attribute of a resource of the configuration, which names one thing.
    Reference(String),
    /// Any other value that is known only later.
    Unknown(String),
}

impl Symbol {
    /// How a policy or a configuration writes it.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Symbol::Variable { key, default: None } => format!("${{{key}}}"),
            Symbol::Variable { key, default: Some(default) } => format!("${{{key}, '{default}'}}"),
            Symbol::Reference(name) | Symbol::Unknown(name) => format!("${{{name}}}"),
        }
    }
}

/// A word; the resource of a request, say.
pub type Word = Vec<Letter>;

/// The word of a text in which nothing is unknown.
#[must_use]
pub fn word(text: &str) -> Word {
    text.chars().map(Letter::Char).collect()
}

/// The symbols in a word.
pub(super) fn symbols(word: &[Letter]) -> impl Iterator<Item = &Arc<Symbol>> {
    word.iter().filter_map(|letter| match letter {
        Letter::Symbol(symbol) => Some(symbol),
        Letter::Char(_) => None,
    })
}

/// The word of a text, in which values that nobody knows yet are symbols.
#[must_use]
pub fn word_of(text: &Text) -> Word {
    glob(text, Syntax::exact()).only_word().unwrap_or_default()
}

/// A word for a reader.
#[must_use]
pub fn written(word: &[Letter]) -> String {
    word.iter()
        .map(|letter| match letter {
            Letter::Char(character) => character.to_string(),
            Letter::Symbol(symbol) => symbol.written(),
        })
        .collect()
}

/// Whether upper and lower case are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Case {
    Sensitive,
    Insensitive,
}

/// How far a wildcard goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Reach {
    /// Up to the next colon.
    Segment,
    /// Over colons.
    Anywhere,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Token {
    Letter(Letter),
    /// `?`: one character.
    One(Reach),
    /// `*`: any letters.
    Many(Reach),
}

/// A pattern. No two `*` stand side by side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Glob {
    tokens: Vec<Token>,
    case: Case,
}

impl Glob {
    /// The pattern of these tokens.
    fn of(tokens: Vec<Token>, case: Case) -> Glob {
        let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
        for token in tokens {
            match (kept.last_mut(), &token) {
                (Some(Token::Many(reach)), Token::Many(other)) => *reach = (*reach).max(*other),
                _ => kept.push(token),
            }
        }
        Glob { tokens: kept, case }
    }

    /// Where it and a word are different before its first wildcard, the two letters.
    pub(super) fn first_difference<'l>(&'l self, word: &'l [Letter]) -> Option<(&'l Letter, &'l Letter)> {
        let pairs = self.tokens.iter().zip(word).map_while(|(token, letter)| match token {
            Token::Letter(own) => Some((own, letter)),
            Token::One(_) | Token::Many(_) => None,
        });
        pairs.into_iter().find(|(own, letter)| own != letter)
    }

    /// The service of the actions that it matches, in small letters; nothing if it may be any.
    pub(super) fn service(&self) -> Option<String> {
        let mut service = String::new();
        for token in &self.tokens {
            match token {
                Token::Letter(Letter::Char(':')) => return Some(service),
                Token::Letter(Letter::Char(character)) if character.is_ascii() => {
                    service.push(character.to_ascii_lowercase());
                }
                _ => return None,
            }
        }
        None
    }

    /// Whether it matches everything.
    pub(super) fn is_everything(&self) -> bool {
        matches!(self.tokens.as_slice(), [Token::Many(Reach::Anywhere)])
    }

    /// The word, if it matches one only.
    pub(super) fn only_word(&self) -> Option<Word> {
        let letter = |token: &Token| match token {
            Token::Letter(letter) => Some(letter.clone()),
            Token::One(_) | Token::Many(_) => None,
        };
        self.tokens.iter().map(letter).collect()
    }

    /// The pattern of an ARN with what it lacks of the six parts: "When you specify an incomplete ARN (one with
    /// fewer than the standard six fields) in an identity-based policy, AWS automatically completes the ARN by
    /// adding wildcard characters (*) to all missing fields" (IAM user guide, "IAM identifiers").
    pub(super) fn completed(&self) -> Option<Glob> {
        let starts = |text: &str| {
            let mut letters = self.tokens.iter();
            text.chars().all(|own| letters.next() == Some(&Token::Letter(Letter::Char(own))))
        };
        let colon = Token::Letter(Letter::Char(':'));
        let colons = self.tokens.iter().filter(|token| **token == colon).count();
        let missing = ARN_COLONS.checked_sub(colons).filter(|missing| *missing > 0 && starts("arn:"))?;
        let mut tokens = self.tokens.clone();
        tokens.extend((0..missing).flat_map(|_| [colon.clone(), Token::Many(Reach::Anywhere)]));
        Some(Glob::of(tokens, self.case))
    }

    /// Whether the characters of a pattern of ARNs say which resources it means: no symbol stands for all of it or
    /// for a part of the resource.
    pub(super) fn is_plain(&self) -> bool {
        let mut colons = 0_usize;
        self.tokens.iter().all(|token| {
            if *token == Token::Letter(Letter::Char(':')) {
                colons = colons.saturating_add(1);
            }
            !matches!(token, Token::Letter(Letter::Symbol(_))) || (1..ARN_COLONS).contains(&colons)
        })
    }

    pub(super) fn symbols(&self) -> impl Iterator<Item = &Arc<Symbol>> {
        self.tokens.iter().filter_map(|token| match token {
            Token::Letter(Letter::Symbol(symbol)) => Some(symbol),
            _ => None,
        })
    }

    /// As a policy writes it.
    pub(super) fn written(&self) -> String {
        let text = |token: &Token| match token {
            Token::Letter(letter) => written(std::slice::from_ref(letter)),
            Token::One(_) => "?".to_owned(),
            Token::Many(_) => "*".to_owned(),
        };
        self.tokens.iter().map(text).collect()
    }

    /// The pattern in which every symbol may be any text.
    fn opened(&self) -> Glob {
        let open = |token: &Token| match token {
            Token::Letter(Letter::Symbol(_)) => Token::Many(Reach::Anywhere),
            _ => token.clone(),
        };
        Glob::of(self.tokens.iter().map(open).collect(), self.case)
    }

    /// The policy variables in it.
    pub(super) fn variables(&self) -> impl Iterator<Item = &Arc<Symbol>> {
        self.symbols().filter(|symbol| matches!(***symbol, Symbol::Variable { .. }))
    }

    /// The pattern with every policy variable replaced by what `value` says of it.
    ///
    /// # Errors
    ///
    /// What `value` says.
    pub(super) fn resolved<E>(
        &self,
        mut value: impl FnMut(&Symbol) -> Result<Word, E>,
    ) -> Result<Cow<'_, Glob>, E> {
        if self.variables().next().is_none() {
            return Ok(Cow::Borrowed(self));
        }
        let mut tokens = Vec::with_capacity(self.tokens.len());
        for token in &self.tokens {
            match token {
                Token::Letter(Letter::Symbol(symbol)) if matches!(**symbol, Symbol::Variable { .. }) => {
                    tokens.extend(value(symbol)?.into_iter().map(Token::Letter));
                }
                _ => tokens.push(token.clone()),
            }
        }
        Ok(Cow::Owned(Glob { tokens, case: self.case }))
    }
}

impl Case {
    fn same(self, one: &Letter, other: &Letter) -> bool {
        match (self, one, other) {
            (Case::Insensitive, Letter::Char(one), Letter::Char(other)) => {
                one == other
                    || if one.is_ascii() && other.is_ascii() {
                        one.eq_ignore_ascii_case(other)
                    } else {
                        one.to_lowercase().eq(other.to_lowercase())
                    }
            }
            _ => one == other,
        }
    }
}

impl Reach {
    /// Whether a wildcard goes over a letter. A symbol may hold a colon.
    fn admits(self, letter: &Letter) -> bool {
        match (self, letter) {
            (Reach::Anywhere, _) => true,
            (Reach::Segment, Letter::Char(character)) => *character != ':',
            (Reach::Segment, Letter::Symbol(_)) => false,
        }
    }
}
