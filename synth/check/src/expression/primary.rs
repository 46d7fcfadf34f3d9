//! What operators stand between: names, literals, calls, collections, and the steps from them.

use super::identifier::length;
use super::scan::Parser;
use super::template::End;
use super::{Call, Expression, For, Malformed, Step, Traversal};

impl<'e> Parser<'e> {
    pub(super) fn primary(&mut self) -> Result<Expression<'e>, Malformed> {
        let at = self.at;
        match self.peek() {
            Some(b'"') => {
                self.at += 1;
                let text = self.text_to(End::Quote)?;
                self.needs_here("\"", "`\"` at the end of the string")?;
                Ok(text)
            }
            Some(b'0'..=b'9') => self.number().map(Expression::Number),
            Some(b'(') => {
                self.at += 1;
                let inner = self.lines_off(Parser::expression)?;
                self.needs(")", "`)`")?;
                Ok(inner)
            }
            Some(b'[') => self.list(),
            Some(b'{') => self.object(),
            Some(b'<') if self.takes("<<") => self.heredoc(),
            _ => {
                let name = self.name()?;
                match name {
                    "null" => return Ok(Expression::Null),
                    "true" | "false" => return Ok(Expression::Bool),
                    _ => {}
                }
                while self.takes("::") {
                    self.name()?;
                }
                let name = self.text.get(at..self.at).unwrap_or_default();
                self.space();
                if self.takes("(") {
                    return self.call(at, name);
                }
                Ok(Expression::Traversal(Traversal { at, root: name, steps: Vec::new() }))
            }
        }
    }

    /// The key of an object, if it is a name before `=` or `:`, as nearly all are.
    fn plain_key(&mut self) -> Option<&'e str> {
        let length = length(self.rest());
        let (name, rest) = self.rest().split_at_checked(length)?;
        let sign = rest.trim_start_matches(' ');
        let plain = match sign.as_bytes() {
            [b'=', b'=' | b'>', ..] | [b':', b':', ..] => false,
            [b'=' | b':', ..] => length > 0 && !matches!(name, "null" | "true" | "false"),
            _ => false,
        };
        self.at += if plain { length } else { 0 };
        plain.then_some(name)
    }

    fn key(&mut self) -> Result<Expression<'e>, Malformed> {
        let bare = self.peek() != Some(b'(');
        Ok(match self.expression()? {
            // A lone name is the key itself, unless it stands in parentheses.
            Expression::Traversal(name) if bare && name.steps.is_empty() => {
                Expression::Text(name.root.into())
            }
            key => key,
        })
    }

    fn call(&mut self, at: usize, name: &'e str) -> Result<Expression<'e>, Malformed> {
        let (mut arguments, mut expands) = (Vec::new(), false);
        let lines = std::mem::replace(&mut self.lines, false);
        while !self.closes(")") {
            arguments.push(self.expression()?);
            self.space();
            expands = self.takes("...");
            if expands || !self.takes(",") {
                self.needs(")", "`,` or `)`")?;
                break;
            }
        }
        self.lines = lines;
        Ok(Expression::Call(Call { at, name, arguments, expands }))
    }

    fn list(&mut self) -> Result<Expression<'e>, Malformed> {
        self.at += 1;
        let lines = std::mem::replace(&mut self.lines, false);
        let expression = if self.takes_word("for") {
            let (names, collection) = self.for_head()?;
            let value = self.expression()?;
            let condition = self.for_tail("]")?;
            Expression::For(Box::new(For { names, collection, key: None, value, condition }))
        } else {
            let mut items = Vec::new();
            while !self.closes("]") {
                items.push(self.expression()?);
                self.space();
                if !self.takes(",") {
                    self.needs("]", "`,` or `]`")?;
                    break;
                }
            }
            Expression::List(items)
        };
        self.lines = lines;
        Ok(expression)
    }

    fn object(&mut self) -> Result<Expression<'e>, Malformed> {
        self.at += 1;
        let lines = std::mem::replace(&mut self.lines, false);
        if self.takes_word("for") {
            let (names, collection) = self.for_head()?;
            let key = Some(self.expression()?);
            self.needs("=>", "`=>`")?;
            let value = self.expression()?;
            self.space();
            self.takes("...");
            let condition = self.for_tail("}")?;
            self.lines = lines;
            return Ok(Expression::For(Box::new(For { names, collection, key, value, condition })));
        }
        let mut items = Vec::new();
        while !self.closes("}") {
            self.lines = true;
            let key = match self.plain_key() {
                Some(name) => Expression::Text(name.into()),
                None => self.key()?,
            };
            self.space();
            if self.rest().starts_with("=>") || !(self.takes("=") || self.takes(":")) {
                return Err(self.expected("`=` or `:` after the key"));
            }
            let value = self.expression()?;
            items.push((key, value));
            self.space();
            let separated = self.takes(",") || self.peek() == Some(b'\n');
            self.lines = false;
            if !separated {
                self.needs("}", "`,`, a new line or `}`")?;
                break;
            }
        }
        self.lines = lines;
        Ok(Expression::Object(items))
    }

    /// `k, v in c :`, after the `for`.
    fn for_head(&mut self) -> Result<(Vec<&'e str>, Expression<'e>), Malformed> {
        let names = self.for_names()?;
        let collection = self.expression()?;
        self.needs(":", "`:`")?;
        Ok((names, collection))
    }

    pub(super) fn for_names(&mut self) -> Result<Vec<&'e str>, Malformed> {
        self.space();
        let mut names = vec![self.name()?];
        self.space();
        if self.takes(",") {
            self.space();
            names.push(self.name()?);
        }
        if self.takes_word("in") { Ok(names) } else { Err(self.expected("`in`")) }
    }

    fn for_tail(&mut self, close: &'static str) -> Result<Option<Expression<'e>>, Malformed> {
        let condition = if self.takes_word("if") { Some(self.expression()?) } else { None };
        self.needs(close, "`if` or the end of the `for` expression")?;
        Ok(condition)
    }

    /// `.name`, `[key]`, `.*` and `[*]`, as many as follow.
    pub(super) fn steps(&mut self, from: Expression<'e>) -> Result<Expression<'e>, Malformed> {
        let mut expression = from;
        loop {
            self.space();
            let at = self.at;
            if !matches!(self.peek(), Some(b'.' | b'[')) || self.rest().starts_with("...") {
                return Ok(expression);
            }
            if self.takes(".") {
                self.space();
                if self.takes("*") {
                    expression = Expression::Splat(Box::new(expression), Vec::new());
                } else if self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
                    expression = step(expression, Step::Number(at, self.digits()));
                } else {
                    expression = step(expression, Step::Attribute(at, self.name()?));
                }
            } else if self.takes("[") {
                let lines = std::mem::replace(&mut self.lines, false);
                self.space();
                if self.takes("*") {
                    expression = Expression::Splat(Box::new(expression), Vec::new());
                } else {
                    expression = match self.expression()? {
                        Expression::Number(number) => step(expression, Step::Number(at, number)),
                        Expression::Text(key) => step(expression, Step::Key(at, key)),
                        key => Expression::Index(Box::new([expression, key])),
                    };
                }
                self.needs("]", "`]`")?;
                self.lines = lines;
            } else {
                return Ok(expression);
            }
        }
    }
}

/// One step more from an expression.
fn step<'e>(from: Expression<'e>, step: Step<'e>) -> Expression<'e> {
    match from {
        Expression::Traversal(mut traversal) => {
            traversal.steps.push(step);
            Expression::Traversal(traversal)
        }
        Expression::Access(of, mut steps) => {
            steps.push(step);
            Expression::Access(of, steps)
        }
        Expression::Splat(of, mut steps) => {
            steps.push(step);
            Expression::Splat(of, steps)
        }
        other => Expression::Access(Box::new(other), vec![step]),
    }
}
