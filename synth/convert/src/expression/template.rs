//! Text with values, conditions and loops in it ("Strings and Templates").

use hcl_edit::template::{
    Directive, Element, ForDirective, HeredocTemplate, IfDirective, StringTemplate, Strip,
};

use super::comprehension::Names;
use super::{Code, Form, Mark, Said, Speaker};
use crate::rust::{Rust, text_template};
use crate::types::Type;

/// How far a marker strips white space: of a heredoc, each line is a literal of its own (hclsyntax, "parseTemplateParts").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Literals {
    Whole,
    Lines,
}

impl Literals {
    fn without_start(self, text: &str) -> &str {
        let end = match self {
            Literals::Whole => text.len(),
            Literals::Lines => text.find('\n').map_or(text.len(), |at| at + 1),
        };
        let (first, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        text.get(text.len() - rest.len() - first.trim_start().len()..).unwrap_or(text)
    }

    fn without_end(self, text: &str) -> &str {
        let start = match self {
            Literals::Whole => 0,
            Literals::Lines => {
                let before = text.strip_suffix('\n').unwrap_or(text);
                before.rfind('\n').map_or(0, |at| at + 1)
            }
        };
        let (rest, last) = text.split_at_checked(start).unwrap_or(("", text));
        text.get(..rest.len() + last.trim_end().len()).unwrap_or(text)
    }
}

/// A part of a template.
enum Piece<'e> {
    Text(String),
    Value(&'e Element),
}

impl<'a> Speaker<'_, 'a> {
    pub(super) fn heredoc(&mut self, heredoc: &HeredocTemplate, wanted: &Type<'a>) -> Said<'a> {
        let around = std::mem::replace(&mut self.literals, Literals::Lines);
        let said = self.template(heredoc.template.iter().collect(), wanted);
        self.literals = around;
        said
    }

    pub(super) fn quoted(&mut self, template: &StringTemplate, wanted: &Type<'a>) -> Said<'a> {
        let around = std::mem::replace(&mut self.literals, Literals::Whole);
        let said = self.template(template.iter().collect(), wanted);
        self.literals = around;
        said
    }

    fn template(&mut self, elements: Vec<&Element>, wanted: &Type<'a>) -> Said<'a> {
        // A template of nothing else than one expression has that expression's type ("Strings and Templates").
        if let [Element::Interpolation(only)] = elements.as_slice() {
            return self.say(&only.expr, wanted);
        }
        self.text(pieces(&elements, (Strip::None, Strip::None), self.literals))
    }

    fn text(&mut self, pieces: Vec<Piece<'_>>) -> Said<'a> {
        let (mut template, mut values, mut mark) = (Vec::new(), Vec::new(), Mark::Plain);
        for piece in &pieces {
            match piece {
                Piece::Text(text) => template.push(Some(text.as_str())),
                Piece::Value(element) => {
                    let code = self.piece(element)?;
                    mark = mark.max(code.mark);
                    template.push(None);
                    values.push(placed(code));
                }
            }
        }
        if values.is_empty() {
            return Ok(Code::text(&template.into_iter().flatten().collect::<String>()));
        }
        let template = Rust::Word(text_template(&template));
        let rust = Rust::Macro("text", std::iter::once(template).chain(values).collect());
        Ok(Code::value(rust, Type::Text, mark))
    }

    fn piece(&mut self, element: &Element) -> Said<'a> {
        match element {
            Element::Literal(text) => Ok(Code::text(text)),
            Element::Interpolation(inner) => self.say(&inner.expr, &Type::Text),
            Element::Directive(directive) => match &**directive {
                Directive::If(choice) => self.choice(choice),
                Directive::For(each) => self.repetition(each),
            },
        }
    }

    /// `%{ if … }` is a conditional.
    fn choice(&mut self, choice: &IfDirective) -> Said<'a> {
        let condition = self.say(&choice.if_expr.cond_expr, &Type::Bool)?;
        let end = choice.endif_expr.strip;
        let (then_end, otherwise) = match &choice.else_expr {
            Some(other) => {
                let elements: Vec<&Element> = other.template.iter().collect();
                (other.strip, self.text(pieces(&elements, (other.strip, end), self.literals))?)
            }
            None => (end, Code::text("")),
        };
        let elements: Vec<&Element> = choice.if_expr.template.iter().collect();
        let then = self.text(pieces(&elements, (choice.if_expr.strip, then_end), self.literals))?;
        let mark = condition.mark.max(then.mark).max(otherwise.mark);
        let sides =
            [condition.accepted(&Type::Bool), then.accepted(&Type::Text), otherwise.accepted(&Type::Text)];
        Ok(Code::value(Rust::call("conditional::<String>", sides), Type::Text, mark))
    }

    /// `%{ for … }` joins what a `for` expression makes.
    fn repetition(&mut self, each: &ForDirective) -> Said<'a> {
        let elements: Vec<&Element> = each.for_expr.template.iter().collect();
        let inner = pieces(&elements, (each.for_expr.strip, each.endfor_expr.strip), self.literals);
        let key = each.for_expr.key_var.as_ref().map(|key| key.as_str());
        let names = Names { key, item: each.for_expr.value_var.as_str() };
        let over = self.collection(&each.for_expr.collection_expr, &names)?;
        let list = self.mapped(over, &names, |speaker| speaker.text(inner))?;
        let mark = list.mark;
        let list = list.accepted(&Type::list(Type::Text));
        Ok(Code::value(Rust::call("functions::join", [Rust::text(""), list]), Type::Text, mark))
    }
}

/// The parts between two markers, which may strip white space from the first and the last.
fn pieces<'e>(
    elements: &[&'e Element],
    (before, after): (Strip, Strip),
    literals: Literals,
) -> Vec<Piece<'e>> {
    let strip = |element: &Element| match element {
        Element::Literal(_) => (Strip::None, Strip::None),
        Element::Interpolation(inner) => (inner.strip, inner.strip),
        Element::Directive(directive) => match &**directive {
            Directive::If(choice) => (choice.if_expr.strip, choice.endif_expr.strip),
            Directive::For(each) => (each.for_expr.strip, each.endfor_expr.strip),
        },
    };
    let mut pieces = Vec::new();
    for (position, element) in elements.iter().enumerate() {
        let Element::Literal(text) = element else {
            pieces.push(Piece::Value(element));
            continue;
        };
        let previous = position.checked_sub(1).and_then(|at| elements.get(at)).map(|it| strip(it).1);
        let next = elements.get(position + 1).map(|it| strip(it).0);
        let mut text = text.as_str();
        if matches!(previous.unwrap_or(before), Strip::End | Strip::Both) {
            text = literals.without_start(text);
        }
        if matches!(next.unwrap_or(after), Strip::Start | Strip::Both) {
            text = literals.without_end(text);
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(text.to_owned()));
        }
    }
    pieces
}

/// What `text!` accepts.
fn placed(code: Code<'_>) -> Rust {
    match code.of {
        Type::Text | Type::Number | Type::Bool => match code.form {
            Form::Hidden | Form::NamedHidden | Form::Null => code.into_value(),
            Form::NamedValue | Form::NamedRef => Rust::Borrow(Box::new(code.rust)),
            _ => code.rust,
        },
        _ => code.claimed(Type::Text).into_value(),
    }
}
