//! Values as JSON writes them: what type they have, and whether it is the one that is needed.

use std::borrow::Cow;
use std::collections::HashSet;
use std::rc::Rc;

use crate::check::Checker;
use crate::context::Context;
use crate::convert;
use crate::expression::{self, is_template};
use crate::finding::Rule;
use crate::inferred::Inferred;
use crate::json::{Member, Node, Value};
use crate::quick::Quick;
use crate::schema::{Form, Nesting, Shape, TypeOf};
use crate::suggest;
use crate::types::{Field, Type};

/// What a required attribute of an object must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    /// Written, if only as null: an object type has all of its attributes.
    Name,
    /// Set: a nested type says which attributes are required.
    Value,
}

impl<'a> Checker<'a> {
    /// The type of a value; everything in it is judged on the way.
    pub(crate) fn value(&mut self, node: &'a Node<'a>, context: &mut Context<'a>) -> Inferred<'a> {
        match &node.value {
            Value::Null => Type::Null.into(),
            Value::Bool(_) => Type::Bool.into(),
            Value::Number(_) => Type::Number.into(),
            Value::Text(text) => self.text(node.start, text, context),
            Value::List(nodes) => {
                let mut whole = Inferred::from(Type::Null);
                let types = nodes.iter().map(|node| whole.hold(self.value(node, context))).collect();
                whole.of = Type::Tuple(Rc::new(types));
                whole
            }
            Value::Object(members) => {
                let mut whole = Inferred::from(Type::Null);
                let mut fields = Vec::new();
                let mut known = true;
                self.keys(members);
                for member in members {
                    let of = whole.hold(self.value(&member.value, context));
                    if is_template(&member.key) {
                        whole.take(self.text(member.start, &member.key, context));
                        known = false;
                    }
                    fields.push(Field { name: Cow::Borrowed(&member.key), of, optional: false });
                }
                whole.of = if known { Type::Object(Rc::new(fields)) } else { Type::Any };
                whole
            }
        }
    }

    /// The type of the text of a JSON string.
    pub(crate) fn text(&mut self, start: u32, text: &'a str, context: &mut Context<'a>) -> Inferred<'a> {
        if !is_template(text) {
            return Type::Text.into();
        }
        context.string = start;
        match expression::template(text) {
            Ok(expression) => self.infer(&expression, context),
            Err(malformed) => self.malformed(start, &malformed),
        }
    }

