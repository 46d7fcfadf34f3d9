//! Computes the expressions of a configuration as far as they are known without running it:
//! locals, defaults of variables, pure functions, policy documents. The rest stays an expression.

mod document;
mod each;
mod evaluator;
mod follow;
mod functions;
mod optional;
mod repeated;
mod scope;
mod strings;

use crate::known::Later;
use crate::node::Node;
use crate::source::Span;
use crate::terraform::Block;

use evaluator::{Computed, Evaluator};
use scope::Scope;

/// Computes the body of every block; what had to be given up on is pushed to `unread`.
pub fn evaluate(blocks: &mut [Block], unread: &mut Vec<Later>) {
    let scope = Scope::of(blocks);
    let mut evaluator = Evaluator::new(&scope, blocks.len());
    let computed: Vec<Computed> = blocks.iter().map(|block| evaluator.block(block)).collect();
    for (block, computed) in blocks.iter_mut().zip(computed) {
        block.body = computed.body;
        block.instances = computed.instances;
        if computed.gave_up {
            let why = "its expressions are too large to compute".into();
            unread.push(Later { span: block.span, why });
        }
    }
}

/// The policy a `data.aws_iam_policy_document` with this body renders, as a `jsonencode` call.
#[must_use]
pub fn document(body: &Node, span: Span) -> Node {
    document::render(body, span)
}
