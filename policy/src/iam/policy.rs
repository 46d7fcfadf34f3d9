//! A policy document with the place of every part.

use crate::known::Known;
use crate::source::Span;
use crate::text::Text;

/// What a policy governs, which decides what its elements mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyKind {
    /// Attached to a role, user or group: says what it may do.
    Identity,
    /// A role's trust policy: says who may assume it.
    Trust,
    /// Attached to a resource: says who may use it. `Resource: "*"` means the resource itself.
    Resource,
    /// A permissions boundary or a session policy: grants nothing, and takes away what it does not
    /// allow.
    Boundary,
    /// A service or resource control policy of an organization: grants nothing either.
    Organization,
    /// Attached to a VPC endpoint: says what may pass. It grants nothing either.
    Endpoint,
}

/// A policy found in a configuration.
#[derive(Clone, Debug)]
pub struct Policy {
    /// What it governs.
    pub kind: PolicyKind,
    /// The address of the block that carries it.
    pub address: String,
    /// The type of that block, such as `aws_iam_policy`.
    pub carrier: String,
    /// Where it is written.
    pub span: Span,
    /// Its `Version`.
    pub version: Known<Text>,
    /// Its statements.
    pub statements: Vec<Statement>,
    /// What is wrong in its form.
    pub flaws: Vec<Flaw>,
    /// The characters that it has at least, white space aside; none if it is not even an object of JSON.
    pub size: usize,
}

/// Something in the form of a policy that AWS refuses.
#[derive(Clone, Debug)]
pub struct Flaw {
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub what: String,
    /// What to write instead.
    pub instead: String,
}

/// What a statement does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// `"Allow"`.
    Allow,
    /// `"Deny"`.
    Deny,
}

/// One statement.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Where it is written.
    pub span: Span,
    /// `Sid`.
    pub sid: Known<Text>,
    /// `Effect`.
    pub effect: Known<Effect>,
    /// `Action`.
    pub action: Known<Entries>,
    /// `NotAction`.
    pub not_action: Known<Entries>,
    /// `Resource`.
    pub resource: Known<Entries>,
    /// `NotResource`.
    pub not_resource: Known<Entries>,
    /// `Principal`.
    pub principal: Known<Vec<Principal>>,
    /// `NotPrincipal`.
    pub not_principal: Known<Vec<Principal>>,
    /// `Condition`.
    pub condition: Known<Vec<Condition>>,
}

/// The strings of an element, written as one string or as a list of them.
#[derive(Clone, Debug)]
pub struct Entries {
    /// Where the element's name is written.
    pub span: Span,
    /// Its strings.
    pub texts: Vec<Text>,
}

/// One principal.
#[derive(Clone, Debug)]
pub struct Principal {
    /// `AWS`, `Service`, `Federated`, `CanonicalUser`, or `*` for a bare star.
    pub kind: String,
    /// Who.
    pub id: Text,
}

/// One key of one operator.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The operator, such as `StringLike`.
    pub operator: String,
    /// Where the operator is written.
    pub operator_span: Span,
    /// The key, such as `aws:SourceAccount`.
    pub key: String,
    /// Where the key is written.
    pub key_span: Span,
    /// The values that satisfy it.
    pub values: Vec<Text>,
}

impl Condition {
    /// Whether it holds only for requests that have the key, and for what its values say of it: a negated operator, one
    /// with `IfExists`, and `ForAllValues`, hold where the key is absent too (IAM user guide, "Condition operators").
    #[must_use]
    pub fn demands(&self) -> bool {
        let operator = self.operator.to_ascii_lowercase();
        !operator.contains("not")
            && !operator.contains("ifexists")
            && operator != "null"
            && !operator.starts_with("forallvalues")
    }
}

impl Statement {
    /// Whether it is known to allow.
    #[must_use]
    pub fn allows(&self) -> bool {
        self.effect == Known::Is(Effect::Allow)
    }

    /// The texts of `Action`, as far as it is known.
    pub fn actions(&self) -> impl Iterator<Item = &Text> {
        texts(&self.action)
    }

    /// The texts of `Resource`, as far as it is known.
    pub fn resources(&self) -> impl Iterator<Item = &Text> {
        texts(&self.resource)
    }

    /// The texts of `Action` and `NotAction`, as far as they are known.
    pub fn named_actions(&self) -> impl Iterator<Item = &Text> {
        self.actions().chain(texts(&self.not_action))
    }

    /// The texts of `Resource` and `NotResource`, as far as they are known.
    pub fn named_resources(&self) -> impl Iterator<Item = &Text> {
        self.resources().chain(texts(&self.not_resource))
    }

    /// The principals of `Principal` and `NotPrincipal`, as far as they are known.
    pub fn named_principals(&self) -> impl Iterator<Item = &Principal> {
        [&self.principal, &self.not_principal].into_iter().filter_map(Known::known).flatten()
    }

    /// The conditions on a key, names compared as IAM does: without case.
    pub fn conditions_on<'s>(&'s self, key: &'s str) -> impl Iterator<Item = &'s Condition> {
        let all = self.condition.known().into_iter().flatten();
        all.filter(move |condition| condition.key.eq_ignore_ascii_case(key))
    }

    /// Whether it has no condition, and that is known.
    #[must_use]
    pub fn is_unconditional(&self) -> bool {
        match &self.condition {
            Known::Absent => true,
            Known::Is(conditions) => conditions.is_empty(),
            Known::Later(_) => false,
        }
    }
}

impl Condition {
    /// Whether it holds only where its key is there, with a value that not everything matches.
    #[must_use]
    pub fn demands_a_value(&self) -> bool {
        let operator = self.operator.to_ascii_lowercase();
        let values = || self.values.iter().filter_map(Text::literal);
        if operator == "null" {
            return !self.values.is_empty() && values().all(|value| value.eq_ignore_ascii_case("false"));
        }
        // An operator on a set or with IfExists also holds where the key is absent.
        let holds_without =
            operator.contains("not") || operator.contains("ifexists") || operator.starts_with("forallvalues");
        let matches_all = |value: &str| !value.is_empty() && value.chars().all(|letter| letter == '*');
        !holds_without && !self.values.is_empty() && !values().any(matches_all)
    }
}

fn texts(entries: &Known<Entries>) -> impl Iterator<Item = &Text> {
    entries.known().into_iter().flat_map(|entries| &entries.texts)
}
