//! Expressions of Terraform's language as typed expressions of Rust.
//!
//! Each gives the best type that can be told. Where a place wants another type than that, the value is claimed to be of
//! it (`Value::of`), as Terraform converts it; where the typed language cannot say an expression, its text is kept
//! (`verbatim`).

mod code;
mod collection;
mod comprehension;
mod function;
mod operator;
mod part;
mod signature;
mod template;
mod traversal;

use hcl_edit::expr::Expression;

pub(crate) use code::{Code, Form, Mark};
pub(crate) use template::Literals;

use crate::environment::{Environment, Word};
use crate::notes::Notes;
use crate::rust::Rust;
use crate::source::{closed_text_of, text_of};
use crate::types::Type;

/// Why an expression cannot be said in typed Rust.
#[derive(Clone, Debug)]
pub(crate) struct Unsayable(pub(crate) String);

pub(crate) type Said<'a> = Result<Code<'a>, Unsayable>;

pub(crate) fn unsayable<T>(why: impl Into<String>) -> Result<T, Unsayable> {
    Err(Unsayable(why.into()))
}

/// Converts expressions of one element.
pub(crate) struct Speaker<'s, 'a> {
    pub(crate) environment: &'s Environment<'a>,
    pub(crate) notes: &'s mut Notes,
    /// Where the element stands, for notes.
    pub(crate) place: crate::source::Place,
    /// Names that blocks and `for` expressions around give, the innermost last.
    pub(crate) words: Vec<(String, Word<'a>)>,
    /// Of the template around.
    pub(crate) literals: Literals,
}

impl<'a> Speaker<'_, 'a> {
    /// An expression, of the wanted type where that can be had; `Any` wants none.
    pub(crate) fn say(&mut self, expression: &Expression, wanted: &Type<'a>) -> Said<'a> {
        let said = self.typed(expression, wanted);
        match said {
            // What a `for` expression names has another name in the document.
            Err(Unsayable(why)) if !self.words.iter().any(|(_, word)| word.is_bound()) => {
                let text = closed_text_of(expression);
                self.notes.kept(self.place.within(expression), why);
                let rust = Rust::call(format!("verbatim::<{}>", wanted.rust()), [Rust::text(&text)]);
                Ok(Code::value(rust, wanted.clone(), self.mark_of(&text)))
            }
            said => said,
        }
    }

    /// An expression that is accepted where a value of a type is wanted.
    pub(crate) fn accepted(&mut self, expression: &Expression, wanted: &Type<'a>) -> Result<Rust, Unsayable> {
        Ok(self.say(expression, wanted)?.accepted(wanted))
    }

    /// The mark of what an expression's text refers to.
    fn mark_of(&self, text: &str) -> Mark {
        let marks = self.environment.marked().filter(|(address, _)| text.contains(address.as_str()));
        marks.map(|(_, mark)| mark).max().unwrap_or(Mark::Plain)
    }

    fn typed(&mut self, expression: &Expression, wanted: &Type<'a>) -> Said<'a> {
        match expression {
            Expression::Null(_) => Ok(Code::null()),
            Expression::Bool(value) => Ok(Code::literal(Rust::word(value.value().to_string()), Type::Bool)),
            Expression::Number(_) => Ok(number(&text_of(expression))),
            Expression::String(text) => Ok(Code::text(text.as_str())),
            Expression::StringTemplate(template) => self.quoted(template, wanted),
            Expression::HeredocTemplate(heredoc) => self.heredoc(heredoc, wanted),
            Expression::Parenthesis(inner) => self.typed(inner.inner(), wanted),
            Expression::Array(items) => self.array(items.iter().collect(), wanted),
            Expression::Object(object) => self.object(object, wanted),
            Expression::Variable(word) => self.word(word.as_str()),
            Expression::Traversal(traversal) => self.traversal(traversal, wanted),
            Expression::FuncCall(call) => self.call(call, wanted),
            Expression::Conditional(conditional) => self.conditional(conditional, wanted),
            Expression::UnaryOp(operation) => self.signed(operation),
            Expression::BinaryOp(operation) => self.operation(operation),
            Expression::ForExpr(each) => self.comprehension(each, wanted),
        }
    }
}

/// A number with all of its digits: 32 bits need no suffix, and what has no exact `f64` is kept as digits.
pub(crate) fn number<'a>(digits: &str) -> Code<'a> {
    let shortest = |number: f64| number.to_string() == digits && number.is_finite();
    let rust = if digits.parse::<i32>().is_ok() {
        Rust::word(digits)
    } else if digits.parse::<i64>().is_ok() {
        Rust::word(format!("{digits}_i64"))
    } else if digits.contains('.') && digits.parse::<f64>().is_ok_and(shortest) {
        Rust::word(digits)
    } else {
        let term = Rust::call("Term::Decimal", [Rust::text(digits).method("into", [])]);
        return Code::value(Rust::call("Value::<Number>::of", [term]), Type::Number, Mark::Plain);
    };
    Code::literal(rust, Type::Number)
}
