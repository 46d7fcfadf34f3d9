//! What Terraform's own blocks look like.

mod blocks;
mod provisioners;

pub(crate) use blocks::{CHECK, DATA, EMPTY, EPHEMERAL, MODULE, OUTPUT, PROVIDER, RESOURCE, ROOT, VARIABLE};
pub(crate) use provisioners::provisioner;

/// What may stand in a block.
#[derive(Debug)]
pub(crate) struct Grammar {
    pub(crate) arguments: &'static [Argument],
    pub(crate) blocks: &'static [Nested],
}

/// An argument.
#[derive(Debug)]
pub(crate) struct Argument {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) takes: Takes,
}

/// A block in a block.
#[derive(Debug)]
pub(crate) struct Nested {
    pub(crate) name: &'static str,
    pub(crate) labels: &'static [&'static str],
    pub(crate) most: Option<usize>,
    pub(crate) least: usize,
    pub(crate) grammar: &'static Grammar,
}

/// How an argument's value is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// An expression of any type.
    Value,
    /// An expression that becomes text.
    Text,
    /// An expression that becomes a number.
    Number,
    /// An expression that becomes a bool.
    Bool,
    /// A list of texts.
    Texts,
    /// Text that is not evaluated.
    LiteralText,
    /// A version constraint.
    Version,
    /// The version constraint that Terraform's own version must meet.
    OwnVersion,
    /// A bool that is not evaluated.
    LiteralBool,
    /// JSON that is not evaluated.
    Literal,
    /// `count`.
    Count,
    /// `for_each`.
    ForEach,
    /// `depends_on`.
    DependsOn,
    /// The provider of a resource.
    Provider,
    /// The providers of a module.
    Providers,
    /// `ignore_changes`.
    IgnoreChanges,
    /// `replace_triggered_by`.
    ReplaceTriggers,
    /// A condition, which must refer to something.
    Condition,
    /// The type of a variable.
    Constraint,
    /// An address, as `moved` has it.
    Address,
    /// The resource that an `import` fills.
    ImportTo,
    /// One of these words.
    Word(&'static [&'static str]),
}

impl Grammar {
    pub(crate) fn argument(&self, name: &str) -> Option<(usize, &'static Argument)> {
        self.arguments.iter().enumerate().find(|(_, argument)| argument.name == name)
    }

    pub(crate) fn block(&self, name: &str) -> Option<(usize, &'static Nested)> {
        self.blocks.iter().enumerate().find(|(_, block)| block.name == name)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let arguments = self.arguments.iter().map(|argument| argument.name);
        arguments.chain(self.blocks.iter().map(|block| block.name))
    }
}

const fn may(name: &'static str, takes: Takes) -> Argument {
    Argument { name, required: false, takes }
}

const fn must(name: &'static str, takes: Takes) -> Argument {
    Argument { name, required: true, takes }
}

const fn block(name: &'static str, most: Option<usize>, grammar: &'static Grammar) -> Nested {
    Nested { name, labels: &[], most, least: 0, grammar }
}

const fn named(name: &'static str, labels: &'static [&'static str], grammar: &'static Grammar) -> Nested {
    Nested { name, labels, most: None, least: 0, grammar }
}
