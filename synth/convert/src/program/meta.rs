//! Meta-arguments: how many, in which order, by which configuration, and what happens on changes.

use hcl_edit::Span as _;
use hcl_edit::expr::{Expression, Traversal, TraversalOperator};
use hcl_edit::structure::Block;
use synth_bindings::Builder;

use super::Program;
use super::element::Words;
use crate::environment::{Binding, Repeated, Word};
use crate::expression::{Form, Unsayable};
use crate::rust::Rust;
use crate::source::{Declaration, text_of};
use crate::types::Type;

/// How many objects an element makes, in Rust.
pub(super) enum Repetition<'a> {
    Once,
    Count { count: Rust, word: String },
    ForEach { entries: Rust, word: String, key: Type<'a>, value: Type<'a> },
}

impl<'a> Repetition<'a> {
    /// The words that the element's expressions have.
    pub(super) fn words(&self, own: Option<Builder<'a>>) -> Words<'a> {
        let own = ("self".to_owned(), Word::Own(own));
        match self {
            Repetition::Once => vec![own],
            Repetition::Count { word, .. } => {
                vec![own, ("count".to_owned(), Word::Count { word: word.clone() })]
            }
            Repetition::ForEach { word, key, value, .. } => {
                let (word, key, value) = (word.clone(), key.clone(), value.clone());
                vec![own, ("each".to_owned(), Word::Entry { word, key, value })]
            }
        }
    }

    pub(super) fn repeated(&self) -> Repeated {
        match self {
            Repetition::Once => Repeated::Once,
            Repetition::Count { .. } => Repeated::Counted,
            Repetition::ForEach { .. } => Repeated::Keyed,
        }
    }
}

impl<'a> Program<'a> {
    pub(super) fn repetition(&mut self, declaration: &Declaration) -> Repetition<'a> {
        let place = &declaration.place;
        if let Some(count) = declaration.argument("count") {
            let word = self.environment.free("index");
            if let Ok(count) = self.speaker(place).accepted(count, &Type::Number) {
                return Repetition::Count { count, word };
            }
        }
        let Some(entries) = declaration.argument("for_each") else { return Repetition::Once };
        let word = self.environment.free("each");
        let Ok(code) = self.speaker(place).say(entries, &Type::Any) else { return Repetition::Once };
        let value = code.of.item();
        let of = match &code.of {
            Type::Map(_) => code.of.clone(),
            Type::Set(_) | Type::List(_) => Type::set(Type::Text),
            _ => Type::map(value.clone()),
        };
        let value = if let Type::Set(_) = of { Type::Text } else { value };
        Repetition::ForEach { entries: code.claimed(of).ready(), word, key: Type::Text, value }
    }

    /// A builder with the meta-arguments of its declaration.
    pub(super) fn meta(&mut self, mut rust: Rust, declaration: &Declaration, words: &Words<'a>) -> Rust {
        for word in self.dependencies(declaration) {
            rust = rust.method("depends_on", [Rust::word(word)]);
        }
        if let Some(provider) = declaration.argument("provider")
            && let Some(word) = self.configuration(declaration, provider)
        {
            rust = rust.method("provider", [Rust::word(word)]);
        }
        for block in declaration.body.get_blocks("lifecycle") {
            rust = self.lifecycle(rust, declaration, block, words);
        }
        for block in declaration.body.get_blocks("connection") {
            let place = declaration.place.of_block(block);
            match self.untyped_body(&block.body, &place, words) {
                Ok(body) => rust = rust.method("argument", [Rust::text("connection"), body]),
                Err(Unsayable(why)) => self.notes.left(place, why),
            }
        }
        let provisioners: Vec<&Block> = declaration.body.get_blocks("provisioner").collect();
        if !provisioners.is_empty() {
            rust = self.provisioners(rust, declaration, &provisioners, words);
        }
        rust
    }

    /// The word of a configuration that is named; none for the default one, which nobody need name.
    pub(super) fn configuration(&mut self, declaration: &Declaration, named: &Expression) -> Option<String> {
        let text = match named {
            Expression::String(text) => text.as_str().to_owned(),
            other => text_of(other),
        };
        match self.environment.find(&format!("provider.{text}")) {
            Some(Binding::Provider { word }) => Some(word.clone()),
            _ if !text.contains('.') => None,
            _ => {
                let place = declaration.place.within(named);
                self.notes.left(place, format!("the configuration `{text}` is not declared"));
                None
            }
        }
    }

