//! Numbers, with all of their digits.

use crate::term::Term;
use crate::value::{Known, Value};

/// The type of Terraform's numbers: arbitrary precision.
#[derive(Clone, Copy, Debug)]
pub enum Number {}

macro_rules! whole {
    ($($type:ty),*) => {$(
        impl From<$type> for Value<Number> {
            fn from(number: $type) -> Self {
                Value::of(match i64::try_from(number) {
                    Ok(number) => Term::Integer(number),
                    Err(_) => Term::Decimal(number.to_string().into()),
                })
            }
        }
    )*};
}

whole!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);

impl From<f64> for Value<Number> {
    /// The shortest digits that give the number back; infinities and NaN have none and are refused when
    /// the app is resolved.
    fn from(number: f64) -> Self {
        if number.fract() == 0.0 && number.abs() < 9.0e15 {
            // The digits of a whole f64 below 2^53 are exact; formatting drops the fraction.
            return Value::of(format!("{number:.0}").parse().map_or(Term::Null, Term::Integer));
        }
        Value::of(Term::Decimal(number.to_string().into()))
    }
}

impl Value<Number> {
    /// The number, where it is written out and whole.
    pub fn known(&self) -> Known<i64> {
        match self.term() {
            Term::Integer(number) => Known::Is(*number),
            _ => Known::Later,
        }
    }

    /// The number's digits, where it is written out: `0.5`, `2`.
    pub fn known_digits(&self) -> Known<String> {
        match self.term() {
            Term::Integer(number) => Known::Is(number.to_string()),
            Term::Decimal(digits) => Known::Is(digits.to_string()),
            _ => Known::Later,
        }
    }
}
