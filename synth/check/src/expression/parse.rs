//! Expressions by precedence; what operators stand between is in `primary`.

use super::primary::Parser;
use super::{Expression, Malformed, Operator, Part};

/// Reads the text of a JSON string as a template; a text that is one hole is what stands in it.
pub(crate) fn template(text: &str) -> Result<Expression<'_>, Malformed> {
    let mut parser = Parser::new(text);
    let mut parts = parser.parts(false)?;
    if parser.at < text.len() {
        return Err(parser.expected("`%{ if }` or `%{ for }` before this"));
    }
    match (parts.pop(), parts.is_empty()) {
        (Some(Part::Hole(_, expression)), true) => Ok(expression),
        (last, _) => Ok(Expression::Template(parts.into_iter().chain(last).collect())),
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

/// Weakest first.
const LEVELS: [&[(&str, Operator)]; 6] = [
    &[("||", Operator::Logic)],
    &[("&&", Operator::Logic)],
    &[("==", Operator::Equality), ("!=", Operator::Equality)],
    &[("<=", Operator::Order), (">=", Operator::Order), ("<", Operator::Order), (">", Operator::Order)],
    &[("+", Operator::Arithmetic), ("-", Operator::Arithmetic)],
    &[("*", Operator::Arithmetic), ("/", Operator::Arithmetic), ("%", Operator::Arithmetic)],
];

impl<'e> Parser<'e> {
    pub(super) fn expression(&mut self) -> Result<Expression<'e>, Malformed> {
        self.enter()?;
        let condition = self.binary(&LEVELS)?;
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

    fn binary(&mut self, levels: &[&[(&str, Operator)]]) -> Result<Expression<'e>, Malformed> {
        let Some((level, stronger)) = levels.split_first() else { return self.unary() };
        let mut left = self.binary(stronger)?;
        // Most expressions end here: one look is cheaper than six levels of looks.
        loop {
            self.space();
            if !matches!(
                self.peek(),
                Some(b'|' | b'&' | b'=' | b'!' | b'<' | b'>' | b'+' | b'-' | b'*' | b'/' | b'%')
            ) {
                return Ok(left);
            }
            let Some((_, operator)) = level.iter().find(|(sign, _)| self.takes_operator(sign)) else {
                return Ok(left);
            };
            let right = self.binary(stronger)?;
            left = Expression::Binary(*operator, Box::new([left, right]));
        }
    }

    /// `=>` and `=` are no operators; `%{` opens a directive only in a template.
    fn takes_operator(&mut self, sign: &str) -> bool {
        self.takes(sign)
    }

    fn unary(&mut self) -> Result<Expression<'e>, Malformed> {
        self.space();
        self.enter()?;
        let expression = if self.takes("!") {
            Expression::Not(Box::new(self.unary()?))
        } else if self.takes("-") {
            Expression::Negate(Box::new(self.unary()?))
        } else {
            let start = self.at;
            let primary = self.primary()?;
            self.steps(primary, start)?
        };
        self.leave();
        Ok(expression)
    }
}
