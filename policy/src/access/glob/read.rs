//! From the text of a pattern to its tokens.

use std::sync::Arc;

use super::{ARN_COLONS, Case, Glob, Letter, Reach, Symbol, Token};
use crate::node::{Node, Reference, Value};
use crate::text::Text;

/// How the characters of a pattern are meant.
#[derive(Clone, Copy, Debug)]
pub(in crate::access) struct Syntax {
    wildcards: Wildcards,
    case: Case,
    variables: Variables,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wildcards {
    /// `*` and `?` are characters.
    Literal,
    /// They go over colons.
    Free,
    /// "If the `*` wildcard is the last character of a resource ARN segment, it can expand to match
    /// beyond the colon boundaries" (IAM user guide, "Resource"); in the last segment all do.
    Resource,
    /// "Each of the six colon-delimited components of the ARN is checked separately" (IAM user
    /// guide, "Amazon Resource Name (ARN) condition operators").
    Arn,
}

/// Whether `${…}` is a variable: only where the policy's version is `2012-10-17` (IAM user guide,
/// "Version").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::access) enum Variables {
    Literal,
    Replaced,
}

impl Syntax {
    /// Of an action: case does not count (IAM user guide, "Action").
    pub(in crate::access) fn action() -> Syntax {
        Syntax { wildcards: Wildcards::Free, case: Case::Insensitive, variables: Variables::Literal }
    }

    /// Of a resource.
    pub(in crate::access) fn resource() -> Syntax {
        Syntax { wildcards: Wildcards::Resource, ..Syntax::like() }
    }

    /// Of `StringLike`.
    pub(in crate::access) fn like() -> Syntax {
        Syntax { wildcards: Wildcards::Free, case: Case::Sensitive, variables: Variables::Literal }
    }

    /// Of `StringEquals`.
    pub(in crate::access) fn exact() -> Syntax {
        Syntax { wildcards: Wildcards::Literal, ..Syntax::like() }
    }

    /// Of `StringEqualsIgnoreCase`.
    pub(in crate::access) fn exact_without_case() -> Syntax {
        Syntax { case: Case::Insensitive, ..Syntax::exact() }
    }

    /// Of `ArnLike` and `ArnEquals`, which are the same.
    pub(in crate::access) fn arn() -> Syntax {
        Syntax { wildcards: Wildcards::Arn, ..Syntax::like() }
    }

    /// The same in a policy whose variables are meant so.
    pub(in crate::access) fn with(self, variables: Variables) -> Syntax {
        Syntax { variables, ..self }
    }
}

/// The pattern that a text says.
#[must_use]
pub(in crate::access) fn glob(text: &Text, syntax: Syntax) -> Glob {
    let mut tokens = raw(text, syntax);
    match syntax.wildcards {
        // What is no ARN, such as `*`, has no segments.
        Wildcards::Resource if text.as_str().starts_with("arn:") => bound(&mut tokens, syntax.wildcards),
        Wildcards::Arn => bound(&mut tokens, syntax.wildcards),
        _ => {}
    }
    Glob::of(tokens, syntax.case)
}

/// The pattern of a shape: `*` and `?` are wildcards, which stay in the first five parts of an ARN.
#[must_use]
pub(in crate::access) fn shape(text: &str) -> Glob {
    let token = |character| match character {
        '*' => Token::Many(Reach::Anywhere),
        '?' => Token::One(Reach::Anywhere),
        _ => Token::Letter(Letter::Char(character)),
    };
    let mut tokens: Vec<Token> = text.chars().map(token).collect();
    if text.starts_with("arn:") {
        bound(&mut tokens, Wildcards::Arn);
    }
    Glob::of(tokens, Case::Sensitive)
}

/// The pattern of an action.
#[must_use]
pub(in crate::access) fn action(text: &str) -> Glob {
    Glob { case: Case::Insensitive, ..shape(text) }
}

/// The pattern that matches a text and nothing else.
#[must_use]
pub(in crate::access) fn exactly(text: &str) -> Glob {
    let tokens = text.chars().map(|character| Token::Letter(Letter::Char(character)));
    Glob::of(tokens.collect(), Case::Sensitive)
}

