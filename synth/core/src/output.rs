//! Outputs of a stack.

use crate::block::Body;
use crate::construct::Construct;
use crate::draft::Handle;
use crate::meta::{depend_on, rule};
use crate::scope::Place;
use crate::secret::Sensitive;
use crate::term::{Term, Text};
use crate::tree::{Element, ElementKind, Sensitivity};
use crate::value::Value;

/// A value that a stack shows when it is applied, and offers to other stacks ("Output Values").
#[derive(Clone, Debug)]
pub struct Output {
    body: Body,
    sensitivity: Sensitivity,
}

impl Output {
    /// An output of a value that may be shown.
    pub fn of<T>(value: impl Into<Value<T>>) -> Self {
        Output { body: Body::new().with("value", value.into()), sensitivity: Sensitivity::Plain }
    }

    /// An output of a sensitive value, marked so.
    pub fn of_sensitive<T>(value: Sensitive<T>) -> Self {
        let body = Body::new().with("value", value).with("sensitive", Term::Bool(true));
        Output { body, sensitivity: Sensitivity::Sensitive }
    }

    /// What the output is.
    #[must_use]
    pub fn description(mut self, description: impl Into<Text>) -> Self {
        self.body.set("description", Term::Verbatim(Box::new(Term::Text(description.into()))));
        self
    }

    /// Makes Terraform finish an element, or every element of a construct, before the output is computed.
    #[must_use]
    pub fn depends_on(mut self, handle: impl Handle) -> Self {
        depend_on(&mut self.body, handle);
        self
    }

    /// Refuses to plan where `condition` does not hold ("Custom Conditions"); it must refer to something.
    #[must_use]
    pub fn precondition(
        mut self,
        condition: impl Into<Value<bool>>,
        message: impl Into<Value<String>>,
    ) -> Self {
        self.body.push("precondition", rule(condition.into(), message.into()));
        self
    }
}

impl Construct for Output {
    type Handle = ();

    fn build(self, place: Place<'_, '_>) {
        let Output { body, sensitivity } = self;
        place.element(Element { sensitivity, ..Element::new(ElementKind::Output, "", body) });
    }
}
