//! The names of condition operators (IAM user guide, "Condition operators").

use super::Measure;

/// How many of a request's values must satisfy a condition (IAM user guide, "Single-valued vs.
/// multivalued context keys").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Quantifier {
    /// There is one value.
    None,
    /// `ForAnyValue:`.
    Any,
    /// `ForAllValues:`.
    All,
}

/// How a value stands to a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Order {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    Exact,
    ExactWithoutCase,
    Like,
    Arn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Text(TextKind),
    Measure(Measure, Order),
    Truth,
    Binary,
    Address,
    Null,
}

/// What the name of an operator says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operator {
    pub(crate) quantifier: Quantifier,
    pub(crate) if_exists: bool,
    pub(crate) negated: bool,
    pub(crate) comparison: Comparison,
}

impl Operator {
    /// Nothing, if there is no operator of that name.
    pub(crate) fn named(name: &str) -> Option<Operator> {
        let name = name.to_ascii_lowercase();
        let (quantifier, name) = if let Some(rest) = name.strip_prefix("forallvalues:") {
            (Quantifier::All, rest)
        } else if let Some(rest) = name.strip_prefix("foranyvalue:") {
            (Quantifier::Any, rest)
        } else {
            (Quantifier::None, name.as_str())
        };
        let (name, if_exists) = match name.strip_suffix("ifexists") {
            Some(rest) => (rest, true),
            None => (name, false),
        };
        let (negated, comparison) = comparison(name)?;
        // `IfExists` goes with any operator except `Null`.
        let known = !(comparison == Comparison::Null && if_exists);
        known.then_some(Operator { quantifier, if_exists, negated, comparison })
    }
}

/// Whether it is negated, and what it compares.
fn comparison(name: &str) -> Option<(bool, Comparison)> {
    use Comparison::{Address, Binary, Null, Text, Truth};
    Some(match name {
        "stringequals" => (false, Text(TextKind::Exact)),
        "stringnotequals" => (true, Text(TextKind::Exact)),
        "stringequalsignorecase" => (false, Text(TextKind::ExactWithoutCase)),
        "stringnotequalsignorecase" => (true, Text(TextKind::ExactWithoutCase)),
        "stringlike" => (false, Text(TextKind::Like)),
        "stringnotlike" => (true, Text(TextKind::Like)),
        // "The `ArnEquals` and `ArnLike` condition operators behave identically."
        "arnequals" | "arnlike" => (false, Text(TextKind::Arn)),
        "arnnotequals" | "arnnotlike" => (true, Text(TextKind::Arn)),
        "bool" => (false, Truth),
        "binaryequals" => (false, Binary),
        "ipaddress" => (false, Address),
        "notipaddress" => (true, Address),
        "null" => (false, Null),
        _ => {
            let (kind, order) = if let Some(order) = name.strip_prefix("numeric") {
                (Measure::Number, order)
            } else {
                (Measure::Date, name.strip_prefix("date")?)
            };
            let (negated, order) = match order {
                "equals" => (false, Order::Equal),
                "notequals" => (true, Order::Equal),
                "lessthan" => (false, Order::Less),
                "lessthanequals" => (false, Order::LessOrEqual),
                "greaterthan" => (false, Order::Greater),
                "greaterthanequals" => (false, Order::GreaterOrEqual),
                _ => return None,
            };
            (negated, Comparison::Measure(kind, order))
        }
    })
}
