//! Variables.

use hcl_edit::expr::{Expression, ObjectKey};
use hcl_edit::structure::Block;

use super::secret::AS_WRITTEN;
use super::{Program, id};
use crate::environment::Binding;
use crate::expression::{Code, Mark};
use crate::rust::Rust;
use crate::source::{Declaration, closed_text_of, text_of};
use crate::types::Type;

impl<'a> Program<'a> {
    pub(super) fn variable(&mut self, declaration: &Declaration) {
        let (name, place) = (declaration.label(0), &declaration.place);
        let constraint = declaration.argument("type").map(current);
        let of = constraint.as_ref().map_or(Type::Any, Type::constrained);
        let mut rust = Rust::call(format!("Variable::<{}>::new", of.rust()), []);
        if let Some(constraint) = constraint.filter(|_| !of.is_whole()) {
            rust = rust.method("constraint", [Rust::text(&spelled(&constraint))]);
        }
        if let Some(description) = declaration.argument("description") {
            rust = rust.method("description", [self.literal(declaration, description)]);
        }
        let mark = match (is_set(declaration, "sensitive"), is_set(declaration, "ephemeral")) {
            (_, true) => Mark::Ephemeral,
            (true, false) => Mark::Sensitive,
            (false, false) => Mark::Plain,
        };
        let default = declaration.argument("default").map(|default| {
            let said = self.speaker(place).say(default, &of);
            said.map_or_else(|_| Rust::call("null", []), |code| code.accepted(&of))
        });
        if let (Mark::Plain, Some(default)) = (mark, &default) {
            rust = rust.method("default", [default.clone()]);
        }
        if !is_unset(declaration, "nullable") {
            rust = rust.method("nullable", []);
        }
        for validation in declaration.body.get_blocks("validation") {
            rust = self.validation(rust, declaration, validation, &of);
        }
        let face = match mark {
            Mark::Plain => None,
            Mark::Sensitive => Some("sensitive"),
            Mark::Ephemeral => Some("ephemeral"),
        };
        if let Some(face) = face {
            rust = rust.method(face, []);
            if let Some(default) = default {
                rust = rust.method("plaintext_default", [default, Rust::text(AS_WRITTEN)]);
            }
        }
        if mark == Mark::Ephemeral && !is_set(declaration, "sensitive") {
            self.notes.look(place.clone(), format!("`var.{name}` is ephemeral, and now sensitive too"));
        }
        let word = self.word(&declaration.address());
        self.environment.bind(declaration.address(), Binding::Named { word, of, mark });
        self.add(&declaration.address(), &Rust::word("stack").method("add", [id(name), rust]));
    }

    fn validation(&mut self, rust: Rust, declaration: &Declaration, block: &Block, of: &Type<'a>) -> Rust {
        let argument = |name| block.body.get_attribute(name).map(|attribute| &attribute.value);
        let (Some(condition), Some(message)) = (argument("condition"), argument("error_message")) else {
            return rust;
        };
        let address = declaration.address();
        let word = self.word(&address);
        // In the closure it is a value; other variables cannot be borrowed there.
        let binding = Binding::Named { word: word.clone(), of: of.clone(), mark: Mark::Plain };
        self.environment.bind(address.clone(), binding);
        let said = if refers_to_others(condition, &address) {
            self.notes
                .kept(declaration.place.of_block(block), "a validation refers to more than its variable");
            Ok(Code::value(kept("bool", condition), Type::Bool, Mark::Plain))
        } else {
            self.speaker(&declaration.place).say(condition, &Type::Bool)
        };
        let condition = said.map_or_else(|_| kept("bool", condition), |code| code.accepted(&Type::Bool));
        let condition = match condition {
            Rust::Borrow(named) => Rust::call("Value::from", [*named]),
            Rust::Word(word) => Rust::call("Value::from", [Rust::Word(word)]),
            rust => rust,
        };
        let message = if refers_to_others(message, "") {
            kept("String", message)
        } else {
            let said = self.speaker(&declaration.place).say(message, &Type::Text);
            said.map_or_else(|_| kept("String", message), |code| code.accepted(&Type::Text))
        };
        let parameter = if condition.mentions(&word) { word } else { "_".to_owned() };
        rust.method("validate", [Rust::closure(parameter, condition), message])
    }

    /// A text that Terraform evaluates nothing in.
    pub(super) fn literal(&mut self, declaration: &Declaration, expression: &Expression) -> Rust {
        let said = self.speaker(&declaration.place).say(expression, &Type::Text);
        said.map_or_else(|_| Rust::text(""), |code| code.rust)
    }
}

/// An expression as its text.
fn kept(of: &str, expression: &Expression) -> Rust {
    Rust::call(format!("verbatim::<{of}>"), [Rust::text(&closed_text_of(expression))])
}

fn refers_to_others(expression: &Expression, address: &str) -> bool {
    crate::order::expression_references(expression)
        .iter()
        .any(|other| other != address && other.contains('.') && !other.starts_with("provider."))
}

/// Whether an argument is there and true.
pub(super) fn is_set(declaration: &Declaration, name: &str) -> bool {
    match declaration.argument(name) {
        Some(Expression::Bool(value)) => *value.value(),
        Some(Expression::String(text)) => text.as_str() == "true",
        _ => false,
    }
}

/// Whether an argument is there and false.
fn is_unset(declaration: &Declaration, name: &str) -> bool {
    match declaration.argument(name) {
        Some(Expression::Bool(value)) => !*value.value(),
        Some(Expression::String(text)) => text.as_str() == "false",
        _ => false,
    }
}

/// A type constraint as Terraform writes it since 0.12. It still takes `list` and `map` alone, and those and `string` in
/// quotation marks (terraform, `internal/configs/named_values.go`, `decodeVariableType`).
fn current(constraint: &Expression) -> Expression {
    let word = match constraint {
        Expression::Variable(word) => word.as_str(),
        Expression::String(text) => text.as_str(),
        _ => "",
    };
    let text = match word {
        "list" => "list(any)",
        "map" => "map(any)",
        "string" => "string",
        _ => return constraint.clone(),
    };
    text.parse().unwrap_or_else(|_| constraint.clone())
}

/// A type constraint on one line.
fn spelled(constraint: &Expression) -> String {
    match constraint {
        Expression::Parenthesis(inner) => spelled(inner.inner()),
        Expression::FuncCall(call) => {
            let arguments: Vec<String> = call.args.iter().map(spelled).collect();
            format!("{}({})", call.name.name.as_str(), arguments.join(", "))
        }
        Expression::Array(items) => {
            format!("[{}]", items.iter().map(spelled).collect::<Vec<_>>().join(", "))
        }
        Expression::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| {
                let key = match key {
                    ObjectKey::Ident(name) => name.as_str().to_owned(),
                    ObjectKey::Expression(other) => text_of(other),
                };
                format!("{key} = {}", spelled(value.expr()))
            });
            let fields: Vec<String> = fields.collect();
            if fields.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", fields.join(", ")) }
        }
        Expression::Variable(word) => word.as_str().to_owned(),
        other => text_of(other),
    }
}