    fn lifecycle(&mut self, rust: Rust, declaration: &Declaration, block: &Block, words: &Words<'a>) -> Rust {
        let mut lifecycle = Rust::call("Lifecycle::new", []);
        let mut is_empty = true;
        for attribute in block.body.attributes() {
            let (name, value) = (attribute.key.as_str(), &attribute.value);
            let place = declaration.place.at(attribute.span());
            let next = match (name, value) {
                ("create_before_destroy" | "prevent_destroy", Expression::Bool(flag)) if *flag.value() => {
                    Some(lifecycle.clone().method(name, []))
                }
                // It is so by itself.
                ("create_before_destroy" | "prevent_destroy", Expression::Bool(_)) => continue,
                ("ignore_changes", Expression::Variable(all)) if all.as_str() == "all" => {
                    Some(lifecycle.clone().method("ignore_all_changes", []))
                }
                ("ignore_changes", Expression::Array(paths)) => {
                    let ignored = |lifecycle: Rust, path: &Expression| {
                        let path = match path {
                            Expression::String(text) => text.as_str().to_owned(),
                            other => text_of(other),
                        };
                        lifecycle.method("ignore_changes", [Rust::text(&path)])
                    };
                    Some(paths.iter().fold(lifecycle.clone(), ignored))
                }
                ("replace_triggered_by", Expression::Array(triggers)) => {
                    self.triggers(lifecycle.clone(), triggers.iter().collect(), declaration)
                }
                _ => None,
            };
            match next {
                Some(next) => (lifecycle, is_empty) = (next, false),
                None => self.notes.left(place, format!("`{name}` of the block `lifecycle`")),
            }
        }
        let mut rust = if is_empty { rust } else { rust.method("lifecycle", [lifecycle]) };
        for name in ["precondition", "postcondition"] {
            for rule in block.body.get_blocks(name) {
                if let Some(rule) = self.rule_with(declaration, rule, words.clone()) {
                    rust = rust.method(name, rule);
                }
            }
        }
        rust
    }

    fn triggers(
        &mut self,
        lifecycle: Rust,
        all: Vec<&Expression>,
        declaration: &Declaration,
    ) -> Option<Rust> {
        all.into_iter().try_fold(lifecycle, |lifecycle, trigger| match trigger {
            Expression::Traversal(whole) if is_whole(whole) => {
                let address = text_of(trigger);
                let Some(Binding::Element(element)) = self.environment.find(&address) else { return None };
                Some(lifecycle.method("replace_when_changed", [Rust::word(&element.word)]))
            }
            other => {
                let kept = self.notes.length();
                let code = self.speaker(&declaration.place).say(other, &Type::Any).ok();
                let is_typed = self.notes.length() == kept;
                if let Some(code) = code.filter(|code| is_typed && code.form == Form::Ref) {
                    return Some(lifecycle.method("replace_when", [code.rust]));
                }
                self.notes.truncate(kept);
                let is_address = matches!(other, Expression::Traversal(_));
                is_address.then(|| lifecycle.method("replace_when_changed_at", [Rust::text(&text_of(other))]))
            }
        })
    }

    pub(super) fn rule_with(
        &mut self,
        declaration: &Declaration,
        block: &Block,
        words: Words<'a>,
    ) -> Option<[Rust; 2]> {
        let place = declaration.place.of_block(block);
        let argument = |name| block.body.get_attribute(name).map(|attribute| &attribute.value);
        let (Some(condition), Some(message)) = (argument("condition"), argument("error_message")) else {
            self.notes.left(place, "a rule without `condition` and `error_message`");
            return None;
        };
        let said = self.say(condition, &Type::Bool, &place, &words);
        let message = self.say(message, &Type::Text, &place, &words);
        match (said, message) {
            (Ok(condition), Ok(message)) => {
                Some([condition.accepted(&Type::Bool), message.accepted(&Type::Text)])
            }
            (Err(Unsayable(why)), _) | (_, Err(Unsayable(why))) => {
                self.notes.left(place, why);
                None
            }
        }
    }

    fn provisioners(
        &mut self,
        rust: Rust,
        declaration: &Declaration,
        blocks: &[&Block],
        words: &Words<'a>,
    ) -> Rust {
        let mut entries = Vec::new();
        for block in blocks {
            let place = declaration.place.of_block(block);
            let kind = block.labels.first().map(|label| label.as_str()).unwrap_or_default();
            match self.untyped_body(&block.body, &place, words) {
                Ok(body) => entries.push(
                    Rust::call("Body::new", []).method("with", [Rust::text(kind), body]).method("into", []),
                ),
                Err(Unsayable(why)) => self.notes.left(place, why),
            }
        }
        let list = Rust::call("Term::List", [Rust::Vector(entries)]);
        rust.method("argument", [Rust::text("provisioner"), list])
    }
}

/// Whether a reference is to a whole element.
fn is_whole(traversal: &Traversal) -> bool {
    let is_data = matches!(&traversal.expr, Expression::Variable(root) if matches!(root.as_str(), "data" | "ephemeral"));
    let names = traversal.operators.iter().all(|one| matches!(one.value(), TraversalOperator::GetAttr(_)));
    names && traversal.operators.len() == if is_data { 2 } else { 1 }
}
