//! Rules about secrets in plain text.

pub(super) mod authorization_header;
pub(super) mod command_password;
pub(super) mod credential_file;
pub(super) mod json_web_token;
pub(super) mod kept_value;
pub(super) mod named_literal;
pub(super) mod plain_environment;
pub(super) mod private_key;
pub(super) mod provider_credential;
pub(super) mod provisioner_command;
pub(super) mod random_literal;
pub(super) mod sensitive_argument;
pub(super) mod shown_value;
pub(super) mod unmarked_output;
pub(super) mod url_password;
pub(super) mod user_data;
pub(super) mod variable_default;
pub(super) mod vendor_token;

use std::ops::Range;

use super::{Finding, Judgement, Rule, Subject};
use crate::secrets::{self, Carried, Check, Kind, Literal, Secret};
use crate::terraform::Block;

/// A finding on a sensitive value, with the places it comes through.
fn carried(rule: &'static Rule, block: &Block, value: Carried, message: String) -> Finding {
    let finding = Finding::new(rule, value.span, block.address(), message);
    value.way.into_iter().fold(finding, |finding, (span, what)| finding.related(span, what))
}

/// A finding on a part of a literal; `place` says where it stands, as in "the environment".
fn finding(
    rule: &'static Rule,
    subject: &Subject,
    literal: Literal<'_>,
    part: Range<usize>,
    place: &str,
) -> Finding {
    let value = literal.text.as_str().get(part.clone()).unwrap_or_default();
    let mut overlapping = literal.matches.iter();
    let found = overlapping.find(|found| found.range.start < part.end && part.start < found.range.end);
    let kind = found.map_or("literal secret", |found| found.what);
    let sort = found.map_or("literal", |found| found.kind.name());
    let whole = part == (0..literal.text.as_str().len());
    let span = if whole { literal.text.span() } else { literal.text.span_of(part) };
    let address = subject.blocks.get(literal.block).map(Block::address).unwrap_or_default();
    let inside: String =
        literal.layers.iter().rev().map(|layer| format!(", inside {}", layer.name())).collect();
    let check = match found.map_or(Check::None, |found| found.check) {
        Check::None => String::new(),
        Check::Agrees => "; its checksum agrees".to_owned(),
        Check::Disagrees => "; its checksum does not agree: it was mistyped or made up".to_owned(),
        Check::Account(account) => format!("; it belongs to account {account:012}"),
    };
    let message = format!("{kind} in {place}{inside}{check}");
    Finding::new(rule, span, address, message).of_secret(Secret::of(sort, kind, value))
}

/// A finding on a literal as a whole.
fn whole(rule: &'static Rule, subject: &Subject, literal: Literal<'_>, place: &str) -> Finding {
    finding(rule, subject, literal, 0..literal.text.as_str().len(), place)
}

/// Reports every secret of a form; where one is seen with and without its encoding, without: that names it best.
fn report_form(rule: &'static Rule, kind: Kind, subject: &Subject, judgement: &mut Judgement) {
    for literal in subject.literals().iter().rev() {
        for found in literal.matches.iter().filter(|found| found.kind == kind) {
            judgement.report(finding(rule, subject, literal, found.range.clone(), &place(literal)));
        }
    }
}

/// The place of a literal in words.
fn place(literal: Literal<'_>) -> String {
    match (literal.path.last(), literal.name.as_str()) {
        (_, name) if !name.is_empty() => format!("`{name}`"),
        (Some(key), _) => format!("`{key}`"),
        (None, _) => "plain text".to_owned(),
    }
}

/// The literals with their blocks.
fn literals(subject: &Subject) -> impl Iterator<Item = (Literal<'_>, &Block)> {
    subject.literals().iter().filter_map(|literal| Some((literal, subject.blocks.get(literal.block)?)))
}

/// Whether a literal is known whole and could be a secret.
fn is_candidate(literal: Literal<'_>) -> bool {
    is_candidate_under(&literal.name, literal)
}

/// The same for a literal that another name says more about than its own.
fn is_candidate_under(name: &str, literal: Literal<'_>) -> bool {
    literal.text.literal().is_some_and(|value| !secrets::is_quiet_under(name, value))
}
