//! Late work of constructs: done when the app is resolved, after everything was added and before it is changed.

use std::fmt;

use crate::scope::Scope;
use crate::tree::Tree;

/// Work that is done once.
pub(crate) struct Pass {
    /// What it is asked for by, where several constructs ask for the same.
    name: Option<&'static str>,
    work: Box<dyn FnOnce(&mut Tree)>,
}

impl fmt::Debug for Pass {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pass").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Scope<'_> {
    /// Does `work` once when the app is resolved, however often it is asked for under this name.
    pub fn once(&mut self, name: &'static str, work: fn(&mut Tree)) {
        if self.tree.passes.iter().all(|pass| pass.name != Some(name)) {
            self.tree.passes.push(Pass { name: Some(name), work: Box::new(work) });
        }
    }

    /// Does `work` when the app is resolved: a construct's look at what others are.
    pub fn finally(&mut self, work: impl FnOnce(&mut Tree) + 'static) {
        self.tree.passes.push(Pass { name: None, work: Box::new(work) });
    }
}

/// Does all that constructs asked for, in that order.
pub(crate) fn run(tree: &mut Tree) {
    for pass in std::mem::take(&mut tree.passes) {
        (pass.work)(tree);
    }
}
