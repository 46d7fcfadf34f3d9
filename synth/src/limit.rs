//! What AWS accepts as a value: what is written out is refused when the app is resolved; what Terraform computes, when it
//! is planned.

use std::fmt;
use std::ops::RangeInclusive;

use synth_core::{Known, MetaArguments, Number, Problem, Scope, Value, functions};

/// The limit of one value of a construct.
pub(crate) struct Limit<'a> {
    /// Where the value is written: `/recovery_days`.
    pub(crate) property: &'a str,
    /// What the value is: `a secret's recovery days`.
    pub(crate) what: &'a str,
    /// Where AWS says so.
    pub(crate) source: &'static str,
}

/// The numbers that are accepted.
#[derive(Clone, Debug)]
pub(crate) enum Numbers {
    /// Whole numbers from one to another.
    Range(RangeInclusive<i64>),
    /// Such numbers, and 0 with a meaning of its own: `to delete it at once`.
    RangeOrZero(RangeInclusive<i64>, &'static str),
    /// These.
    OneOf(&'static [i64]),
}

impl Numbers {
    fn has(&self, digits: &str) -> bool {
        // What is no whole number of 64 bits is in none of them.
        digits.parse::<i64>().is_ok_and(|number| match self {
            Numbers::Range(range) => range.contains(&number),
            Numbers::RangeOrZero(range, _) => number == 0 || range.contains(&number),
            Numbers::OneOf(numbers) => numbers.contains(&number),
        })
    }

    /// The same for Terraform. A fraction is left to the provider, which takes none where AWS wants whole numbers.
    fn condition(&self, value: &Value<Number>) -> Value<bool> {
        let within = |range: &RangeInclusive<i64>| {
            value.clone().at_least(*range.start()).and(value.clone().at_most(*range.end()))
        };
        match self {
            Numbers::Range(range) => within(range),
            Numbers::RangeOrZero(range, _) => value.clone().equals(0).or(within(range)),
            Numbers::OneOf(numbers) => functions::contains(numbers.to_vec(), value),
        }
    }
}

impl fmt::Display for Numbers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Numbers::Range(range) => write!(formatter, "{} to {}", range.start(), range.end()),
            Numbers::RangeOrZero(range, meaning) => {
                write!(formatter, "{} to {}, or 0 {meaning}", range.start(), range.end())
            }
            Numbers::OneOf(numbers) => {
                let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
                write!(formatter, "one of {}", numbers.join(", "))
            }
        }
    }
}

/// The text that is accepted.
pub(crate) struct Texts<F> {
    /// Whether a text is, where it is written out.
    pub(crate) fit: F,
    /// The same as a condition of Terraform.
    pub(crate) condition: Value<bool>,
    /// In words, after "write": `1 to 4 letters`.
    pub(crate) in_words: String,
}

impl Limit<'_> {
    /// Refuses a number that is written out, with a message about its digits; one that comes later gets a condition.
    pub(crate) fn number(
        &self,
        scope: &mut Scope<'_>,
        value: &Value<Number>,
        accepted: &Numbers,
        refusal: impl Fn(&str) -> String,
    ) -> Preconditions {
        let mut later = false;
        for outcome in value.outcomes() {
            match outcome.known_digits() {
                Known::Is(digits) if accepted.has(&digits) => {}
                Known::Is(digits) => self.refuse(scope, refusal(&digits), accepted),
                Known::Later => later |= is_judged_later(scope, &outcome),
            }
        }
        Preconditions::only_if(later, || (accepted.condition(value), self.message(accepted)))
    }

    /// Refuses a text that is written out; one that comes later gets a condition.
    pub(crate) fn text(
        &self,
        scope: &mut Scope<'_>,
        value: &Value<String>,
        accepted: Texts<impl Fn(&str) -> bool>,
    ) -> Preconditions {
        let mut later = false;
        for outcome in value.outcomes() {
            match outcome.known() {
                Known::Is(text) if (accepted.fit)(text) => {}
                Known::Is(text) => {
                    let message = format!("`{}` cannot be {}", text.escape_debug(), self.what);
                    self.refuse(scope, message, &accepted.in_words);
                }
                Known::Later => later |= is_judged_later(scope, &outcome),
            }
        }
        Preconditions::only_if(later, || (accepted.condition, self.message(&accepted.in_words)))
    }

    fn refuse(&self, scope: &mut Scope<'_>, message: String, accepted: &dyn fmt::Display) {
        let problem = Problem::new(message).at(self.property).help(format!("write {accepted}"));
        scope.refuse(problem.source(self.source));
    }

    fn message(&self, accepted: &dyn fmt::Display) -> String {
        format!("Accepted as {}: {accepted}.", self.what)
    }
}

/// Whether a value is left to a condition: it comes later, and its author has not said what it may be. Terraform refuses
/// conditions that refer to nothing.
pub(crate) fn is_judged_later<T>(scope: &Scope<'_>, value: &Value<T>) -> bool {
    value.term().refers() && !scope.look().is_validated(scope.node(), value)
}

/// Conditions that Terraform checks when it plans ("Custom Conditions"), with what it says where one does not hold.
#[derive(Debug, Default)]
#[must_use = "a condition is checked only on a resource or data source"]
pub(crate) struct Preconditions(Vec<(Value<bool>, String)>);

impl Preconditions {
    /// One condition, where it is needed.
    pub(crate) fn only_if(needed: bool, condition: impl FnOnce() -> (Value<bool>, String)) -> Self {
        Preconditions(needed.then(condition).into_iter().collect())
    }

    /// These and others.
    pub(crate) fn and(mut self, others: Preconditions) -> Self {
        self.0.extend(others.0);
        self
    }

    /// The resource or data source with the conditions.
    pub(crate) fn on<R: MetaArguments>(self, resource: R) -> R {
        self.0
            .into_iter()
            .fold(resource, |resource, (condition, message)| resource.precondition(condition, message))
    }
}