/// The pattern that matches a symbol and nothing else.
#[must_use]
pub(in crate::access) fn the(symbol: Symbol) -> Glob {
    Glob::of(vec![Token::Letter(Letter::Symbol(Arc::new(symbol)))], Case::Sensitive)
}

fn raw(text: &Text, syntax: Syntax) -> Vec<Token> {
    let written = text.as_str();
    let mut tokens = Vec::with_capacity(written.len());
    let mut rest = written.char_indices();
    while let Some((at, character)) = rest.next() {
        if let Some(node) = text.hole(at) {
            tokens.push(Token::Letter(Letter::Symbol(Arc::new(symbol(node)))));
            continue;
        }
        let here = written.get(at..).unwrap_or_default();
        let variable = match syntax.variables {
            Variables::Replaced => variable(here),
            Variables::Literal => None,
        };
        if let Some((letter, length)) = variable {
            tokens.push(Token::Letter(letter));
            rest = skip(written, at.saturating_add(length));
            continue;
        }
        tokens.push(match character {
            '*' if syntax.wildcards != Wildcards::Literal => Token::Many(Reach::Anywhere),
            '?' if syntax.wildcards != Wildcards::Literal => Token::One(Reach::Anywhere),
            _ => Token::Letter(Letter::Char(character)),
        });
    }
    tokens
}

/// The characters from a byte on, with their places.
fn skip(written: &str, from: usize) -> std::str::CharIndices<'_> {
    let mut rest = written.char_indices();
    while rest.offset() < from && rest.next().is_some() {}
    rest
}

/// A variable at the start of a text, and its length: `${key}`, `${key, 'default'}`, or one of
/// `${*}`, `${?}` and `${$}`, which stand for the character (IAM user guide, "Variables and tags").
fn variable(text: &str) -> Option<(Letter, usize)> {
    let inner = text.strip_prefix("${")?;
    let end = inner.find('}')?;
    let inner = inner.get(..end)?;
    let length = end.saturating_add("${}".len());
    let letter = match inner {
        "*" | "?" | "$" => Letter::Char(inner.chars().next()?),
        _ => {
            let (key, default) = match inner.split_once(',') {
                Some((key, default)) => {
                    (key, Some(default.trim().strip_prefix('\'')?.strip_suffix('\'')?.to_owned()))
                }
                None => (inner, None),
            };
            let key = key.trim().to_lowercase();
            Letter::Symbol(Arc::new(Symbol::Variable { key, default }))
        }
    };
    Some((letter, length))
}

/// The symbol of a value that Terraform computes.
fn symbol(node: &Node) -> Symbol {
    match &node.value {
        Value::Reference(reference) if names_one_thing(reference) => Symbol::Reference(reference.to_string()),
        Value::Reference(reference) => Symbol::Unknown(reference.to_string()),
        // Two of them are the same only where they are written.
        _ => Symbol::Unknown(format!("{} (byte {})", node.why(), node.span.start())),
    }
}

/// Whether it is an attribute of a managed resource: every type's name has its provider's prefix.
fn names_one_thing(reference: &Reference) -> bool {
    reference.root.contains('_') && !reference.steps.is_empty()
}

/// Takes wildcards the way over colons, by the segment they stand in.
fn bound(tokens: &mut [Token], wildcards: Wildcards) {
    let mut colons = 0_usize;
    for at in 0..tokens.len() {
        if colons == ARN_COLONS {
            return;
        }
        let last = matches!(tokens.get(at.saturating_add(1)), None | Some(Token::Letter(Letter::Char(':'))));
        match tokens.get_mut(at) {
            Some(Token::Letter(Letter::Char(':'))) => colons = colons.saturating_add(1),
            Some(Token::Many(reach)) if !(last && wildcards == Wildcards::Resource) => {
                *reach = Reach::Segment;
            }
            Some(Token::One(reach)) => *reach = Reach::Segment,
            _ => {}
        }
    }
}
