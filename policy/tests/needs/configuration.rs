//! Configurations for tests, and what is said of them.

use std::collections::{BTreeMap, BTreeSet};

use policy::need::{self, Certainty, Needs};
use policy::node::Value as NodeValue;
use policy::rules::{Judgement, Subject, find};
use policy::terraform::{self, Block};
use policy::text::Text;
use policy::{Sources, evaluate, iam};
use serde_json::{Value, json};

/// The blocks of files with these names and contents.
pub(crate) fn blocks(files: &[(&str, String)]) -> Vec<Block> {
    let mut sources = Sources::default();
    let (mut unread, mut blocks) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let id = sources.add(*name, content.as_str());
        let text = Text::new(content.as_str(), sources.whole(id));
        blocks.extend(terraform::parse(name, &text, &mut unread).unwrap().1);
    }
    evaluate::evaluate(&mut blocks, &mut unread);
    blocks
}

pub(crate) fn needs_of(blocks: &[Block]) -> Needs {
    let mut unread = Vec::new();
    let policies = iam::find(blocks, &mut unread);
    need::derive(blocks, &policies, &mut unread)
}

/// The pairs of action and resource that each principal needs for sure.
pub(crate) fn needed(resources: Value) -> BTreeMap<String, BTreeSet<(String, String)>> {
    let needs = needs_of(&blocks(&[("main.tf.json", json!({"resource": resources}).to_string())]));
    pairs(&needs)
}

pub(crate) fn pairs(needs: &Needs) -> BTreeMap<String, BTreeSet<(String, String)>> {
    let principals = needs.principals.iter();
    let pairs = principals.map(|(address, principal)| {
        let needed = principal.needs.iter().filter(|need| need.certainty == Certainty::Needed);
        let pair = |need: &need::Need| {
            let resource = need.resource.written().to_owned();
            need.actions.iter().map(move |action| (action.clone(), resource.clone())).collect::<Vec<_>>()
        };
        (address.clone(), needed.flat_map(pair).collect())
    });
    pairs.collect()
}

/// The pairs that the policies of each holder grant, by the arguments `role` and `user`.
pub(crate) fn granted(blocks: &[Block]) -> BTreeMap<String, BTreeSet<(String, String)>> {
    let mut unread = Vec::new();
    let mut granted: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
    for policy in iam::find(blocks, &mut unread) {
        let Some(principal) = policy.address.strip_prefix("aws_iam_role_policy.") else {
            if let Some(user) = policy.address.strip_prefix("aws_iam_user_policy.") {
                let pairs = policy.statements.iter().flat_map(statement).collect::<Vec<_>>();
                granted.entry(format!("aws_iam_user.{user}")).or_default().extend(pairs);
            }
            continue;
        };
        let pairs = policy.statements.iter().flat_map(statement).collect::<Vec<_>>();
        granted.entry(format!("aws_iam_role.{principal}")).or_default().extend(pairs);
    }
    granted
}

fn statement(statement: &iam::Statement) -> Vec<(String, String)> {
    let resources: Vec<String> = statement.resources().map(written).collect();
    let pair = |action: &Text| {
        resources.iter().map(|resource| (action.as_str().to_owned(), resource.clone())).collect::<Vec<_>>()
    };
    statement.actions().flat_map(pair).collect()
}

/// A text as a template.
fn written(text: &Text) -> String {
    let character = |(at, character): (usize, char)| match text.hole(at).map(|node| &node.value) {
        Some(NodeValue::Reference(reference)) => format!("${{{reference}}}"),
        Some(_) => "${…}".to_owned(),
        None => character.to_string(),
    };
    text.as_str().char_indices().map(character).collect()
}

/// The messages of a rule, and of what it could not decide.
pub(crate) fn said(rule: &str, resources: Value) -> (Vec<String>, Vec<String>) {
    judged(rule, &[("main.tf.json", json!({"resource": resources}).to_string())])
}

pub(crate) fn judged(rule: &str, files: &[(&str, String)]) -> (Vec<String>, Vec<String>) {
    let mut unread = Vec::new();
    let subject = Subject::of(blocks(files), &mut unread);
    let mut judgement = Judgement::default();
    (find(rule).unwrap().check)(&subject, &mut judgement);
    judgement.settle();
    let undecided = judgement.undecided.into_iter().map(|later| later.why).collect();
    (judgement.findings.into_iter().map(|finding| finding.message).collect(), undecided)
}

/// A role that a service assumes.
pub(crate) fn role(name: &str, service: &str) -> Value {
    let trust = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": service}}]});
    json!({"name": name, "assume_role_policy": trust.to_string()})
}

/// An inline policy that allows these actions on these resources.
pub(crate) fn inline(role: &str, grants: &[(&[&str], &[&str])]) -> Value {
    let statements: Vec<Value> = grants
        .iter()
        .map(|(actions, resources)| json!({"Effect": "Allow", "Action": actions, "Resource": resources}))
        .collect();
    let policy = json!({"Version": "2012-10-17", "Statement": statements});
    json!({"role": format!("${{aws_iam_role.{role}.id}}"), "policy": policy.to_string()})
}

/// Pairs, for comparison.
pub(crate) fn set(pairs: &[(&str, &str)]) -> BTreeSet<(String, String)> {
    pairs.iter().map(|(action, resource)| ((*action).to_owned(), (*resource).to_owned())).collect()
}

/// The source texts that a rule reports.
pub(crate) fn places(rule: &str, document: &str) -> Vec<String> {
    let mut sources = Sources::default();
    let id = sources.add("main.tf.json", document);
    let (mut unread, mut judgement) = (Vec::new(), Judgement::default());
    let text = Text::new(document, sources.whole(id));
    let mut blocks = terraform::parse("main.tf.json", &text, &mut unread).unwrap().1;
    evaluate::evaluate(&mut blocks, &mut unread);
    (find(rule).unwrap().check)(&Subject::of(blocks, &mut unread), &mut judgement);
    judgement.settle();
    judgement.findings.iter().map(|finding| sources.written(finding.span).to_owned()).collect()
}
