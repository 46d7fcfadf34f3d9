//! The pipeline: one line for each pass.

use crate::evaluate;
use crate::json;
use crate::known::Later;
use crate::node::{Node, Opacity, Value};
use crate::report::{Failure, Report};
use crate::rules::{Judgement, RULES, Subject};
use crate::source::{Source, SourceId, Sources};
use crate::terraform::{self, Block, Kind};
use crate::text::Text;

/// Judges the files of one configuration: those of one folder, which Terraform reads together.
#[must_use]
pub fn check(sources: &Sources, files: &[SourceId]) -> Report {
    let mut failures = Vec::new();
    let mut judgement = Judgement::default();
    let mut blocks = Vec::new();
    for file in files {
        match read(sources, *file, &mut judgement.undecided) {
            Ok(read) => blocks.extend(read),
            Err(failure) => failures.push(failure),
        }
    }
    evaluate::evaluate(&mut blocks, &mut judgement.undecided);
    unread_parts(&blocks, &mut judgement.undecided);
    let subject = Subject::of(blocks, &mut judgement.undecided);
    for rule in RULES {
        (rule.check)(&subject, &mut judgement);
    }
    judgement.settle();
    Report { files: files.len(), findings: judgement.findings, undecided: judgement.undecided, failures }
}

fn read(sources: &Sources, file: SourceId, unread: &mut Vec<Later>) -> Result<Vec<Block>, Failure> {
    let source = sources.find(file).map(Source::text).unwrap_or_default();
    let text = Text::new(source, sources.whole(file));
    let document = json::read(&text)
        .map_err(|error| Failure { span: error.span, message: format!("not JSON: {error}") })?;
    terraform::read(&document, unread)
        .map_err(|refusal| Failure { span: refusal.span(), message: refusal.to_string() })
}

/// What the configuration refers to and this tool does not follow.
fn unread_parts(blocks: &[Block], unread: &mut Vec<Later>) {
    for block in blocks {
        if block.kind == Kind::Module {
            unread.push(Later { span: block.span, why: "the content of a module is not read".into() });
        }
        unreadable(&block.written, unread);
    }
}

fn unreadable(node: &Node, unread: &mut Vec<Later>) {
    if let Value::Opaque { why: Opacity::Unreadable, .. } = &node.value {
        unread.push(Later::of(node));
    }
    for child in node.children() {
        unreadable(child, unread);
    }
}
