//! Locals, outputs and checks.

use hcl_edit::expr::Expression;
use hcl_edit::structure::{Block, Body};

use super::variable::is_set;
use super::{Program, id};
use crate::environment::Binding;
use crate::expression::{Code, Form, Mark, Unsayable};
use crate::rust::Rust;
use crate::source::{Declaration, text_of};
use crate::types::Type;

impl<'a> Program<'a> {
    pub(super) fn local(&mut self, declaration: &Declaration) {
        let Some(code) = self.value(declaration) else { return };
        let (of, mark) = (code.of.clone(), code.mark);
        let made = match mark {
            Mark::Plain if code.is_typed() && code.form != Form::Object => {
                Rust::call("Local::of", [code.clone().accepted(&of)])
            }
            Mark::Plain => Rust::call("Local::of", [code.into_value()]),
            Mark::Sensitive => Rust::call("Local::of_sensitive", [faced(code, mark)]),
            Mark::Ephemeral => Rust::call("Local::of_ephemeral", [faced(code, mark)]),
        };
        let word = self.word(&declaration.address());
        // A reference to a named struct is one to the object in it.
        let of = if let Type::Object(builder) = of { Type::Element(builder) } else { of };
        self.environment.bind(declaration.address(), Binding::Named { word, of, mark });
        self.add(
            &declaration.address(),
            &Rust::word("stack").method("add", [id(declaration.label(0)), made]),
        );
    }

    pub(super) fn output(&mut self, declaration: &Declaration) {
        let Some(code) = self.value(declaration) else { return };
        let of = code.of.clone();
        let mut rust = if is_set(declaration, "sensitive") {
            Rust::call("Output::of_sensitive", [faced(code, Mark::Sensitive)])
        } else if code.is_typed() {
            Rust::call("Output::of", [code.accepted(&of)])
        } else {
            Rust::call(format!("Output::of::<{}>", of.rust()), [code.accepted(&of)])
        };
        if let Some(description) = declaration.argument("description") {
            rust = rust.method("description", [self.literal(declaration, description)]);
        }
        for word in self.dependencies(declaration) {
            rust = rust.method("depends_on", [Rust::word(word)]);
        }
        for block in declaration.body.get_blocks("precondition") {
            if let Some(rule) = self.rule(declaration, block) {
                rust = rust.method("precondition", rule);
            }
        }
        self.unknown(declaration, &["value", "description", "sensitive", "depends_on"], &["precondition"]);
        self.statement(&Rust::word("stack").method("add", [id(declaration.label(0)), rust]));
    }

    pub(super) fn check(&mut self, declaration: &Declaration) {
        let rules: Vec<[Rust; 2]> = {
            let blocks: Vec<&Block> = declaration.body.get_blocks("assert").collect();
            blocks.into_iter().filter_map(|block| self.rule(declaration, block)).collect()
        };
        self.unknown(declaration, &[], &["assert"]);
        let mut rules = rules.into_iter();
        let Some(first) = rules.next() else { return };
        let first = Rust::call("Check::that", first);
        let check = rules.fold(first, |check, rule| check.method("and", rule));
        self.statement(&Rust::word("stack").method("add", [id(declaration.label(0)), check]));
    }

    fn value(&mut self, declaration: &Declaration) -> Option<Code<'a>> {
        let Some(value) = declaration.argument("value") else {
            self.notes.left(declaration.place.clone(), "it has no value");
            return None;
        };
        match self.speaker(&declaration.place).say(value, &Type::Any) {
            Ok(code) => Some(code),
            Err(Unsayable(why)) => {
                self.notes.left(declaration.place.clone(), why);
                None
            }
        }
    }

    /// A condition and its message.
    pub(super) fn rule(&mut self, declaration: &Declaration, block: &Block) -> Option<[Rust; 2]> {
        self.rule_with(declaration, block, Vec::new())
    }

    /// What is written in a block that has no place in Rust.
    pub(super) fn unknown(&mut self, declaration: &Declaration, arguments: &[&str], blocks: &[&str]) {
        self.unknown_in(declaration, &declaration.body, arguments, blocks);
    }

    pub(super) fn unknown_in(
        &mut self,
        declaration: &Declaration,
        body: &Body,
        arguments: &[&str],
        blocks: &[&str],
    ) {
        use hcl_edit::Span as _;
        for attribute in body.attributes() {
            let name = attribute.key.as_str();
            if !arguments.contains(&name) {
                let place = declaration.place.at(attribute.span());
                self.notes.left(place, format!("`{name}` of `{}`", declaration.kind));
            }
        }
        for block in body.blocks() {
            let name = block.ident.as_str();
            if !blocks.contains(&name) {
                let place = declaration.place.of_block(block);
                self.notes.left(place, format!("the block `{name}` of `{}`", declaration.kind));
            }
        }
    }

    /// The words of what a declaration waits for.
    pub(super) fn dependencies(&mut self, declaration: &Declaration) -> Vec<String> {
        let Some(Expression::Array(all)) = declaration.argument("depends_on") else { return Vec::new() };
        let mut words = Vec::new();
        for one in all.iter() {
            let address = crate::order::expression_references(one).into_iter().next();
            let word = address.and_then(|address| {
                let binding = self.environment.find(&address)?;
                match binding {
                    Binding::Element(element) => Some(element.word.clone()),
                    Binding::Module { word, .. } => Some(word.clone()),
                    Binding::Named { .. } | Binding::Provider { .. } => None,
                }
            });
            match word {
                Some(word) => words.push(word),
                None => {
                    let place = declaration.place.within(one);
                    self.notes.left(place, format!("the dependency on `{}`", text_of(one)));
                }
            }
        }
        words
    }
}

/// A value of a face that hides it.
pub(super) fn faced(code: Code<'_>, mark: Mark) -> Rust {
    if code.mark == mark && matches!(code.form, Form::Hidden | Form::NamedHidden) {
        return code.owned();
    }
    Rust::call(format!("{}::<{}>::of", mark.face(), code.of.rust()), [code.into_term()])
}
