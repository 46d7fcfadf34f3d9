//! Which blocks an expression means, in its own stack and in the others.

use std::collections::BTreeSet;

use policy::node::{Node, Reference, Step, Value};
use policy::terraform::{Kind, ModulePath};
use policy::text::Text;

use super::{At, Index, collect};

/// Where names are looked up: in a module of a stack.
pub(in crate::build) struct Scope {
    pub(in crate::build) stack: usize,
    pub(in crate::build) module: ModulePath,
}

/// What an expression means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::build) enum Meant {
    /// A block.
    Block(At),
    /// A value that somebody gives: a variable, an output of a stack that is not here.
    Given(String),
}

/// What the references in a text mean.
#[derive(Debug, Default)]
pub(in crate::build) struct Named {
    pub(in crate::build) blocks: BTreeSet<At>,
    /// Values that somebody gives.
    pub(in crate::build) given: BTreeSet<String>,
}

impl Index<'_> {
    /// What a node that is a reference, or a literal ARN or id, means.
    pub(in crate::build) fn meant(&self, scope: &Scope, node: &Node) -> Vec<Meant> {
        self.followed(scope, node, &mut BTreeSet::new())
    }

    /// All that an expression means.
    pub(in crate::build) fn all_meant(&self, scope: &Scope, node: &Node) -> BTreeSet<Meant> {
        let mut named = Vec::new();
        collect(node, "", &mut named);
        named.into_iter().flat_map(|(_, node)| self.meant(scope, node)).collect()
    }

    /// All that the references in a text mean.
    pub(in crate::build) fn in_text(&self, scope: &Scope, text: &Text) -> Named {
        let mut named = Named::default();
        for meant in text.holes().flat_map(|hole| self.all_meant(scope, hole)) {
            match meant {
                Meant::Block(at) => named.blocks.insert(at),
                Meant::Given(value) => named.given.insert(value),
            };
        }
        named
    }

    fn followed(&self, scope: &Scope, node: &Node, seen: &mut BTreeSet<(usize, String)>) -> Vec<Meant> {
        match &node.value {
            Value::Reference(reference) => self.referred(scope, reference, seen),
            Value::Text(text) => match text.literal() {
                // Others than these are words that anything may be called by.
                Some(text) if is_identifier(text) => {
                    self.named(scope.stack, text).iter().map(|at| Meant::Block(*at)).collect()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn referred(
        &self,
        scope: &Scope,
        reference: &Reference,
        seen: &mut BTreeSet<(usize, String)>,
    ) -> Vec<Meant> {
        let names = reference.names();
        let (kind, type_name, name) = match names.as_slice() {
            ["data", "terraform_remote_state", state, ..] => {
                return self.output(scope.stack, state, reference, seen);
            }
            ["data", type_name, name, ..] => (Kind::Data, *type_name, *name),
            ["ephemeral", type_name, name, ..] => (Kind::Ephemeral, *type_name, *name),
            ["var", ..] => return vec![Meant::Given(reference.to_string())],
            ["module", ..] => return vec![Meant::Given(reference.to_string())],
            ["each" | "count" | "self" | "path" | "local" | "terraform", ..] => return Vec::new(),
            [type_name, name, ..] => (Kind::Resource, *type_name, *name),
            _ => return Vec::new(),
        };
        let all = self.by_label.get(&(scope.stack, kind, type_name, name)).map_or(&[][..], Vec::as_slice);
        let instance = reference.steps.iter().find_map(|step| match step {
            Step::Index(key) => Some(key.as_str()),
            Step::Attribute(_) | Step::Computed(_) | Step::Any => None,
        });
        let is_meant = |at: &&At| {
            let own = self.block(**at).map_or("", |block| block.instance.trim_matches(['[', ']', '"']));
            own.is_empty() || instance.is_none_or(|instance| instance == own)
        };
        let is_here = |at: &&At| self.block(**at).is_some_and(|block| block.module == scope.module);
        let here: Vec<Meant> =
            all.iter().filter(is_here).filter(is_meant).map(|at| Meant::Block(*at)).collect();
        if here.is_empty() {
            // An argument of a module was computed where it was given, so its block may be in another module.
            return all.iter().filter(is_meant).map(|at| Meant::Block(*at)).collect();
        }
        here
    }

    /// What the output of another stack refers to.
    fn output(
        &self,
        stack: usize,
        state: &str,
        reference: &Reference,
        seen: &mut BTreeSet<(usize, String)>,
    ) -> Vec<Meant> {
        let given = || vec![Meant::Given(reference.to_string())];
        let mut steps = reference.steps.iter().map(|step| match step {
            Step::Attribute(name) | Step::Index(name) => name.as_str(),
            Step::Computed(_) | Step::Any => "",
        });
        let name = steps.by_ref().skip_while(|step| *step != "outputs").nth(1);
        let (Some(name), Some(other)) = (name, self.states.get(&(stack, state))) else { return given() };
        let Some(output) = self.outputs.get(&(*other, name)) else { return given() };
        if !seen.insert((*other, name.to_owned())) {
            return Vec::new();
        }
        let mut found = Vec::new();
        let scope = self.scope(*output);
        if let Some(block) = self.block(*output) {
            for body in [&block.written, &block.body] {
                let mut named = Vec::new();
                collect(body, "value", &mut named);
                for (_, node) in named {
                    found.extend(self.followed(&scope, node, seen));
                }
            }
        }
        found.sort();
        found.dedup();
        found
    }
}

/// Whether a text is an ARN or an id that AWS makes up: a word, and at least eight hexadecimal digits.
fn is_identifier(text: &str) -> bool {
    let id =
        |(_, digits): (&str, &str)| digits.len() >= 8 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.starts_with("arn:") || text.rsplit_once('-').is_some_and(id)
}
