//! Conditions: what an operator asks of the values of a condition key.

mod holds;
mod measure;
mod network;
mod operator;

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::glob::{ARN_COLONS, Glob, Syntax, Variables, glob};
use crate::iam;
use crate::text::Text;

pub(super) use holds::{Unresolved, unresolved};
pub(crate) use network::Network;
pub(super) use network::edges;
pub(super) use operator::Order;
pub(crate) use operator::{Comparison, Operator, Quantifier, TextKind};

/// One operator on one key. All of a statement's must hold; of the values one must match, of a negated
/// operator none may (IAM user guide, "Conditions with multiple context keys or values").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Condition {
    /// The key in lower case: names of keys have no case (IAM user guide, "Condition").
    pub(super) key: String,
    pub(super) quantifier: Quantifier,
    /// `…IfExists`: holds where the key is absent.
    pub(super) if_exists: bool,
    pub(super) negated: bool,
    pub(super) test: Test,
}

/// What is asked of one value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Test {
    /// It matches one of the patterns: `String…` and `Arn…`.
    Texts(Vec<Glob>),
    /// It is so in relation to one of the bounds.
    Measures { kind: Measure, order: Order, bounds: BTreeSet<i128> },
    /// It is one of these: `Bool`.
    Truths(BTreeSet<bool>),
    /// It is one of these, in base64: `BinaryEquals`.
    Binaries(BTreeSet<Vec<u8>>),
    /// It is in one of these networks: `IpAddress`.
    Networks(BTreeSet<Network>),
    /// Whether the key is absent is one of these: `Null`.
    Null(BTreeSet<bool>),
    /// Nobody can tell, for this reason.
    Unread(String),
}

/// What a number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Measure {
    Number,
    Date,
}

impl Condition {
    /// What a condition of a policy says; what it says may be that nobody can tell.
    pub(super) fn of(written: &iam::Condition, variables: Variables) -> Condition {
        let key = written.key.to_lowercase();
        let Some(operator) = Operator::named(&written.operator) else {
            let why = format!("`{}` is no condition operator", written.operator);
            let quantifier = Quantifier::None;
            return Condition { key, quantifier, if_exists: false, negated: false, test: Test::Unread(why) };
        };
        let test = test(&operator, &written.values, variables).unwrap_or_else(Test::Unread);
        let Operator { quantifier, if_exists, negated, .. } = operator;
        Condition { key, quantifier, if_exists, negated, test }
    }

    /// The patterns, if it compares texts.
    pub(super) fn globs(&self) -> &[Glob] {
        match &self.test {
            Test::Texts(globs) => globs,
            _ => &[],
        }
    }
}

fn test(operator: &Operator, values: &[Text], variables: Variables) -> Result<Test, String> {
    if values.is_empty() {
        return Err("a condition without values".to_owned());
    }
    let texts = |syntax: Syntax| -> Vec<Glob> {
        let mut globs: Vec<Glob> = values.iter().map(|text| glob(text, syntax.with(variables))).collect();
        globs.sort();
        globs
    };
    Ok(match operator.comparison {
        Comparison::Text(TextKind::Exact) => Test::Texts(texts(Syntax::exact())),
        Comparison::Text(TextKind::ExactWithoutCase) => Test::Texts(texts(Syntax::exact_without_case())),
        Comparison::Text(TextKind::Like) => Test::Texts(texts(Syntax::like())),
        Comparison::Text(TextKind::Arn) => {
            if let Some(text) = values.iter().find(|text| !has_six_parts(text)) {
                return Err(format!("`{}` has not the six parts of an ARN", text.as_str()));
            }
            Test::Texts(texts(Syntax::arn()))
        }
        Comparison::Measure(kind, order) => {
            Test::Measures { kind, order, bounds: each(values, |text| kind.read(text))? }
        }
        Comparison::Truth => Test::Truths(each(values, truth)?),
        Comparison::Binary => Test::Binaries(each(values, |text| BASE64.decode(text).ok())?),
        Comparison::Address => Test::Networks(each(values, Network::read)?),
        Comparison::Null => Test::Null(each(values, truth)?),
    })
}

/// A text that is wholly unknown may have them.
fn has_six_parts(text: &Text) -> bool {
    text.holes().next().is_some() || text.as_str().matches(':').count() >= ARN_COLONS
}

/// Every value of a kind; or why one of them is none. Variables are for texts only (IAM user guide,
/// "Variables and tags").
fn each<T, C: FromIterator<T>>(values: &[Text], read: impl Fn(&str) -> Option<T>) -> Result<C, String> {
    values
        .iter()
        .map(|text| match text.literal() {
            Some(literal) => {
                read(literal).ok_or_else(|| format!("`{literal}` is no value that its operator compares"))
            }
            None => Err("a value that is known only later".to_owned()),
        })
        .collect()
}

fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}
