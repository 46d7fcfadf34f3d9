//! What was there before: `moved`, `import`, `removed`.

use hcl_edit::expr::Expression;

use super::Program;
use crate::environment::{Binding, Element, Repeated};
use crate::expression::{Unsayable, unsayable};
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
        let argument = |name| declaration.argument(name);
        let said = match (argument("to").map(address), argument("id"), argument("for_each")) {
            _ if declaration.argument("provider").is_some() => {
                unsayable("an import by a configuration of its own: it is that of the resource")
            }
            (Some(to), Some(id), None) => self.import_one(declaration, &to, id),
            (Some(to), Some(id), Some(entries)) => self.import_each(declaration, &to, id, entries),
            _ => unsayable("an import without `to` and `id`"),
        };
        match said {
            Ok(rust) => self.statement(&rust),
            Err(Unsayable(why)) => self.notes.left(declaration.place.clone(), why),
        }
    }

    fn import_one(
        &mut self,
        declaration: &Declaration,
        to: &str,
        id: &Expression,
    ) -> Result<Rust, Unsayable> {
        let id = self.speaker(&declaration.place).accepted(id, &Type::Text)?;
        let stack = Rust::word("stack");
        Ok(match self.handle(to) {
            Some(word) => stack.method("import", [Rust::word(word), id]),
            None => stack.method("import_to_address", [Rust::text(to), id]),
        })
    }

    /// An import of all objects of a resource, whose ids are the values of a map.
    fn import_each(
        &mut self,
        declaration: &Declaration,
        to: &str,
        id: &Expression,
        entries: &Expression,
    ) -> Result<Rust, Unsayable> {
        let all = to.strip_suffix("[each.key]").and_then(|all| self.environment.find(all));
        let Some(Binding::Element(Element { word, repeated: Repeated::Keyed, .. })) = all else {
            return unsayable(
                "an import with `for_each` into something else than `[each.key]` of one resource",
            );
        };
        if text_of(id) != "each.value" {
            return unsayable("an import whose ids are not the values of `for_each`");
        }
        let word = word.clone();
        let ids = Type::map(Type::Text);
        let entries = self.speaker(&declaration.place).say(entries, &ids)?.claimed(ids).ready();
        Ok(Rust::word("stack").method("import_each", [Rust::word(word), entries]))
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
