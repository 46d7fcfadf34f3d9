//! Operators and conditionals.

use hcl_edit::expr::{BinaryOp, BinaryOperator, Conditional, Expression, UnaryOp, UnaryOperator};

use super::{Code, Form, Said, Speaker, number};
use crate::rust::Rust;
use crate::source::text_of;
use crate::types::Type;

impl<'a> Speaker<'_, 'a> {
    pub(super) fn conditional(&mut self, conditional: &Conditional, wanted: &Type<'a>) -> Said<'a> {
        let condition = self.say(&conditional.cond_expr, &Type::Bool)?;
        let then = self.say(&conditional.true_expr, wanted)?;
        let otherwise = self.say(&conditional.false_expr, wanted)?;
        let of = common(wanted, [&then, &otherwise]);
        let is_told = [&then, &otherwise].iter().any(|side| side.is_typed() && side.of.is(&of));
        let mark = condition.mark.max(then.mark).max(otherwise.mark);
        let path = if is_told { "conditional".to_owned() } else { format!("conditional::<{}>", of.rust()) };
        let sides = [condition.accepted(&Type::Bool), then.accepted(&of), otherwise.accepted(&of)];
        Ok(Code::value(Rust::call(path, sides), of, mark))
    }

    pub(super) fn signed(&mut self, operation: &UnaryOp) -> Said<'a> {
        match (operation.operator.value(), &operation.expr) {
            (UnaryOperator::Neg, digits @ Expression::Number(_)) => {
                Ok(number(&format!("-{}", text_of(digits))))
            }
            (sign, operand) => {
                let of = if *sign == UnaryOperator::Neg { Type::Number } else { Type::Bool };
                let operand = self.say(operand, &of)?;
                let mark = operand.mark;
                Ok(Code::value(receiver(operand, &of).method("negated", []), of, mark))
            }
        }
    }

    pub(super) fn operation(&mut self, operation: &BinaryOp) -> Said<'a> {
        use BinaryOperator as Sign;
        let (method, operands, of) = match operation.operator.value() {
            Sign::Plus => ("plus", Some(Type::Number), Type::Number),
            Sign::Minus => ("minus", Some(Type::Number), Type::Number),
            Sign::Mul => ("times", Some(Type::Number), Type::Number),
            Sign::Div => ("divided_by", Some(Type::Number), Type::Number),
            Sign::Mod => ("remainder", Some(Type::Number), Type::Number),
            Sign::Less => ("below", Some(Type::Number), Type::Bool),
            Sign::LessEq => ("at_most", Some(Type::Number), Type::Bool),
            Sign::Greater => ("above", Some(Type::Number), Type::Bool),
            Sign::GreaterEq => ("at_least", Some(Type::Number), Type::Bool),
            Sign::And => ("and", Some(Type::Bool), Type::Bool),
            Sign::Or => ("or", Some(Type::Bool), Type::Bool),
            Sign::Eq => ("equals", None, Type::Bool),
            Sign::NotEq => ("differs", None, Type::Bool),
        };
        let wanted = operands.clone().unwrap_or(Type::Any);
        let mut left = self.say(&operation.lhs_expr, &wanted)?;
        let mut right = self.say(&operation.rhs_expr, &wanted)?;
        // What has no type of its own takes that of the other side.
        if left.of == Type::Any && !right.is_undetermined() && right.of != Type::Any {
            left = self.say(&operation.lhs_expr, &right.of)?;
        } else if right.of == Type::Any && !left.is_undetermined() && left.of != Type::Any {
            right = self.say(&operation.rhs_expr, &left.of)?;
        }
        let mark = left.mark.max(right.mark);
        let operands = operands.unwrap_or_else(|| compared(&left, &right));
        let right = right.accepted(&operands);
        Ok(Code::value(receiver(left, &operands).method(method, [right]), of, mark))
    }
}

/// The type as which two values are compared: nothing is converted for `==`, so a literal must keep its own.
fn compared<'a>(left: &Code<'a>, right: &Code<'a>) -> Type<'a> {
    let is_scalar = |of: &Type<'a>| matches!(of, Type::Text | Type::Number | Type::Bool);
    match (left, right) {
        (left, right) if left.is_undetermined() => right.of.clone(),
        (left, right) if right.is_undetermined() || left.of.is(&right.of) => left.of.clone(),
        (left, right) if left.form == Form::Literal && is_scalar(&right.of) && is_scalar(&left.of) => {
            Type::Any
        }
        (left, right) if right.form == Form::Literal && is_scalar(&left.of) && is_scalar(&right.of) => {
            Type::Any
        }
        (left, right) if left.of.is(&Type::Any) => right.of.clone(),
        (left, _) => left.of.clone(),
    }
}

/// A `Value` of a type, to call a method on.
pub(super) fn receiver<'a>(code: Code<'a>, of: &Type<'a>) -> Rust {
    if code.form == Form::Null {
        Code { of: of.clone(), ..code }.into_value()
    } else {
        code.claimed(of.clone()).into_value()
    }
}

/// The type of what is one of several values.
pub(super) fn common<'a, 'c>(wanted: &Type<'a>, codes: impl IntoIterator<Item = &'c Code<'a>>) -> Type<'a>
where
    'a: 'c,
{
    if !wanted.is(&Type::Any) {
        return wanted.clone();
    }
    let determined: Vec<&Type<'a>> =
        codes.into_iter().filter(|code| !code.is_undetermined()).map(|code| &code.of).collect();
    if determined.is_empty() { wanted.clone() } else { Type::shared(determined) }
}
