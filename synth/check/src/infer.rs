//! Infers the types of expressions, and judges on the way what they name, call, join and compare.

use std::rc::Rc;

use crate::check::Checker;
use crate::context::Context;
use crate::expression::{Expression, For, Operator, Part, Step};
use crate::finding::Rule;
use crate::inferred::Inferred;
use crate::types::{Field, Type};
use crate::value;

impl<'a> Checker<'a> {
    pub(crate) fn infer(&mut self, expression: &Expression<'a>, context: &mut Context<'a>) -> Inferred<'a> {
        let mut whole = Inferred::from(Type::Any);
        whole.of = match expression {
            Expression::Null => Type::Null,
            Expression::Bool => Type::Bool,
            Expression::Number(_) => Type::Number,
            Expression::Text(_) => Type::Text,
            Expression::Template(parts) => {
                self.parts(parts, &mut whole, context);
                Type::Text
            }
            Expression::Traversal(traversal) => return self.traversal(traversal, context),
            Expression::Call(call) => return self.call(call, context),
            Expression::List(items) => {
                let items = items.iter().map(|item| whole.hold(self.infer(item, context))).collect();
                Type::Tuple(Rc::new(items))
            }
            Expression::Object(items) => self.object_of(items, &mut whole, context),
            Expression::For(each) => self.each(each, &mut whole, context),
            Expression::Conditional(parts) => {
                let [condition, yes, no] = parts.as_ref();
                let of = whole.take(self.infer(condition, context));
                self.operand(&of, &Type::Bool, context);
                let yes = whole.take(self.infer(yes, context));
                let no = whole.take(self.infer(no, context));
                one_of(yes, no)
            }
            Expression::Not(of) => {
                let of = whole.take(self.infer(of, context));
                self.operand(&of, &Type::Bool, context);
                Type::Bool
            }
            Expression::Negate(of) => {
                let of = whole.take(self.infer(of, context));
                self.operand(&of, &Type::Number, context);
                Type::Number
            }
            Expression::Binary(operator, sides) => {
                let (needs, gives) = match operator {
                    Operator::Arithmetic => (Type::Number, Type::Number),
                    Operator::Order => (Type::Number, Type::Bool),
                    Operator::Equality => (Type::Any, Type::Bool),
                    Operator::Logic => (Type::Bool, Type::Bool),
                };
                for side in sides.iter() {
                    let of = whole.take(self.infer(side, context));
                    self.operand(&of, &needs, context);
                    if let Expression::Text(text) = side
                        && let Some(why) = value::literal(text, &needs).filter(|_| context.tolerant == 0)
                    {
                        self.report_in(0, Rule::WrongType, why, None, context);
                    }
                }
                gives
            }
            Expression::Access(of, steps) => {
                let of = whole.find_in(self.infer(of, context));
                self.steps(of, steps, context)
            }
            Expression::Index(parts) => {
                let [of, key] = parts.as_ref();
                let of = whole.find_in(self.infer(of, context));
                whole.take(self.infer(key, context));
                of.element()
            }
            Expression::Splat(of, steps) => {
                let of = whole.find_in(self.infer(of, context)).open();
                if let Type::Tuple(items) = &of {
                    let items = items.iter().map(|item| self.steps(item.clone(), steps, context));
                    whole.of = Type::Tuple(Rc::new(items.collect()));
                    return whole;
                }
                let element = match &of {
                    Type::List(_) | Type::Set(_) => of.element(),
                    // A splat of one value is a list of it; a map or object is one value too.
                    _ => of,
                };
                let element = self.steps(element, steps, context);
                match element {
                    Type::Any => Type::Any,
                    element => Type::List(Rc::new(element)),
                }
            }
        };
        whole
    }

    /// Judges an expression whose type nobody asks for: what `jsonencode` is given, as most of it is.
    pub(crate) fn untyped(
        &mut self,
        expression: &Expression<'a>,
        whole: &mut Inferred<'a>,
        context: &mut Context<'a>,
    ) {
        match expression {
            Expression::List(items) => items.iter().for_each(|item| self.untyped_part(item, whole, context)),
            Expression::Object(items) => {
                for (key, value) in items {
                    self.untyped_part(value, whole, context);
                    self.key(key, whole, context);
                }
            }
            Expression::Text(_) | Expression::Number(_) | Expression::Bool => {}
            other => drop(whole.take(self.infer(other, context))),
        }
    }

    fn untyped_part(&mut self, part: &Expression<'a>, whole: &mut Inferred<'a>, context: &mut Context<'a>) {
        let mut inferred = Inferred::from(Type::Any);
        self.untyped(part, &mut inferred, context);
        whole.hold(inferred);
    }

    /// Judges the key of an object that is no plain text.
    fn key(&mut self, key: &Expression<'a>, whole: &mut Inferred<'a>, context: &mut Context<'a>) {
        if let Expression::Text(_) = key {
            return;
        }
        if matches!(key, Expression::Null) && context.tolerant == 0 {
            let message = "null cannot be a key".to_owned();
            self.report_in(0, Rule::WrongType, message, None, context);
        }
        whole.take(self.infer(key, context));
    }

    fn object_of(
        &mut self,
        items: &[(Expression<'a>, Expression<'a>)],
        whole: &mut Inferred<'a>,
        context: &mut Context<'a>,
    ) -> Type<'a> {
        let mut fields = Some(Vec::with_capacity(items.len()));
        for (key, value) in items {
            let of = whole.hold(self.infer(value, context));
            match key {
                Expression::Text(name) => {
                    if let Some(fields) = &mut fields {
                        fields.push(Field { name: name.clone(), of, optional: false });
                    }
                }
                key => {
                    self.key(key, whole, context);
                    fields = None;
                }
            }
        }
        fields.map_or(Type::Any, |fields| Type::Object(Rc::new(fields)))
    }

    fn each(&mut self, each: &For<'a>, whole: &mut Inferred<'a>, context: &mut Context<'a>) -> Type<'a> {
        let collection = whole.find_in(self.infer(&each.collection, context));
        let before = context.names.len();
        for name in &each.names {
            context.names.push((name, Type::Any));
        }
        if let Some((_, value)) = context.names.last_mut() {
            *value = collection.element();
        }
        for part in each.key.iter().chain(&each.condition) {
            whole.take(self.infer(part, context));
        }
        whole.hold(self.infer(&each.value, context));
        context.names.truncate(before);
        Type::Any
    }

    fn parts(&mut self, parts: &[Part<'a>], whole: &mut Inferred<'a>, context: &mut Context<'a>) {
        for part in parts {
            match part {
                Part::Text => {}
                Part::Hole(at, expression) => {
                    let of = whole.take(self.infer(expression, context)).open();
                    // A value alone in a template keeps its type.
                    let joined = parts.len() > 1;
                    if joined && !matches!(of, Type::Any | Type::Schema(_)) && !of.is_plain() {
                        let message = format!("{} cannot be a part of text", of.name());
                        let help = "write `jsonencode(…)` or `join(…)`".to_owned();
                        self.report_in(*at, Rule::WrongType, message, Some(help), context);
                    }
                }
                Part::If(condition, yes, no) => {
                    let of = whole.take(self.infer(condition, context));
                    self.operand(&of, &Type::Bool, context);
                    self.parts(yes, whole, context);
                    self.parts(no, whole, context);
                }
                Part::For(names, collection, body) => {
                    let collection = whole.find_in(self.infer(collection, context));
                    let before = context.names.len();
                    for name in names {
                        context.names.push((name, Type::Any));
                    }
                    if let Some((_, value)) = context.names.last_mut() {
                        *value = collection.element();
                    }
                    self.parts(body, whole, context);
                    context.names.truncate(before);
                }
            }
        }
    }

    /// Steps into a value whose type is known or not; a step that fails is reported once.
    pub(crate) fn steps(
        &mut self,
        from: Type<'a>,
        steps: &[Step<'a>],
        context: &mut Context<'a>,
    ) -> Type<'a> {
        let mut of = from;
        for step in steps {
            of = match of.step(step) {
                Ok(of) => of,
                Err(no) => {
                    if context.tolerant == 0 {
                        self.report_in(step.at(), Rule::UnknownAttribute, no.message, no.help, context);
                    }
                    return Type::Any;
                }
            };
        }
        of
    }

    /// Judges what an operator works on.
    fn operand(&mut self, of: &Type<'a>, needs: &Type<'a>, context: &mut Context<'a>) {
        let why = if matches!(of, Type::Null) && !matches!(needs, Type::Any) {
            Some(format!("{} is needed, and this is null", needs.name()))
        } else {
            crate::convert::refusal(of, needs)
        };
        if let Some(why) = why.filter(|_| context.tolerant == 0) {
            self.report_in(0, Rule::WrongType, why, None, context);
        }
    }

    /// Reports at a byte of the expression that is judged.
    pub(crate) fn report_in(
        &mut self,
        index: usize,
        rule: Rule,
        message: String,
        help: Option<String>,
        context: &Context<'a>,
    ) {
        if self.silent == 0 {
            let byte = self.files.position(context.string, index);
            self.report(byte, rule, message, help);
        }
    }
}

/// The type of a value that is one or the other.
fn one_of<'a>(yes: Type<'a>, no: Type<'a>) -> Type<'a> {
    match (yes.open(), no.open()) {
        (Type::Null, of) | (of, Type::Null) => of,
        (Type::Bool, Type::Bool) => Type::Bool,
        (Type::Number, Type::Number) => Type::Number,
        (yes, no) if yes.is_plain() && no.is_plain() => Type::Text,
        _ => Type::Any,
    }
}
