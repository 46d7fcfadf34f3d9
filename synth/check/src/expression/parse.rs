//! Expressions by precedence; what operators stand between is in `primary`.

use super::scan::Parser;
use super::template::End;
use super::{Expression, Malformed, Operator, Part};

/// Reads the text of a JSON string as a template; a text that is one hole is what stands in it.
pub(crate) fn template(text: &str) -> Result<Expression<'_>, Malformed> {
    let mut parser = Parser::new(text);
    let expression = parser.text_to(End::Text)?;
    if parser.at < text.len() {
        return Err(parser.expected("`%{ if }` or `%{ for }` before this"));
    }
    match expression {
        Expression::Template(mut parts) => match (parts.pop(), parts.is_empty()) {
            (Some(Part::Hole(_, expression)), true) => Ok(expression),
            (last, _) => {
                parts.extend(last);
                Ok(Expression::Template(parts))
            }
        },
        text => Ok(text),
    }
}

/// Reads a text that is an expression itself, as `depends_on` and its like hold it.
pub(crate) fn reference(text: &str) -> Result<Expression<'_>, Malformed> {
    let mut parser = Parser::new(text);
    let expression = parser.expression()?;
    parser.space();
    if parser.at < text.len() {
        return Err(parser.expected("the end of the reference"));
    }
    Ok(expression)
}

impl<'e> Parser<'e> {
    pub(super) fn expression(&mut self) -> Result<Expression<'e>, Malformed> {
        self.enter()?;
        let first = self.unary()?;
        // Nearly every expression ends here.
        if matches!(self.peek(), None | Some(b',' | b'}' | b']' | b')')) {
            self.leave();
            return Ok(first);
        }
        let condition = self.binary(first, 0)?;
        self.space();
        let expression = if self.takes("?") {
            let yes = self.expression()?;
            self.needs(":", "`:`")?;
            let no = self.expression()?;
            Expression::Conditional(Box::new([condition, yes, no]))
        } else {
            condition
        };
        self.leave();
        Ok(expression)
    }

    /// What follows `first` by operators that bind at least as strongly as `weakest`.
    fn binary(&mut self, first: Expression<'e>, weakest: u8) -> Result<Expression<'e>, Malformed> {
        let mut left = first;
        loop {
            self.space();
            let Some((strength, length, operator)) = operator(self.rest()) else { return Ok(left) };
            if strength < weakest {
                return Ok(left);
            }
            self.at += length;
            let right = self.unary()?;
            let right = self.binary(right, strength + 1)?;
            left = Expression::Binary(operator, Box::new([left, right]));
        }
    }

    fn unary(&mut self) -> Result<Expression<'e>, Malformed> {
        self.space();
        self.enter()?;
        let expression = if !matches!(self.peek(), Some(b'!' | b'-')) {
            let primary = self.primary()?;
            self.steps(primary)?
        } else if self.takes("!") {
            Expression::Not(Box::new(self.unary()?))
        } else {
            self.at += 1;
            Expression::Negate(Box::new(self.unary()?))
        };
        self.leave();
        Ok(expression)
    }
}

/// The operator at the start of a text: how strongly it binds, and its length.
fn operator(text: &str) -> Option<(u8, usize, Operator)> {
    Some(match text.as_bytes() {
        [b'|', b'|', ..] => (0, 2, Operator::Logic),
        [b'&', b'&', ..] => (1, 2, Operator::Logic),
        [b'=' | b'!', b'=', ..] => (2, 2, Operator::Equality),
        [b'<' | b'>', b'=', ..] => (3, 2, Operator::Order),
        [b'<' | b'>', ..] => (3, 1, Operator::Order),
        [b'+' | b'-', ..] => (4, 1, Operator::Arithmetic),
        [b'*' | b'/' | b'%', ..] => (5, 1, Operator::Arithmetic),
        _ => return None,
    })
}
