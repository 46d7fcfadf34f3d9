//! Input variables of a stack.

use std::marker::PhantomData;

use crate::block::Body;
use crate::constraint;
use crate::construct::Construct;
use crate::expression::Expression;
use crate::functions::{contains, floor, jsonencode, matches};
use crate::id::NodeId;
use crate::number::Number;
use crate::scope::Place;
use crate::secret::{Ephemeral, Sensitive};
use crate::term::{Term, Text};
use crate::tree::{Content, Element, ElementKind, Sensitivity};
use crate::value::{Any, List, Ref, Value};
use crate::variable_type::VariableType;

/// A variable whose value may be shown.
#[derive(Debug)]
pub enum Plain {}
/// A sensitive variable.
#[derive(Debug)]
pub enum Guarded {}
/// A sensitive variable that is kept in neither plan nor state.
#[derive(Debug)]
pub enum Fleeting {}

/// What a reference to a variable of some kind is: [`Ref`], [`Sensitive`] or [`Ephemeral`].
pub trait VariableKind<T> {
    /// The reference.
    type Reference;

    /// A reference to the variable at a node.
    fn reference(node: NodeId) -> Self::Reference;
}

impl<T> VariableKind<T> for Plain {
    type Reference = Ref<T>;

    fn reference(node: NodeId) -> Ref<T> {
        Ref::attribute(node, "")
    }
}

impl<T> VariableKind<T> for Guarded {
    type Reference = Sensitive<T>;

    fn reference(node: NodeId) -> Sensitive<T> {
        Sensitive::attribute(node, "")
    }
}

impl<T> VariableKind<T> for Fleeting {
    type Reference = Ephemeral<T>;

    fn reference(node: NodeId) -> Ephemeral<T> {
        Ephemeral::attribute(node, "")
    }
}

/// A condition on a variable's value, which may also refer to other variables.
type Rule<T> = Box<dyn FnOnce(Value<T>) -> Value<bool>>;

/// Whether a variable accepts `null` ("Disallowing Null Input Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Null {
    /// It stands for the default, or is refused.
    Refused,
    Accepted,
}

/// A value that is given when the stack is applied ("Input Variables"). `null` is refused, unless it is [`nullable`].
///
/// [`nullable`]: Variable::nullable
pub struct Variable<T, K = Plain> {
    constraint: Option<Text>,
    null: Null,
    description: Option<Text>,
    default: Option<Term>,
    rules: Vec<(Rule<T>, Value<String>)>,
    sensitivity: Sensitivity,
    kind: PhantomData<K>,
}

impl<T, K> std::fmt::Debug for Variable<T, K> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Variable").field("description", &self.description).finish_non_exhaustive()
    }
}

impl Variable<Any> {
    /// A variable of a type constraint as Terraform writes it: `object({name = string, size = optional(number)})`.
    /// What is no type constraint is refused when the app is resolved.
    pub fn of_type(constraint: impl Into<Text>) -> Self {
        Variable::new().constraint(constraint)
    }
}

impl<T> Variable<T> {
    /// A variable that must be given.
    #[expect(clippy::new_without_default, reason = "the type of a variable is always written")]
    pub fn new() -> Self {
        Variable {
            constraint: None,
            null: Null::Refused,
            description: None,
            default: None,
            rules: Vec::new(),
            sensitivity: Sensitivity::Plain,
            kind: PhantomData,
        }
    }

    /// The value where none is given. It must be a literal: Terraform evaluates no expressions here.
    #[must_use]
    pub fn default(mut self, value: impl Into<Value<T>>) -> Self {
        self.default = Some(value.into().into_term());
        self
    }

    /// Hides the value in plans and logs; the state still holds it. A sensitive variable has no default.
    #[must_use]
    pub fn sensitive(self) -> Variable<T, Guarded> {
        self.guarded(Sensitivity::Sensitive)
    }

    /// Hides the value and keeps it in neither plan nor state: only write-only arguments, provider blocks and
    /// ephemeral resources accept it (Terraform 1.10 and later).
    #[must_use]
    pub fn ephemeral(self) -> Variable<T, Fleeting> {
        self.guarded(Sensitivity::Ephemeral)
    }

    fn guarded<K>(self, sensitivity: Sensitivity) -> Variable<T, K> {
        let Variable { constraint, null, description, rules, .. } = self;
        Variable { constraint, null, description, default: None, rules, sensitivity, kind: PhantomData }
    }
}

impl<T> Variable<T, Guarded> {
    /// The value where none is given, which stands in the configuration for everybody to read. `reason` says why that
    /// does no harm.
    #[must_use]
    pub fn plaintext_default(mut self, value: impl Into<Value<T>>, reason: &'static str) -> Self {
        let _ = reason;
        self.default = Some(value.into().into_term());
        self
    }
}

impl<T> Variable<T, Fleeting> {
    /// The value where none is given, which stands in the configuration for everybody to read. `reason` says why that
    /// does no harm.
    #[must_use]
    pub fn plaintext_default(mut self, value: impl Into<Value<T>>, reason: &'static str) -> Self {
        let _ = reason;
        self.default = Some(value.into().into_term());
        self
    }
}

