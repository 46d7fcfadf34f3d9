//! The type parameters of a builder: one for each required argument.

use crate::shape::{Field, Shape};

pub(super) struct Generics {
    /// The functions of the required arguments.
    required: Vec<String>,
}

impl Generics {
    pub(super) fn of(shape: &Shape) -> Self {
        let required = shape.fields.iter().filter(|field| field.required && field.settable);
        Generics { required: required.map(|field| field.function.clone()).collect() }
    }

    /// As the macros that declare builders read them: `S0 name, S1 type_`.
    pub(super) fn declared(&self) -> String {
        self.each(|function, state| format!("{state} {function}"))
    }

    /// `<S0, S1>`
    pub(super) fn parameters(&self) -> String {
        self.bracketed(self.each(|_, state| state.to_owned()))
    }

    /// `<S0: IsSet<required::name>>`
    pub(super) fn bounds(&self) -> String {
        self.bracketed(self.each(|function, state| format!("{state}: IsSet<required::{function}>")))
    }

    /// The builder's type after a field was set.
    pub(super) fn after(&self, name: &str, field: &Field) -> String {
        if !field.required {
            return "Self".to_owned();
        }
        let set = |function: &str, state: &str| {
            if function == field.function { "Yes".to_owned() } else { state.to_owned() }
        };
        format!("{name}{}", self.bracketed(self.each(set)))
    }

    fn each(&self, part: impl Fn(&str, &str) -> String) -> String {
        let parts = self.required.iter().enumerate();
        let parts: Vec<String> =
            parts.map(|(number, function)| part(function, &format!("S{number}"))).collect();
        parts.join(", ")
    }

    fn bracketed(&self, inner: String) -> String {
        if self.required.is_empty() { String::new() } else { format!("<{inner}>") }
    }
}
