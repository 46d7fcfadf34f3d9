//! `policy.needs.json`: what the code of principals calls, as its author declares it.
//!
//! ```json
//! {"principals": {"aws_iam_role.worker": [
//!     {"actions": ["sqs:SendMessage"], "resources": ["${aws_sqs_queue.jobs.arn}"], "why": "hands on what it cannot do"}
//! ]}}
//! ```

use std::sync::Arc;

use super::derivation::Derivation;
use super::principal::{Certainty, Need, Open, Resource, Rest};
use super::thing::{Part, Thing, render};
use crate::access::{Letter, Symbol, Word, word_of};
use crate::known::Later;
use crate::node::{Node, Value};
use crate::terraform::{Block, Kind, values_in};
use crate::text::{HOLE, Text};

/// Adds what is declared; what is not understood is pushed to `unread`.
pub(super) fn add<'b>(derivation: &mut Derivation<'b>, blocks: &'b [Block], unread: &mut Vec<Later>) {
    for file in blocks.iter().filter(|block| block.kind == Kind::Needs) {
        let principals = file.body.member("principals").map(|member| &member.value);
        let Some(Node { value: Value::Object(principals), .. }) = principals else {
            let why =
                "`principals` belongs here: an object of addresses, each with a list of calls".to_owned();
            unread.push(Later { span: file.body.span, why });
            continue;
        };
        for member in principals {
            let address = member.name().unwrap_or_default();
            let is_declared =
                blocks.iter().any(|block| block.kind == Kind::Resource && block.address() == address);
            if !is_declared {
                let why = "no role or user of the configuration has this address".to_owned();
                unread.push(Later { span: member.key.span, why });
                continue;
            }
            let principal = derivation.principal(address);
            principal.open.retain(|open| open.rest == Rest::Unsaid);
            let (needs, refused) = calls(derivation, &member.value, file);
            let principal = derivation.principal(address);
            principal.needs.extend(needs);
            principal.open.extend(refused.iter().map(|later| Open {
                span: later.span,
                why: later.why.clone(),
                rest: Rest::Unsaid,
            }));
            unread.extend(refused);
        }
    }
}

/// The declared calls of a principal, and what of them is not understood.
fn calls(derivation: &Derivation<'_>, node: &Node, file: &Block) -> (Vec<Need>, Vec<Later>) {
    let Value::List(calls) = &node.value else {
        let why = "a list of calls belongs here, which may be empty".to_owned();
        return (Vec::new(), vec![Later { span: node.span, why }]);
    };
    let (mut needs, mut refused) = (Vec::new(), Vec::new());
    for call in calls {
        match need(derivation, call, file) {
            Ok(found) => needs.extend(found),
            Err(later) => refused.push(later),
        }
    }
    (needs, refused)
}

fn need(derivation: &Derivation<'_>, call: &Node, file: &Block) -> Result<Vec<Need>, Later> {
    let texts = |name: &str| {
        let nodes = values_in(call, &[name]);
        if nodes.is_empty() {
            let why = format!("a call has `actions` and `resources`; `{name}` is missing or empty");
            return Err(Later { span: call.span, why });
        }
        Ok(nodes)
    };
    let mut actions = Vec::new();
    for node in texts("actions")? {
        let action = node.literal().filter(|action| action.contains(':') && !action.contains(['*', '?']));
        let why = || "an action such as `sqs:SendMessage` belongs here, without wildcards".to_owned();
        actions.push(action.ok_or_else(|| Later { span: node.span, why: why() })?.to_owned());
    }
    let why = call.member("why").and_then(|member| member.value.literal());
    let because = why.map_or("declared".to_owned(), |why| format!("declared: {why}"));
    let context = values_in(call, &["context"]);
    let context = context.into_iter().flat_map(Node::members);
    let context: Vec<(String, String)> = context
        .filter_map(|member| Some((member.name()?.to_owned(), member.value.literal()?.to_owned())))
        .collect();
    let mut needs = Vec::new();
    for node in texts("resources")? {
        needs.push(Need {
            actions: actions.clone(),
            resource: resource(derivation, node, file)?,
            context: context.clone(),
            certainty: Certainty::Needed,
            because: because.clone(),
            by: file.name().to_owned(),
            span: node.span,
        });
    }
    Ok(needs)
}

/// What is written, and what else it may be called.
fn resource(derivation: &Derivation<'_>, node: &Node, file: &Block) -> Result<Resource, Later> {
    if node.literal() == Some("*") {
        return Ok(Resource::Every);
    }
    let Some(text) = node.as_text() else { return Ok(Thing::later(node).part(Part::Whole)) };
    let base = derivation.index.thing(node, &file.module, &[]).ok().flatten();
    let rest = match text.hole(0) {
        Some(_) => text.slice(HOLE.len_utf8()..text.as_str().len()),
        None => {
            return Ok(Resource::Thing {
                arn: render(text),
                whole: [declared_word(text)].into(),
                part: Arc::default(),
            });
        }
    };
    let base = base.unwrap_or_else(|| Thing::later(node));
    let rest = declared_word(&rest);
    let whole = base.part(Part::Whole).words().map(|word| [&*word, &rest].concat()).collect();
    Ok(Resource::Thing { arn: render(text), whole, part: Arc::default() })
}

/// What `*` stands for in a declared resource is any text, which only a pattern as wide allows.
fn declared_word(text: &Text) -> Word {
    let any = || Letter::Symbol(Arc::new(Symbol::Unknown("any part".to_owned())));
    let letter = |letter: Letter| if letter == Letter::Char('*') { any() } else { letter };
    word_of(text).into_iter().map(letter).collect()
}
