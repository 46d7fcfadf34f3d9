//! Access that the base of a change does not give.

use crate::access::{Caller, Key, NewAccess, Request, Sets, compare, written};
use crate::iam::{Principals, holders};
use crate::known::Later;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::source::Span;
use crate::terraform::Block;

pub(crate) static RULE: Rule = Rule {
    id: "IAM090",
    name: "new-access",
    summary: "something is allowed that the base does not allow",
    rationale: "With `--forbid-new-access BASE` a change must not let anybody do what nobody could; the request that \
                is named is allowed now and was not before. The examples are judged against a base without policies.",
    remedy: "grant it apart from this change, where somebody judges it; or accept it with a reason",
    sources: &["docs/reasoning.md, \"The base of a change\""],
    severity: Severity::Error,
    good: &[r#"{"resource": {"aws_sqs_queue": {"jobs": {"name": "jobs"}}}}"#],
    bad: &[Bad {
        document: r#"{"resource": {"aws_iam_user": {"ci": {"name": "ci"}}, "aws_iam_user_policy": {"send": {"user": "ci", "policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"arn:aws:sqs:eu-west-1:111122223333:jobs\"}]}"}}}}"#,
        at: &[r#""ci""#],
    }],
    check: with_a_base,
};

/// Without a base nothing is new.
fn with_a_base(_subject: &Subject, _judgement: &mut Judgement) {}

/// What a configuration whose expressions are computed allows that its base does not; `unread` is what of it was not
/// understood.
#[must_use]
pub fn new_access(base: &Sets, blocks: &[Block], unread: Vec<Later>) -> Judgement {
    let mut judgement = Judgement::default();
    for (name, answer) in compare(base, &Sets::of(blocks, unread)) {
        let Some(span) = place(&name, blocks) else { continue };
        match answer {
            NewAccess::None => {}
            NewAccess::Found(request) => {
                judgement.report(Finding::new(&RULE, span, name, said(&request)));
            }
            NewAccess::Undecided(reasons) => {
                let reasons: Vec<String> = reasons.into_iter().collect();
                let why = format!("whether `{name}` gives new access is undecided: {}", reasons.join("; "));
                judgement.undecided.push(Later { span, why });
            }
        }
    }
    judgement.settle();
    judgement
}

/// Where a principal or resource is declared, else where something is said of it, else where the configuration begins;
/// nothing of an empty one.
fn place(name: &str, blocks: &[Block]) -> Option<Span> {
    let address = name.trim_end_matches(" (trust)");
    let declares = |block: &&Block| block.address() == address;
    let principals = Principals::of(blocks);
    let speaks = |block: &&Block| holders(block, &principals).iter().any(|holder| holder == address);
    let block = blocks.iter().find(declares).or_else(|| blocks.iter().find(speaks)).or(blocks.first())?;
    Some(block.span)
}

fn said(request: &Request) -> String {
    let caller = match &request.caller {
        Caller::Holder => "it".to_owned(),
        other => other.written(),
    };
    let mut text = format!("{caller} may now `{}` on `{}`", request.action, request.resource());
    for (key, value) in request.context.keys() {
        if let Key::Values(values) = value {
            let values: Vec<String> = values.iter().map(|value| written(value)).collect();
            text += &format!(", with {key} = {}", values.join(", "));
        }
    }
    text
}
