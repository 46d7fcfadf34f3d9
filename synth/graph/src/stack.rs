//! What is drawn: the blocks of one or several stacks, with what their policies say.

use std::sync::Arc;

use policy::iam::{self, Identity, Policy};
use policy::known::Later;
use policy::source::Span;
use policy::terraform::{Block, Configuration, Kind};
use policy::{Sources, evaluate, report};

/// One stack: a configuration with the modules it calls, a plan or a state.
#[derive(Debug)]
pub struct Stack {
    /// What it is called; its folder, usually.
    pub name: String,
    pub(crate) blocks: Vec<Block>,
    pub(crate) policies: Vec<Arc<Policy>>,
    pub(crate) identities: Vec<Identity>,
    /// What could not be read or computed, each with its place.
    pub(crate) unread: Vec<String>,
}

impl Stack {
    /// The stacks of a configuration, itself and each plan and each state among its files; and the files that are none of these,
    /// with the reason.
    #[must_use]
    pub fn all_of(
        name: &str,
        mut configuration: Configuration,
        sources: &Sources,
    ) -> (Vec<Stack>, Vec<String>) {
        let (mut unread, mut failures) = (Vec::new(), Vec::new());
        let written = configuration.blocks(&mut unread);
        let mut documents: Vec<Vec<Block>> = if written.is_empty() { Vec::new() } else { vec![written] };
        for folder in configuration.folders() {
            unread.append(&mut folder.unread);
            let failed = folder.failures.drain(..);
            failures.extend(failed.map(|failure| said(sources, failure.span, &failure.message)));
            documents.append(&mut folder.shown);
        }
        if documents.is_empty() {
            documents.push(Vec::new());
        }
        let alone = documents.len() == 1;
        let numbered = |number: usize| if alone { name.to_owned() } else { format!("{name} {number}") };
        let documents = documents.into_iter().zip(1..);
        let mut stacks: Vec<Stack> = documents
            .map(|(blocks, number)| Stack::of(numbered(number), blocks, std::mem::take(&mut unread), sources))
            .collect();
        stacks.sort_by(|one, other| one.name.cmp(&other.name));
        (stacks, failures)
    }

    fn of(name: String, mut blocks: Vec<Block>, mut unread: Vec<Later>, sources: &Sources) -> Stack {
        evaluate::evaluate(&mut blocks, &mut unread);
        let policies = iam::find(&blocks, &mut unread);
        let identities = iam::identities(&blocks, &policies);
        let unread = unread.into_iter().map(|later| said(sources, later.span, &later.why)).collect();
        Stack { name, blocks, policies, identities, unread }
    }

    /// The addresses of its resources.
    pub fn resources(&self) -> impl Iterator<Item = String> {
        self.blocks.iter().filter(|block| block.kind == Kind::Resource).map(Block::address)
    }
}

fn said(sources: &Sources, span: Span, why: &str) -> String {
    format!("{}: {why}", report::human::place(sources, span))
}

/// What a picture of stacks is called.
#[must_use]
pub fn title(stacks: &[Stack]) -> String {
    let names: Vec<&str> = stacks.iter().map(|stack| stack.name.as_str()).collect();
    format!("Architecture of {}", names.join(", "))
}
