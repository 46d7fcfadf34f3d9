//! Where an expression stands: whose it is, and which names mean something there.

use crate::module::Repeats;
use crate::types::Type;

/// The surroundings of an expression.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    /// What needs what the expression refers to; nothing where a need makes no cycle.
    pub(crate) owner: Option<usize>,
    /// The block's number in the module's table.
    pub(crate) index: Option<usize>,
    /// Whether the arguments are kept in the state, so that no ephemeral value may stand in them.
    pub(crate) keeps: bool,
    pub(crate) repeats: Repeats,
    /// The resource itself.
    pub(crate) this: Type<'a>,
    /// Whether `self` means the resource here: in provisioners, connections and postconditions.
    pub(crate) has_self: bool,
    /// Names of `for` expressions and dynamic blocks, the innermost last.
    pub(crate) names: Vec<(&'a str, Type<'a>)>,
    /// Above zero inside of `try` and `can`, where a step that fails is no mistake.
    pub(crate) tolerant: u32,
    /// The JSON string that holds the expression.
    pub(crate) string: u32,
}

impl<'a> Context<'a> {
    pub(crate) fn new(index: usize) -> Context<'a> {
        Context {
            owner: Some(index),
            index: Some(index),
            keeps: true,
            repeats: Repeats::Once,
            this: Type::Any,
            has_self: false,
            names: Vec::new(),
            tolerant: 0,
            string: 0,
        }
    }

    /// The type of a name that a `for` or a dynamic block has made.
    pub(crate) fn name(&self, name: &str) -> Option<&Type<'a>> {
        self.names.iter().rev().find(|(known, _)| *known == name).map(|(_, of)| of)
    }
}