    pub(crate) fn malformed(&mut self, start: u32, malformed: &expression::Malformed) -> Inferred<'a> {
        let byte = self.files.position(start, malformed.at);
        let message = format!("this is not an expression: expected {}", malformed.expected);
        let help = "write `$${` for a literal `${`, and `%%{` for a literal `%{`".to_owned();
        self.report(byte, Rule::MalformedExpression, message, Some(help));
        Type::Any.into()
    }

    /// Judges a value that is to become `to`.
    pub(crate) fn fits(
        &mut self,
        node: &'a Node<'a>,
        to: Type<'a>,
        takes_ephemeral: bool,
        context: &mut Context<'a>,
    ) {
        if let (Type::Schema(of), Value::List(_) | Value::Object(_)) = (&to, &node.value) {
            return self.fits_schema(node, *of, takes_ephemeral, context);
        }
        let inferred = self.value(node, context);
        if inferred.ephemeral && !takes_ephemeral && context.keeps {
            self.refuse_ephemeral(node.start, "this argument");
        }
        let literal = match &node.value {
            Value::Text(text) if !is_template(text) => literal(text, &to),
            _ => None,
        };
        if let Some(why) = literal.or_else(|| convert::refusal(&inferred.of, &to)) {
            self.report(node.start, Rule::WrongType, why, None);
        }
    }

    fn fits_schema(
        &mut self,
        node: &'a Node<'a>,
        of: TypeOf<'a>,
        takes_ephemeral: bool,
        context: &mut Context<'a>,
    ) {
        match (of.form(), &node.value) {
            (Form::List(of) | Form::Set(of), Value::List(nodes)) => {
                for node in nodes {
                    self.fits(node, Type::Schema(of), takes_ephemeral, context);
                }
            }
            (Form::Map(of), Value::Object(members)) => {
                self.keys(members);
                for member in members {
                    if is_template(&member.key) {
                        self.text(member.start, &member.key, context);
                    }
                    self.fits(&member.value, Type::Schema(of), takes_ephemeral, context);
                }
            }
            (Form::Object(shape), Value::Object(_)) => self.object(node, shape, Needs::Name, context),
            (Form::Nested(Nesting::Single, shape), Value::Object(_)) => {
                self.object(node, shape, Needs::Value, context);
            }
            (Form::Nested(Nesting::List | Nesting::Set, shape), Value::List(nodes)) => {
                for node in nodes {
                    self.element(node, shape, context);
                }
            }
            (Form::Nested(Nesting::Map, shape), Value::Object(members)) => {
                for member in members {
                    self.element(&member.value, shape, context);
                }
            }
            (form, _) => {
                self.value(node, context);
                if !matches!(form, Form::Any) {
                    let message =
                        format!("{} is needed, and this is {}", Type::Schema(of).name(), node.kind());
                    self.report(node.start, Rule::WrongType, message, None);
                }
            }
        }
    }

    fn element(&mut self, node: &'a Node<'a>, shape: Shape<'a>, context: &mut Context<'a>) {
        match &node.value {
            Value::Object(_) => self.object(node, shape, Needs::Value, context),
            _ => self.fits(node, Type::Body(shape), false, context),
        }
    }

    /// An object of a type that names its attributes.
    fn object(&mut self, node: &'a Node<'a>, shape: Shape<'a>, needs: Needs, context: &mut Context<'a>) {
        let Value::Object(members) = &node.value else { return };
        self.keys(members);
        for member in members {
            let name = member.key.as_ref();
            if is_template(name) {
                // The key is known when its value is.
                self.text(member.start, name, context);
                self.value(&member.value, context);
                return;
            }
            match shape.attribute(name) {
                Some((_, attribute)) => {
                    if !attribute.settable() && !matches!(member.value.value, Value::Null) {
                        let message = format!("`{name}` is decided by the provider");
                        let help = Some("take it out".to_owned());
                        self.report(member.start, Rule::ReadOnlyArgument, message, help);
                    }
                    self.fits(&member.value, Type::Schema(attribute.of), attribute.write_only(), context);
                }
                None => {
                    // Terraform drops such a key without a word.
                    let message = format!("the object has no attribute `{name}`");
                    let help = suggest::help(name, shape.attributes().map(|attribute| attribute.name));
                    self.report(member.start, Rule::UnknownArgument, message, help);
                }
            }
        }
        for row in shape.required() {
            let name = shape.attribute_at(row).name;
            let set = |member: &Member<'_>| {
                member.key == name && (needs == Needs::Name || !matches!(member.value.value, Value::Null))
            };
            if !members.iter().any(set) {
                let message = format!("the object needs an attribute `{name}`");
                let help = match needs {
                    Needs::Name => format!("write `\"{name}\": null` to leave it unset"),
                    Needs::Value => format!("set `{name}`"),
                };
                self.report(node.start, Rule::MissingArgument, message, Some(help));
            }
        }
    }

    /// Reports keys of an object that stand twice.
    fn keys(&mut self, members: &'a [Member<'a>]) {
        if members.len() < 2 {
            return;
        }
        let mut keys = HashSet::with_capacity_and_hasher(members.len(), Quick::default());
        for member in members {
            if !keys.insert(member.key.as_ref()) {
                let message = format!("`{}` is set twice", member.key);
                let help = "take one of them out".to_owned();
                self.report(member.start, Rule::Duplicate, message, Some(help));
            }
        }
    }

    pub(crate) fn refuse_ephemeral(&mut self, start: u32, place: &str) {
        let message = format!("an ephemeral value cannot be kept, and {place} would keep it");
        let help =
            "give it to a write-only argument, a provider, or an ephemeral output of a module".to_owned();
        self.report(start, Rule::EphemeralValue, message, Some(help));
    }
}

/// Why literal text cannot become a number or a bool.
pub(crate) fn literal(text: &str, to: &Type<'_>) -> Option<String> {
    match to.clone().open() {
        Type::Number
            if text.trim() != text || text.parse::<f64>().map_or(true, |number| !number.is_finite()) =>
        {
            Some("a number is needed, and this text is none".to_owned())
        }
        Type::Bool if !matches!(text, "true" | "false" | "1" | "0") => {
            Some("a bool is needed, and this text is none: write true or false".to_owned())
        }
        _ => None,
    }
}
