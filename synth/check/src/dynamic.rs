//! Dynamic blocks: a block for each element of a collection.

use crate::blocks::{self, Label};
use crate::body::{Rest, most};
use crate::check::Checker;
use crate::context::Context;
use crate::expression::is_identifier;
use crate::finding::Rule;
use crate::grammar;
use crate::json::{Node, Value};
use crate::schema::{Form, Shape};
use crate::suggest;
use crate::types::{Field, Type};

/// What a dynamic block makes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Repeatable<'a> {
    pub(crate) name: &'a str,
    pub(crate) shape: Shape<'a>,
    pub(crate) most: Option<usize>,
    /// Whether every required argument must be set.
    pub(crate) whole: bool,
}

impl<'a> Checker<'a> {
    /// Judges `{"for_each": …, "iterator": …, "content": {…}}`; returns how many blocks it makes, if that is known.
    pub(crate) fn dynamic_block(
        &mut self,
        label: Label<'a>,
        block: Repeatable<'a>,
        body: &'a Node<'a>,
        context: &mut Context<'a>,
    ) -> Option<usize> {
        blocks::check_body(body, &mut self.findings);
        let (mut each, mut iterator, mut contents) = (None, label.text, Vec::new());
        for member in blocks::properties(body) {
            match member.key.as_ref() {
                "for_each" => each = Some(&member.value),
                "labels" => drop(self.value(&member.value, context)),
                "iterator" => match member.value.text().filter(|name| is_identifier(name)) {
                    Some(name) => iterator = name,
                    None => {
                        let message = "the iterator of a dynamic block is a name as plain text".to_owned();
                        self.report(member.value.start, Rule::WrongValue, message, None);
                    }
                },
                "content" => {
                    blocks::check_bodies(&member.value, &mut self.findings);
                    contents.extend(blocks::bodies(&member.value));
                }
                "//" => {}
                other => {
                    let message = format!("a dynamic block has no `{other}`");
                    let help =
                        suggest::help(other, ["for_each", "iterator", "labels", "content"].into_iter());
                    self.report(member.start, Rule::UnknownArgument, message, help);
                }
            }
        }
        let elements = match each {
            Some(node) => self.repeated(node, context),
            None => {
                let message = "the required argument `for_each` is not set".to_owned();
                self.report(body.start, Rule::MissingArgument, message, None);
                Type::Any
            }
        };
        if contents.len() != 1 {
            let rule = if contents.is_empty() { Rule::MissingBlock } else { Rule::TooManyBlocks };
            let message = format!("a dynamic block has one `content`, found {}", contents.len());
            self.report(body.start, rule, message, None);
        }
        let fields = vec![
            Field { name: "key".into(), of: Type::Any, optional: false },
            Field { name: "value".into(), of: elements, optional: false },
        ];
        context.names.push((iterator, Type::Object(fields.into())));
        let rest = if block.whole { Rest::Schema(block.shape) } else { Rest::Partial(block.shape) };
        for content in contents {
            self.body(content, &grammar::EMPTY, rest, context);
        }
        context.names.pop();
        match each.map(|each| &each.value) {
            Some(Value::List(nodes)) => Some(nodes.len()),
            Some(Value::Object(members)) => Some(members.len()),
            _ => None,
        }
    }

    /// The elements' type of what a dynamic block goes through.
    fn repeated(&mut self, node: &'a Node<'a>, context: &mut Context<'a>) -> Type<'a> {
        let collection = self.value(node, context).of.open();
        if collection.is_plain() || matches!(node.value, Value::Null) {
            let message =
                format!("a dynamic block goes through a collection, and this is {}", collection.name());
            self.report(node.start, Rule::WrongType, message, None);
        }
        collection.element()
    }
}

/// The block that a dynamic block may make: one of the shape's, or an attribute that is a list of objects
/// ("Attributes as Blocks").
pub(crate) fn repeatable<'a>(shape: Shape<'a>, name: &str) -> Option<Repeatable<'a>> {
    if let Some((_, block)) = shape.block(name) {
        return Some(Repeatable { name: block.name, shape: block.shape, most: most(block), whole: true });
    }
    let (_, attribute) = shape.attribute(name)?;
    let (Form::List(of) | Form::Set(of)) = attribute.of.form() else { return None };
    let Form::Object(shape) = of.form() else { return None };
    Some(Repeatable { name: attribute.name, shape, most: None, whole: false })
}
