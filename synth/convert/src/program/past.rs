//! What was there before: `moved`, `import`, `removed`.

use hcl_edit::expr::Expression;

use super::Program;
use crate::environment::Binding;
use crate::rust::Rust;
use crate::source::{Declaration, text_of};
use crate::types::Type;

impl Program<'_> {
    pub(super) fn moved(&mut self, declaration: &Declaration) {
        let (Some(from), Some(to)) = (declaration.argument("from"), declaration.argument("to")) else {
            self.notes.left(declaration.place.clone(), "`moved` without `from` and `to`");
            return;
        };
        let (from, to) = (address(from), address(to));
        let stack = Rust::word("stack");
        let rust = match self.handle(&to) {
            Some(word) => stack.method("moved", [Rust::text(&from), Rust::word(word)]),
            None => stack.method("moved_to_address", [Rust::text(&from), Rust::text(&to)]),
        };
        self.statement(&rust);
    }

    pub(super) fn import(&mut self, declaration: &Declaration) {
        let (to, id) = (declaration.argument("to").map(address), declaration.argument("id"));
        let word = to.as_deref().and_then(|to| self.handle(to));
        let plain = declaration.body.attributes().count() == 2;
        let (Some(word), Some(id), true) = (word, id, plain) else {
            self.notes.left(declaration.place.clone(), "an import of one of several objects");
            return;
        };
        let said = self.speaker(&declaration.place).accepted(id, &Type::Text);
        match said {
            Ok(id) => self.statement(&Rust::word("stack").method("import", [Rust::word(word), id])),
            Err(why) => self.notes.left(declaration.place.clone(), why.0),
        }
    }

    pub(super) fn removed(&mut self, declaration: &Declaration) {
        let Some(from) = declaration.argument("from").map(address) else {
            self.notes.left(declaration.place.clone(), "`removed` without `from`");
            return;
        };
        let lifecycle = declaration.body.get_blocks("lifecycle").next();
        let destroy = lifecycle.and_then(|block| block.body.get_attribute("destroy"));
        let removal = match destroy.map(|attribute| &attribute.value) {
            Some(Expression::Bool(destroy)) if !*destroy.value() => "Removal::Forget",
            _ => "Removal::Destroy",
        };
        self.unknown(declaration, &["from"], &["lifecycle"]);
        let rust = Rust::word("stack").method("removed", [Rust::text(&from), Rust::word(removal)]);
        self.statement(&rust);
    }

    /// The word of the element or call at an address.
    fn handle(&self, address: &str) -> Option<String> {
        match self.environment.find(address)? {
            Binding::Element(element) => Some(element.word.clone()),
            Binding::Module { word, .. } => Some(word.clone()),
            Binding::Named { .. } | Binding::Provider { .. } => None,
        }
    }
}

/// An address as its text.
fn address(expression: &Expression) -> String {
    match expression {
        Expression::String(text) => text.as_str().to_owned(),
        other => text_of(other),
    }
}
