//! Built-in functions of Terraform's language, with types.

use crate::expression::{Expression, Operator};
use crate::number::Number;
use crate::term::Term;
use crate::value::{List, Value};

/// `jsonencode`: a value as JSON text. References inside of it are quoted as JSON needs it.
pub fn json_encode(value: impl Into<Term>) -> Value<String> {
    Value::of(Expression::Call("jsonencode", vec![value.into()]))
}

/// `contains`: whether a list has an element.
pub fn contains<T>(list: impl Into<Value<List<T>>>, value: impl Into<Value<T>>) -> Value<bool> {
    Value::of(Expression::Call("contains", vec![list.into().into_term(), value.into().into_term()]))
}

/// `one`: the only element of a list or set, `null` where it has none.
pub(crate) fn one(collection: Term) -> Expression {
    Expression::Call("one", vec![collection])
}

/// `floor`: the largest whole number that is not above the given one.
pub fn floor(number: impl Into<Value<Number>>) -> Value<Number> {
    Value::of(Expression::Call("floor", vec![number.into().into_term()]))
}

/// `can`: whether an expression can be evaluated.
pub fn can<T>(value: impl Into<Value<T>>) -> Value<bool> {
    Value::of(Expression::Call("can", vec![value.into().into_term()]))
}

/// Whether a text matches a regular expression of Go's RE2 (`can(regex(…))`).
pub fn matches(pattern: &str, text: impl Into<Value<String>>) -> Value<bool> {
    can(Value::<String>::of(Expression::Call("regex", vec![Term::text(pattern), text.into().into_term()])))
}

/// `condition ? then : otherwise`.
pub fn conditional<T>(
    condition: impl Into<Value<bool>>,
    then: impl Into<Value<T>>,
    otherwise: impl Into<Value<T>>,
) -> Value<T> {
    let parts = (condition.into().into_term(), then.into().into_term(), otherwise.into().into_term());
    Value::of(Expression::Conditional(Box::new(parts)))
}

macro_rules! operators {
    ($($(#[$doc:meta])* $name:ident($operand:ty) -> $result:ty = $operator:ident;)*) => {$(
        impl Value<$operand> {
            $(#[$doc])*
            #[must_use]
            pub fn $name(self, right: impl Into<Value<$operand>>) -> Value<$result> {
                Value::of(Expression::operation(self, Operator::$operator, right.into()))
            }
        }
    )*};
}

operators! {
    /// `left + right`
    plus(Number) -> Number = Add;
    /// `left - right`
    minus(Number) -> Number = Subtract;
    /// `left * right`
    times(Number) -> Number = Multiply;
    /// `left / right`
    divided_by(Number) -> Number = Divide;
    /// `left % right`
    remainder(Number) -> Number = Remainder;
    /// `left < right`
    below(Number) -> bool = Less;
    /// `left <= right`
    at_most(Number) -> bool = LessOrEqual;
    /// `left > right`
    above(Number) -> bool = Greater;
    /// `left >= right`
    at_least(Number) -> bool = GreaterOrEqual;
    /// `left && right`
    and(bool) -> bool = And;
    /// `left || right`
    or(bool) -> bool = Or;
}

impl<T> Value<T> {
    /// `left == right`
    #[must_use]
    pub fn equals(self, right: impl Into<Value<T>>) -> Value<bool> {
        Value::of(Expression::operation(self, Operator::Equal, right.into()))
    }

    /// `left != right`
    #[must_use]
    pub fn differs(self, right: impl Into<Value<T>>) -> Value<bool> {
        Value::of(Expression::operation(self, Operator::NotEqual, right.into()))
    }
}

/// A number where Terraform reads text: it converts by itself ("Type conversion").
impl From<Value<Number>> for Value<String> {
    fn from(number: Value<Number>) -> Self {
        Value::of(number.into_term())
    }
}
