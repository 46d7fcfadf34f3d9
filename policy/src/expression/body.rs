//! Bodies of the native syntax: attributes and blocks, in the shape of their JSON equals
//! (Terraform, "JSON Configuration Syntax": "Nested blocks").

use std::ops::Range;

use hcl_edit::Span as _;
use hcl_edit::structure::{Block, BlockLabel, Body, Structure};

use super::lower::Lowering;
use crate::node::{Member, Node, Value};
use crate::source::Span;
use crate::text::Text;

impl Lowering<'_> {
    /// A body that stands at `span`.
    pub(super) fn body(&self, body: &Body, span: Span) -> Node {
        Node::new(span, Value::Object(self.members(body).collect()))
    }

    /// What a body has, attributes and blocks alike.
    pub(super) fn members<'b>(&'b self, body: &'b Body) -> impl Iterator<Item = Member> + 'b {
        body.iter().map(|structure| match structure {
            Structure::Attribute(attribute) => Member {
                key: self.name(attribute.key.as_str(), attribute.key.span()),
                value: self.expression(&attribute.value),
            },
            Structure::Block(block) => self.block(block),
        })
    }

    fn block(&self, block: &Block) -> Member {
        let span = self.span(block.span().unwrap_or_default());
        let innermost = self.body(&block.body, span);
        let value = block.labels.iter().rev().fold(innermost, |value, label| {
            let range = match label {
                BlockLabel::Ident(name) => name.span(),
                BlockLabel::String(name) => name.span(),
            };
            let member = Member { key: self.name(label.as_str(), range), value };
            Node::new(span, Value::Object(vec![member].into()))
        });
        Member { key: self.name(block.ident.as_str(), block.ident.span()), value }
    }

    /// A name, which shares the file's characters where it is written with no others.
    pub(super) fn name(&self, name: &str, range: Option<Range<usize>>) -> Node {
        let range = range.unwrap_or_default();
        let inner = range.start.saturating_add(1)..range.end.saturating_sub(1);
        let is = |range: &Range<usize>| self.text.as_str().get(range.clone()) == Some(name);
        Node::text(if is(&range) {
            self.text.slice(range)
        } else if is(&inner) {
            self.text.slice_in_quotes(inner)
        } else {
            Text::new(name, self.span(range))
        })
    }
}
