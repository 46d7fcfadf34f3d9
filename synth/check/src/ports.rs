//! The inputs and outputs of called modules, among those who need each other.
//!
//! As Terraform orders its work: an input waits for what is given to it; an output for the inputs it is made of; the end of
//! a call for all of its inputs; and all of them for the `count`, `for_each` and `depends_on` of the call.

use std::collections::HashMap;

use crate::check::{Checker, Edge};
use crate::quick::Quick;

/// One end of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Port<'a> {
    Input(&'a str),
    Output(&'a str),
    /// Everything in the module.
    End,
}

/// The ends that were named, numbered on from what the caller declares.
#[derive(Debug)]
pub(crate) struct Ports<'a> {
    first: usize,
    all: Vec<(usize, Port<'a>)>,
    known: HashMap<(usize, Port<'a>), usize, Quick>,
}

impl<'a> Ports<'a> {
    pub(crate) fn after(first: usize) -> Ports<'a> {
        Ports { first, all: Vec::new(), known: HashMap::default() }
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// The number of one end of a call.
    pub(crate) fn node(&mut self, call: usize, port: Port<'a>) -> usize {
        *self.known.entry((call, port)).or_insert_with(|| {
            self.all.push((call, port));
            self.first + self.all.len() - 1
        })
    }

    /// The call of a number, and which end it is.
    pub(crate) fn at(&self, node: usize) -> Option<(usize, Port<'a>)> {
        self.all.get(node.checked_sub(self.first)?).copied()
    }
}

impl<'a> Checker<'a> {
    /// Adds what the ends of each call need inside.
    pub(crate) fn join_ports(&mut self) {
        for (place, (call, port)) in self.ports.all.iter().enumerate() {
            let (from, call) = (self.ports.first + place, *call);
            let Some(declared) = self.module.declared.get(call) else { continue };
            let mut needs = |to: usize| self.edges.push(Edge { from, to, at: declared.at, index: 0 });
            needs(call);
            let inputs = self.ports.all.iter().zip(self.ports.first..).filter(|((of, _), _)| *of == call);
            for ((_, input), node) in inputs {
                let Port::Input(name) = input else { continue };
                let output = |name: &str| self.inside.get(&call).and_then(|inside| inside.outputs.get(name));
                let needed = match port {
                    Port::Input(_) => false,
                    Port::Output(of) => output(of).is_some_and(|output| output.needs.contains(name)),
                    Port::End => true,
                };
                if needed {
                    needs(node);
                }
            }
        }
    }

    /// What a number stands for, as Terraform writes it.
    pub(crate) fn address(&self, node: usize) -> String {
        let declared = |node: usize| self.module.declared.get(node).map(|declared| declared.key.address());
        match self.ports.at(node) {
            Some((call, port)) => {
                let call = declared(call).unwrap_or_default();
                match port {
                    Port::Input(name) => format!("{call}.var.{name}"),
                    Port::Output(name) => format!("{call}.{name}"),
                    Port::End => call,
                }
            }
            None => declared(node).unwrap_or_default(),
        }
    }
}