impl<T, K> Variable<T, K> {
    /// What the variable is for.
    #[must_use]
    pub fn description(mut self, description: impl Into<Text>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Says more of the type than Rust does: `map(object({ size = optional(number) }))` of a `Variable<Map<Any>>`.
    /// What is no type constraint is refused when the app is resolved.
    #[must_use]
    pub fn constraint(mut self, constraint: impl Into<Text>) -> Self {
        self.constraint = Some(constraint.into());
        self
    }

    /// Accepts `null`, also where there is a default ("Disallowing Null Input Values").
    #[must_use]
    pub fn nullable(mut self) -> Self {
        self.null = Null::Accepted;
        self
    }

    /// Refuses values for which `condition` does not hold, with a message that says what is accepted.
    #[must_use]
    pub fn validate(
        mut self,
        condition: impl FnOnce(Value<T>) -> Value<bool> + 'static,
        message: impl Into<Value<String>>,
    ) -> Self {
        self.rules.push((Box::new(condition), message.into()));
        self
    }
}

impl<K> Variable<String, K> {
    /// Accepts only text that matches a regular expression of Go's RE2; `message` says what that means.
    #[must_use]
    pub fn pattern(self, pattern: impl Into<String>, message: impl Into<Value<String>>) -> Self {
        let pattern = pattern.into();
        self.validate(move |value| matches(pattern, value), message)
    }
}

impl<T: 'static, K> Variable<T, K> {
    /// Accepts only the given values.
    #[must_use]
    pub fn one_of<V: Into<Value<T>>>(self, values: impl IntoIterator<Item = V>) -> Self {
        let values: Value<List<T>> = values.into_iter().collect();
        let message = match written_out(values.term()) {
            Some(accepted) => Value::from(format!("Accepted: {accepted}.")),
            None => Value::from("Accepted: ") + jsonencode(values.clone()),
        };
        self.validate(move |value| contains(values, value), message)
    }
}

/// A list of literals, separated by commas.
fn written_out(list: &Term) -> Option<String> {
    let Term::List(values) = list else { return None };
    let words = values.iter().map(|value| match value {
        Term::Text(text) | Term::Decimal(text) => Some(text.to_string()),
        Term::Integer(number) => Some(number.to_string()),
        Term::Bool(value) => Some(value.to_string()),
        _ => None,
    });
    Some(words.collect::<Option<Vec<_>>>()?.join(", "))
}

impl<K> Variable<Number, K> {
    /// Accepts only whole numbers from `least` to `most`.
    #[must_use]
    pub fn whole(self, least: i64, most: i64) -> Self {
        self.validate(
            move |value| {
                let whole = floor(value.clone()).equals(value.clone());
                value.clone().at_least(least).and(value.at_most(most)).and(whole)
            },
            format!("Accepted: a whole number from {least} to {most}."),
        )
    }
}

impl<T: VariableType, K: VariableKind<T>> Construct for Variable<T, K> {
    type Handle = K::Reference;

    fn build(self, place: Place<'_, '_>) -> K::Reference {
        let verbatim = |term: Term| Term::Verbatim(Box::new(term));
        let constraint = self.constraint.unwrap_or_else(|| T::constraint().into());
        let constraint = match constraint::mistake(&constraint) {
            Some(why) => Term::Refused(why.into()),
            None => verbatim(Term::Text(constraint)),
        };
        let mut body = Body::new().with("type", constraint);
        if self.null == Null::Refused {
            body.set("nullable", Term::Bool(false));
        }
        if let Some(description) = self.description {
            body.set("description", verbatim(Term::Text(description)));
        }
        if let Some(default) = self.default {
            body.set("default", verbatim(default));
        }
        let (sensitive, ephemeral, requires) = match self.sensitivity {
            Sensitivity::Plain => (false, false, (0, 0)),
            Sensitivity::Sensitive => (true, false, (0, 0)),
            Sensitivity::Ephemeral => (true, true, (1, 10)),
        };
        if sensitive {
            body.set("sensitive", Term::Bool(true));
        }
        if ephemeral {
            body.set("ephemeral", Term::Bool(true));
        }
        let element = Element::new(ElementKind::Variable, "", body);
        let Place { scope, id, origin } = place;
        let element = Element { sensitivity: self.sensitivity, requires, ..element };
        let node = scope.tree.push(scope.node, id, origin, Content::Element(element));
        let value = || Value::of(Expression::reference(node, ""));
        let validations: Vec<Term> = self
            .rules
            .into_iter()
            .map(|(rule, message)| {
                Body::new().with("condition", rule(value())).with("error_message", message)
            })
            .map(Term::Block)
            .collect();
        if let (false, Some(element)) = (validations.is_empty(), scope.tree.element_mut(node)) {
            element.body.set("validation", Term::List(validations));
        }
        K::reference(node)
    }
}
