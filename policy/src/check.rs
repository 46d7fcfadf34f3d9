//! The pipeline: one line for each pass.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::Mutex;
use std::thread;

use crate::evaluate;
use crate::known::Later;
use crate::node::{Node, Opacity, Value};
use crate::report::Report;
use crate::rules::{Judgement, RULES, Rule, Subject, Theme};
use crate::source::{SourceId, Sources};
use crate::terraform::{Block, Configuration, Folder};

/// Judges the files of one folder, which Terraform reads together. Modules that they call are not
/// followed: [`judge`] does that.
#[must_use]
pub fn check(sources: &Sources, files: &[SourceId]) -> Report {
    judge(Configuration::of(Path::new(""), Folder::read(sources, files)))
}

/// Judges a configuration with the modules it calls, and every plan and state among its files.
#[must_use]
pub fn judge(mut configuration: Configuration) -> Report {
    let mut unread = Vec::new();
    let blocks = configuration.blocks(&mut unread);
    let mut report = Report::default();
    let mut documents = vec![blocks];
    for folder in configuration.folders() {
        report.files = report.files.saturating_add(folder.files);
        report.failures.append(&mut folder.failures);
        unread.append(&mut folder.unread);
        documents.append(&mut folder.shown);
    }
    for blocks in documents {
        let mut judgement = judgement(blocks, std::mem::take(&mut unread));
        judgement.settle();
        report.findings.append(&mut judgement.findings);
        report.undecided.append(&mut judgement.undecided);
    }
    report
}

/// What Linux gives the first thread: a configuration is judged in the same way in each.
const STACK: usize = 8 << 20;

/// Judges configurations side by side; the report has the order of the configurations.
#[must_use]
pub fn judge_all(configurations: Vec<Configuration>) -> Report {
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(configurations.len());
    let queue = Mutex::new(configurations.into_iter().enumerate());
    let next = || queue.lock().ok()?.next();
    let work = || {
        let mut judged = Vec::new();
        while let Some((index, configuration)) = next() {
            judged.push((index, judge(configuration)));
        }
        judged
    };
    let mut judged: Vec<(usize, Report)> = thread::scope(|scope| {
        // A thread that cannot be started leaves its work to the others.
        let start = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok();
        let threads: Vec<_> = (1..workers).filter_map(start).collect();
        let mut judged = work();
        for thread in threads {
            judged.extend(thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        judged
    });
    judged.sort_by_key(|(index, _)| *index);
    judged.into_iter().fold(Report::default(), |mut all, (_, report)| {
        all.append(report);
        all
    })
}

fn judgement(mut blocks: Vec<Block>, undecided: Vec<Later>) -> Judgement {
    let mut judgement = Judgement { undecided, ..Judgement::default() };
    evaluate::evaluate(&mut blocks, &mut judgement.undecided);
    for block in &blocks {
        unreadable(&block.written, &mut judgement.undecided);
    }
    let subject = Subject::of(blocks, &mut judgement.undecided);
    // What rules on policies and those on secrets judge takes as much memory as the blocks: it is not there at once.
    let (secrets, others): (Vec<&Rule>, Vec<&Rule>) =
        RULES.iter().partition(|rule| rule.theme() == Theme::Secrets);
    others.iter().for_each(|rule| (rule.check)(&subject, &mut judgement));
    let subject = subject.without_policies();
    secrets.iter().for_each(|rule| (rule.check)(&subject, &mut judgement));
    judgement.undecided.extend_from_slice(subject.unread_literals());
    judgement
}

/// The strings that should be templates and are not.
fn unreadable(node: &Node, unread: &mut Vec<Later>) {
    if let Value::Opaque(opaque) = &node.value
        && opaque.why == Opacity::Unreadable
    {
        unread.push(Later::of(node));
    }
    for child in node.children() {
        unreadable(child, unread);
    }
}
