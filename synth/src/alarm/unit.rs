//! What metrics are counted in, and thresholds in the units that people think in.

use std::marker::PhantomData;

use synth_core::{Known, Number, Value};

/// What the values of a metric are counted in (Amazon CloudWatch API Reference, "MetricDatum": Unit).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A number of things.
    Count,
    /// Hundredths of a whole.
    Percent,
    /// Bytes.
    Bytes,
    /// Seconds.
    Seconds,
    /// Thousandths of a second.
    Milliseconds,
}

impl Unit {
    /// The amounts that such a metric can be compared to.
    pub(super) fn amounts(self) -> &'static str {
        match self {
            Unit::Count => "`count`",
            Unit::Percent => "`percent`",
            Unit::Bytes => "`bytes`, `megabytes` or `gigabytes`",
            Unit::Seconds | Unit::Milliseconds => "`milliseconds` or `seconds`",
        }
    }
}

/// An amount with its unit.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(rename_all = "snake_case")
)]
pub(super) enum Amount {
    /// A number of things.
    Count(Value<Number>),
    /// Hundredths of a whole.
    Percent(Value<Number>),
    /// Bytes.
    Bytes(Value<Number>),
    /// 1,048,576 bytes.
    Megabytes(Value<Number>),
    /// 1,073,741,824 bytes.
    Gigabytes(Value<Number>),
    /// Thousandths of a second.
    Milliseconds(Value<Number>),
    /// Seconds.
    Seconds(Value<Number>),
}

impl Amount {
    /// The amount in a metric's unit; `None` where they measure different things.
    pub(super) fn in_unit(self, unit: Unit) -> Option<Value<Number>> {
        match (unit, self) {
            (Unit::Count, Amount::Count(value))
            | (Unit::Percent, Amount::Percent(value))
            | (Unit::Bytes, Amount::Bytes(value))
            | (Unit::Seconds, Amount::Seconds(value))
            | (Unit::Milliseconds, Amount::Milliseconds(value)) => Some(value),
            // AWS counts storage and memory in powers of 2 (Amazon RDS API Reference, "CreateDBInstance":
            // AllocatedStorage, in gibibytes).
            (Unit::Bytes, Amount::Megabytes(value)) => Some(times(value, 1 << 20)),
            (Unit::Bytes, Amount::Gigabytes(value)) => Some(times(value, 1 << 30)),
            (Unit::Milliseconds, Amount::Seconds(value)) => Some(times(value, 1000)),
            (Unit::Seconds, Amount::Milliseconds(value)) => Some(thousandth(value)),
            _ => None,
        }
    }
}

fn times(value: Value<Number>, factor: i32) -> Value<Number> {
    match decimal(&value) {
        Some(number) => (number * f64::from(factor)).into(),
        None => value.times(factor),
    }
}

fn thousandth(value: Value<Number>) -> Value<Number> {
    match decimal(&value) {
        Some(number) => (number / 1000.0).into(),
        None => value.divided_by(1000),
    }
}

/// A number that is written out.
fn decimal(value: &Value<Number>) -> Option<f64> {
    match value.known_digits() {
        Known::Is(digits) => digits.parse().ok(),
        Known::Later => None,
    }
}

/// A threshold for metrics counted in `U`: what other amounts of the same kind become.
#[derive(Clone, Debug)]
pub struct Threshold<U> {
    pub(super) amount: Amount,
    of: PhantomData<fn() -> U>,
}

macro_rules! amounts {
    ($($(#[$doc:meta])* $amount:ident for $($unit:ident),+;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $amount<V = Value<Number>>(pub V);

        $(
            impl<V: Into<Value<Number>>> From<$amount<V>> for Threshold<$unit> {
                fn from($amount(value): $amount<V>) -> Self {
                    Threshold { amount: Amount::$amount(value.into()), of: PhantomData }
                }
            }
        )+
    )*};
}

amounts! {
    /// A number of things.
    Count for Count;
    /// Hundredths of a whole.
    Percent for Percent;
    /// Bytes.
    Bytes for Bytes;
    /// 1,048,576 bytes, as AWS counts storage and memory.
    Megabytes for Bytes;
    /// 1,073,741,824 bytes, as AWS counts storage and memory.
    Gigabytes for Bytes;
    /// Thousandths of a second.
    Milliseconds for Milliseconds, Seconds;
    /// Seconds.
    Seconds for Seconds, Milliseconds;
}
