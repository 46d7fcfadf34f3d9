//! What is wrong, and what could not be decided, with its place in a file.

use std::fmt;

use serde::Serialize;

/// The kind of a mistake; its name is stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// The file is not JSON.
    NotJson,
    /// JSON of another kind than Terraform takes there: a string for a block, a number for a list of names.
    WrongStructure,
    /// A block or an argument that does not exist there.
    UnknownArgument,
    /// A type of resource, data source or ephemeral resource that its provider does not have.
    UnknownType,
    /// An argument that only the provider sets.
    ReadOnlyArgument,
    /// A required argument is not set.
    MissingArgument,
    /// Fewer blocks than are needed.
    MissingBlock,
    /// More blocks than are allowed.
    TooManyBlocks,
    /// Something stands twice that may stand once.
    Duplicate,
    /// A name that is no name in Terraform.
    InvalidName,
    /// An override of nothing, or of what cannot be overridden.
    InvalidOverride,
    /// Arguments that exclude each other.
    ConflictingArguments,
    /// A value of another type than is needed.
    WrongType,
    /// A value that is not one of those allowed there.
    WrongValue,
    /// Text that is not an expression.
    MalformedExpression,
    /// A reference to something that nobody declares.
    UndeclaredReference,
    /// A reference to an attribute that the referenced thing has not.
    UnknownAttribute,
    /// A reference that means nothing where it stands.
    MisplacedReference,
    /// A function that does not exist.
    UnknownFunction,
    /// Too few or too many arguments of a function, or one of another type.
    FunctionArguments,
    /// Things that need each other.
    Cycle,
    /// An ephemeral value where it would be kept.
    EphemeralValue,
    /// A sensitive value in an output that is not marked.
    ExposedSecret,
}

impl Rule {
    /// The rule's stable name, `unknown-argument`.
    pub fn name(self) -> &'static str {
        match self {
            Rule::NotJson => "not-json",
            Rule::WrongStructure => "wrong-structure",
            Rule::UnknownArgument => "unknown-argument",
            Rule::UnknownType => "unknown-type",
            Rule::ReadOnlyArgument => "read-only-argument",
            Rule::MissingArgument => "missing-argument",
            Rule::MissingBlock => "missing-block",
            Rule::TooManyBlocks => "too-many-blocks",
            Rule::Duplicate => "duplicate",
            Rule::InvalidName => "invalid-name",
            Rule::InvalidOverride => "invalid-override",
            Rule::ConflictingArguments => "conflicting-arguments",
            Rule::WrongType => "wrong-type",
            Rule::WrongValue => "wrong-value",
            Rule::MalformedExpression => "malformed-expression",
            Rule::UndeclaredReference => "undeclared-reference",
            Rule::UnknownAttribute => "unknown-attribute",
            Rule::MisplacedReference => "misplaced-reference",
            Rule::UnknownFunction => "unknown-function",
            Rule::FunctionArguments => "function-arguments",
            Rule::Cycle => "cycle",
            Rule::EphemeralValue => "ephemeral-value",
            Rule::ExposedSecret => "exposed-secret",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A mistake as it was found, before its place is spelled out: it is a byte of `Files`.
#[derive(Debug)]
pub(crate) struct Mistake {
    pub(crate) at: u32,
    pub(crate) rule: Rule,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    /// The place of the other one, when there are two.
    pub(crate) first: Option<u32>,
}

/// What could not be decided.
#[derive(Debug)]
pub(crate) struct Doubt {
    pub(crate) at: u32,
    pub(crate) why: String,
}

/// Everything that was found so far.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) mistakes: Vec<Mistake>,
    pub(crate) doubts: Vec<Doubt>,
    /// Where a literal stands in an argument that the schema calls sensitive.
    pub(crate) secrets: Vec<u32>,
}

impl Findings {
    pub(crate) fn report(&mut self, at: u32, rule: Rule, message: String, help: Option<String>) {
        self.mistakes.push(Mistake { at, rule, message, help, first: None });
    }

    /// What nothing declares may be declared in files that were not read.
    pub(crate) fn open(&mut self, unread: &[&str]) {
        let Some(file) = unread.first() else { return };
        let open = |mistake: &Mistake| {
            let undeclared = matches!(mistake.rule, Rule::UndeclaredReference | Rule::InvalidOverride);
            undeclared.then(|| format!("{}; `{file}`, which was not read, may declare it", mistake.message))
        };
        let doubts =
            self.mistakes.iter().filter_map(|mistake| Some(Doubt { at: mistake.at, why: open(mistake)? }));
        self.doubts.extend(doubts);
        self.mistakes.retain(|mistake| open(mistake).is_none());
    }

    pub(crate) fn extend(&mut self, other: Findings) {
        self.mistakes.extend(other.mistakes);
        self.doubts.extend(other.doubts);
        self.secrets.extend(other.secrets);
    }

    pub(crate) fn doubt(&mut self, at: u32, why: String) {
        self.doubts.push(Doubt { at, why });
    }
}
