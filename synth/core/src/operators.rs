//! Operators and conditionals of Terraform's language, with types ("Arithmetic and Logical Operators").

use crate::expression::{Expression, Operator, Sign};
use crate::number::Number;
use crate::term::Term;
use crate::value::Value;

/// `condition ? then : otherwise`.
pub fn conditional<T>(
    condition: impl Into<Value<bool>>,
    then: impl Into<Value<T>>,
    otherwise: impl Into<Value<T>>,
) -> Value<T> {
    let parts = (condition.into().into_term(), then.into().into_term(), otherwise.into().into_term());
    Value::of(Expression::Conditional(Box::new(parts)))
}

/// `null`: an argument left to its default, as in `conditional(large, "db.r6g.large", null())`.
pub fn null<T>() -> Value<T> {
    Value::of(Term::Null)
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
    /// What the value may be: where it is a conditional, what is on both sides of it; else itself.
    pub fn outcomes(&self) -> Vec<Value<T>> {
        let mut outcomes = Vec::new();
        let mut open = vec![self.term()];
        while let Some(term) = open.pop() {
            match term {
                Term::Expression(Expression::Conditional(parts)) => open.extend([&parts.2, &parts.1]),
                term => outcomes.push(Value::of(term.clone())),
            }
        }
        outcomes
    }

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

impl Value<bool> {
    /// `!value`
    #[must_use]
    pub fn negated(self) -> Value<bool> {
        Value::of(Expression::Signed(Sign::Not, Box::new(self.into_term())))
    }
}

impl Value<Number> {
    /// `-value`
    #[must_use]
    pub fn negated(self) -> Value<Number> {
        Value::of(Expression::Signed(Sign::Minus, Box::new(self.into_term())))
    }
}
