//! What questions about access are asked of: a policy document, or a configuration.

use std::io;
use std::path::Path;

use crate::access::{Policy, Sets};
use crate::evaluate;
use crate::json;
use crate::known::Later;
use crate::node::Node;
use crate::output::{self, Inputs};
use crate::report;
use crate::source::{SourceId, Sources};
use crate::terraform::Block;

/// What a path is.
pub(super) enum Input {
    /// A policy document.
    Policy(Policy),
    /// A configuration, a plan or a state.
    Sets(Sets),
}

/// Reads a path; what cannot be read is an error, since nothing can be said then.
pub(super) fn read(path: &Path) -> io::Result<Input> {
    if !path.is_dir() {
        let mut sources = Sources::default();
        let id = output::read_file(path, &mut sources)?;
        if is_policy(&sources, id) {
            return match Policy::read(&sources, id) {
                Ok(policy) => Ok(Input::Policy(policy)),
                Err(failure) => {
                    let place = report::human::place(&sources, failure.span);
                    Err(io::Error::other(format!("{place}: {}", failure.message)))
                }
            };
        }
    }
    let (blocks, unread) = blocks(path)?;
    Ok(Input::Sets(Sets::of(&blocks, unread)))
}

/// Reads a configuration, a plan or a state: its blocks with their expressions computed, and what was not understood.
pub(super) fn blocks(path: &Path) -> io::Result<(Vec<Block>, Vec<Later>)> {
    let Inputs { sources, configurations, problems } =
        output::read(&[path.to_path_buf()], Sources::default());
    let mut failures: Vec<String> = problems;
    let mut unread = Vec::new();
    let mut blocks = Vec::new();
    for mut configuration in configurations {
        blocks.extend(configuration.blocks(&mut unread));
        for folder in configuration.folders() {
            unread.append(&mut folder.unread);
            blocks.extend(folder.shown.drain(..).flatten());
            let shown = folder.failures.drain(..);
            failures.extend(shown.map(|failure| {
                format!("{}: {}", report::human::place(&sources, failure.span), failure.message)
            }));
        }
    }
    if !failures.is_empty() {
        return Err(io::Error::other(failures.join("\nerror: ")));
    }
    evaluate::evaluate(&mut blocks, &mut unread);
    Ok((blocks, unread))
}

/// Whether a file has the form of a policy document.
fn is_policy(sources: &Sources, id: SourceId) -> bool {
    let root = json::read(&sources.text(id)).ok();
    let names = |node: &Node| node.members().iter().any(|member| member.name().is_some_and(is_statement));
    root.is_some_and(|root| names(&root))
}

fn is_statement(name: &str) -> bool {
    name.eq_ignore_ascii_case("Statement")
}
