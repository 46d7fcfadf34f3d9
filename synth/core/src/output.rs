//! Outputs of a stack.

use crate::block::Body;
use crate::construct::Construct;
use crate::scope::Place;
use crate::secret::Sensitive;
use crate::term::{Term, Text};
use crate::tree::{Element, ElementKind, Sensitivity};
use crate::value::Value;

/// A value that a stack shows when it is applied, and offers to other stacks ("Output Values").
#[derive(Clone, Debug)]
pub struct Output {
    value: Term,
    description: Option<Text>,
    sensitivity: Sensitivity,
}

impl Output {
    /// An output of a value that may be shown.
    pub fn of<T>(value: impl Into<Value<T>>) -> Self {
        Output { value: value.into().into_term(), description: None, sensitivity: Sensitivity::Plain }
    }

    /// An output of a sensitive value, marked so.
    pub fn of_sensitive<T>(value: Sensitive<T>) -> Self {
        Output { value: value.into_term(), description: None, sensitivity: Sensitivity::Sensitive }
    }

    /// What the output is.
    #[must_use]
    pub fn description(mut self, description: impl Into<Text>) -> Self {
        self.description = Some(description.into());
        self
    }
}

impl Construct for Output {
    type Handle = ();

    fn build(self, place: Place<'_, '_>) {
        let mut body = Body::new().with("value", self.value);
        if let Some(description) = self.description {
            body.set("description", Term::Verbatim(Box::new(Term::Text(description))));
        }
        if self.sensitivity == Sensitivity::Sensitive {
            body.set("sensitive", Term::Bool(true));
        }
        let sensitivity = self.sensitivity;
        place.element(Element { sensitivity, ..Element::new(ElementKind::Output, "", body) });
    }
}
