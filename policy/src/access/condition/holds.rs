//! Whether a condition holds for a request.

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::{Condition, Quantifier, Test, truth};
use crate::access::answer::Answer;
use crate::access::glob::{self, Glob, Letter, Symbol, Word};
use crate::access::request::{Context, Given};

impl Condition {
    /// Whether it holds.
    pub(in crate::access) fn holds(&self, context: &Context) -> Answer {
        if let Test::Unread(why) = &self.test {
            return Answer::undecided(why.as_str());
        }
        match context.given(&self.key) {
            Given::Unknown => self.of_any_value(),
            Given::Absent => self.of_absent().into(),
            Given::Values(values) => match &self.test {
                Test::Null(absent) => absent.contains(&false).into(),
                _ => self.of_values(values, context),
            },
        }
    }

    /// A key without a value is an absent one ("Multivalued context key examples", IAM user guide: `Null`
    /// says whether "the context key in the request exists and its value is not null").
    pub(in crate::access) fn of_absent(&self) -> bool {
        if let Test::Null(absent) = &self.test {
            return absent.contains(&true);
        }
        self.if_exists
            || match self.quantifier {
                Quantifier::None => self.negated,
                // "It also returns true if there are no context keys in the request."
                Quantifier::All => true,
                Quantifier::Any => false,
            }
    }

    fn of_any_value(&self) -> Answer {
        Answer::undecided(format!("the value of the condition key `{}` is not given", self.key))
    }

    fn of_values(&self, values: &[Word], context: &Context) -> Answer {
        let each = values.iter().map(|value| self.of_value(value, context));
        match self.quantifier {
            Quantifier::None if values.len() > 1 => Answer::undecided(format!(
                "`{}` has several values, and its operator has neither `ForAllValues` nor `ForAnyValue`",
                self.key
            )),
            Quantifier::None | Quantifier::All => Answer::all(each),
            Quantifier::Any => Answer::any(each),
        }
    }

    /// Whether one value is as asked.
    fn of_value(&self, value: &[Letter], context: &Context) -> Answer {
        let matched = match &self.test {
            Test::Texts(globs) => Answer::any(globs.iter().map(|glob| self.of_text(glob, value, context))),
            _ => self.test.accepts(&glob::written(value)),
        };
        if self.negated { !matched } else { matched }
    }

    fn of_text(&self, glob: &Glob, value: &[Letter], context: &Context) -> Answer {
        match glob.resolved(|symbol| context.variable(symbol)) {
            Ok(glob) => context.matches(&glob, value),
            Err(Unresolved::Undecided(why)) => Answer::undecided(why),
            Err(Unresolved::Absent(name)) => unresolved(&name, self.negated),
        }
    }
}

/// Why a policy variable has no value.
pub(in crate::access) enum Unresolved {
    /// The request has none.
    Absent(String),
    /// Nobody can tell.
    Undecided(String),
}

/// Whether something matches a pattern with a variable that the request has no value for. "Any attempt
/// to match it fails and causes the statement to be invalid" (IAM user guide, "Variables and tags"): for
/// an operator that wants a match both readings say no; for one that wants none they differ.
pub(in crate::access) fn unresolved(name: &str, negated: bool) -> Answer {
    if negated {
        Answer::undecided(format!("the request has no value for `{name}`, which is compared to be different"))
    } else {
        Answer::No
    }
}

impl Test {
    /// Whether a value is as asked, for what is no text.
    pub(in crate::access) fn accepts(&self, value: &str) -> Answer {
        let accepted = match self {
            Test::Measures { kind, order, bounds } => {
                kind.read(value).map(|value| bounds.iter().any(|bound| order.holds(value, *bound)))
            }
            Test::Truths(truths) => truth(value).map(|value| truths.contains(&value)),
            Test::Binaries(binaries) => BASE64.decode(value).ok().map(|value| binaries.contains(&value)),
            Test::Networks(networks) => value
                .parse::<IpAddr>()
                .ok()
                .map(|address| networks.iter().any(|network| network.contains(address))),
            Test::Texts(globs) => Some(globs.iter().any(|glob| glob::matches(glob, &glob::word(value)))),
            Test::Null(_) => Some(false),
            Test::Unread(why) => return Answer::undecided(why.as_str()),
        };
        accepted.map_or_else(
            || Answer::undecided(format!("`{value}` is no value that its operator compares")),
            Answer::from,
        )
    }
}

impl Context {
    /// The value of a policy variable. Keys with several values cannot be variables (IAM user guide,
    /// "Single-valued vs. multivalued context keys").
    pub(in crate::access) fn variable(&self, symbol: &Symbol) -> Result<Word, Unresolved> {
        let Symbol::Variable { key, default } = symbol else {
            return Err(Unresolved::Undecided(format!("`{}` is known only later", symbol.written())));
        };
        match (self.given(key), default) {
            (Given::Values([value]), _) => Ok(value.clone()),
            (Given::Values(_), _) => {
                Err(Unresolved::Undecided(format!("`{key}` has several values and is used as a variable")))
            }
            (Given::Absent, Some(default)) => Ok(glob::word(default)),
            (Given::Absent, None) => Err(Unresolved::Absent(symbol.written())),
            (Given::Unknown, _) => {
                Err(Unresolved::Undecided(format!("the value of the condition key `{key}` is not given")))
            }
        }
    }
}
