//! References: to elements, their attributes and parts of those.

use hcl_edit::expr::{Expression, Traversal, TraversalOperator as Operator};

use super::part::{at, attribute, keyed, part, through};
use super::{Code, Form, Mark, Said, Speaker, unsayable};
use crate::environment::{Binding, Repeated, Word};
use crate::rust::Rust;
use crate::types::Type;

/// One step of a reference.
#[derive(Clone, Copy)]
enum Step<'e> {
    Attribute(&'e str),
    Index(&'e Expression),
    Position(u64),
    Splat,
}

impl<'e> Step<'e> {
    fn of(operator: &'e Operator) -> Step<'e> {
        match operator {
            Operator::GetAttr(name) => Step::Attribute(name.as_str()),
            Operator::Index(index) => Step::Index(index),
            Operator::LegacyIndex(position) => Step::Position(*position.value()),
            Operator::AttrSplat(_) | Operator::FullSplat(_) => Step::Splat,
        }
    }
}

impl<'a> Speaker<'_, 'a> {
    /// A name alone.
    pub(super) fn word(&mut self, name: &str) -> Said<'a> {
        match self.find(name) {
            Some(Word::Bound { word, of }) => {
                let code = Code::value(Rust::word(word), of, Mark::Plain);
                Ok(Code { form: Form::NamedValue, ..code })
            }
            _ => unsayable(format!("nothing is named `{name}` here")),
        }
    }

    pub(super) fn traversal(&mut self, traversal: &Traversal, wanted: &Type<'a>) -> Said<'a> {
        let steps: Vec<Step<'_>> = traversal.operators.iter().map(|one| Step::of(one.value())).collect();
        let Expression::Variable(root) = &traversal.expr else {
            let code = self.say(&traversal.expr, &Type::Any)?;
            return self.steps(code, &steps, wanted);
        };
        let root = root.as_str();
        if let Some(word) = self.find(root) {
            return self.of_word(word, &steps, wanted);
        }
        match (root, steps.as_slice()) {
            ("path", [Step::Attribute(name @ ("module" | "root" | "cwd")), rest @ ..]) => {
                let code = Code::reference(Rust::call(format!("path_{name}"), []), Type::Text, Mark::Plain);
                self.steps(code, rest, wanted)
            }
            ("terraform", [Step::Attribute("workspace")]) => {
                Ok(Code::reference(Rust::call("workspace", []), Type::Text, Mark::Plain))
            }
            ("var" | "local" | "module", [Step::Attribute(name), rest @ ..]) => {
                self.element(&format!("{root}.{name}"), rest, wanted)
            }
            ("data" | "ephemeral", [Step::Attribute(kind), Step::Attribute(name), rest @ ..]) => {
                self.element(&format!("{root}.{kind}.{name}"), rest, wanted)
            }
            (kind, [Step::Attribute(name), rest @ ..]) => {
                self.element(&format!("{kind}.{name}"), rest, wanted)
            }
            _ => unsayable(format!("nothing is named `{root}` here")),
        }
    }

    fn find(&self, name: &str) -> Option<Word<'a>> {
        self.words.iter().rev().find(|(known, _)| known == name).map(|(_, word)| word.clone())
    }

    fn of_word(&mut self, word: Word<'a>, steps: &[Step<'_>], wanted: &Type<'a>) -> Said<'a> {
        match (word, steps) {
            (Word::Bound { word, of }, steps) => {
                let code = Code::value(Rust::word(word), of, Mark::Plain);
                self.steps(Code { form: Form::NamedValue, ..code }, steps, wanted)
            }
            (Word::Entry { word, key, value }, [Step::Attribute(part @ ("key" | "value")), rest @ ..]) => {
                let of = if *part == "key" { key } else { value };
                let code = Code::reference(Rust::word(word).method(*part, []), of, Mark::Plain);
                self.steps(code, rest, wanted)
            }
            (Word::Count { word }, [Step::Attribute("index")]) => {
                let code = Code::reference(Rust::word(word), Type::Number, Mark::Plain);
                Ok(Code { form: Form::NamedRef, ..code })
            }
            (Word::Own(builder), [Step::Attribute(name), rest @ ..]) => {
                let of = builder.and_then(|builder| builder.member(name));
                let of = of.map_or(Type::Any, |member| Type::held(&member.holds()));
                let of = if rest.is_empty() && matches!(of, Type::Any) { wanted.clone() } else { of };
                let rust = Rust::call(format!("own::<{}>", of.rust()), [Rust::text(name)]);
                self.steps(Code::reference(rust, of, Mark::Plain), rest, wanted)
            }
            _ => unsayable("a reference of this form"),
        }
    }

    /// A reference to an element that was converted before.
    fn element(&mut self, address: &str, steps: &[Step<'_>], wanted: &Type<'a>) -> Said<'a> {
        match self.environment.find(address).cloned() {
            Some(Binding::Named { word, of, mark }) => {
                let form = if mark == Mark::Plain { Form::NamedRef } else { Form::NamedHidden };
                let code = Code { form, ..Code::reference(Rust::word(word), of, mark) };
                self.steps(code, steps, wanted)
            }
            Some(Binding::Element(element)) => {
                let word = element.word.clone();
                let attribute = |speaker: &mut Self, steps: &[Step<'_>]| match steps {
                    [Step::Attribute(name), rest @ ..] => {
                        let code =
                            attribute(&element, name, if rest.is_empty() { wanted } else { &Type::Any });
                        speaker.steps(code, rest, wanted)
                    }
                    _ => unsayable(format!("`{address}` as a whole")),
                };
                let of = element.builder.map_or(Type::Any, Type::Element);
                self.one_of(&word, element.repeated, of, steps, &attribute, wanted)
            }
            Some(Binding::Module { word, repeated }) => {
                let output = |speaker: &mut Self, steps: &[Step<'_>]| match steps {
                    [Step::Attribute(name), rest @ ..] => {
                        let of = if rest.is_empty() { wanted.clone() } else { Type::Any };
                        let path = format!("output::<{}>", of.rust());
                        let rust = Rust::word(&word).method(path, [Rust::text(name)]);
                        speaker.steps(Code::reference(rust, of, Mark::Plain), rest, wanted)
                    }
                    _ => unsayable(format!("`{address}` as a whole")),
                };
                self.one_of(&word, repeated, Type::Any, steps, &output, wanted)
            }
            Some(Binding::Provider { .. }) | None => unsayable(format!("`{address}` is not declared before")),
        }
    }

    /// One of the objects that an element makes, or all of them.
    fn one_of(
        &mut self,
        word: &str,
        repeated: Repeated,
        whole: Type<'a>,
        steps: &[Step<'_>],
        read: &dyn Fn(&mut Self, &[Step<'_>]) -> Said<'a>,
        wanted: &Type<'a>,
    ) -> Said<'a> {
        let key = match repeated {
            Repeated::Counted => Type::Number,
            Repeated::Once | Repeated::Keyed => Type::Text,
        };
        match (repeated, steps) {
            (Repeated::Once, [Step::Attribute(_), ..]) => read(self, steps),
            (Repeated::Counted | Repeated::Keyed, [Step::Index(_) | Step::Position(_), rest @ ..])
                if !rest.is_empty() =>
            {
                let index = match steps.first() {
                    Some(Step::Index(index)) => self.accepted(index, &key)?,
                    Some(Step::Position(position)) => Rust::word(position.to_string()),
                    _ => return unsayable("a reference of this form"),
                };
                let one = read(self, rest)?;
                Ok(through(word, "at", Some(index), one, |of| of))
            }
            (Repeated::Counted, [Step::Splat, rest @ ..]) if !rest.is_empty() => {
                let one = read(self, rest)?;
                Ok(through(word, "all", None, one, Type::list))
            }
            _ => {
                let of = match repeated {
                    Repeated::Once => whole,
                    Repeated::Counted => Type::list(whole),
                    Repeated::Keyed => Type::map(whole),
                };
                let rust = match repeated {
                    Repeated::Once => {
                        let node = Rust::word(word).method("node", []);
                        Rust::call("Ref::<Any>::attribute", [node, Rust::text("")])
                    }
                    Repeated::Counted | Repeated::Keyed => Rust::word(word).method("objects", []),
                };
                let code = Code::reference(rust, of, Mark::Plain);
                self.steps(code, steps, wanted)
            }
        }
    }

    /// Parts of a value, one after the other.
    fn steps(&mut self, code: Code<'a>, steps: &[Step<'_>], wanted: &Type<'a>) -> Said<'a> {
        let Some((step, rest)) = steps.split_first() else { return Ok(code) };
        let wanted_here = if rest.is_empty() { wanted } else { &Type::Any };
        let next = match *step {
            Step::Splat => {
                return self.splat(code, |speaker, item| speaker.steps(item, rest, &wanted.item()));
            }
            Step::Attribute(name) => part(code, name, wanted_here)?,
            Step::Position(position) => at(code, Rust::word(position.to_string())),
            Step::Index(Expression::String(name)) if !matches!(code.of, Type::List(_) | Type::Map(_)) => {
                part(code, name.as_str(), wanted_here)?
            }
            Step::Index(index) => self.indexed(code, index)?,
        };
        self.steps(next, rest, wanted)
    }

    fn indexed(&mut self, code: Code<'a>, index: &Expression) -> Said<'a> {
        let index = self.say(index, &Type::Any)?;
        let is_key = match code.of {
            Type::Map(_) => true,
            Type::Any | Type::Structure(_) | Type::Element(_) => matches!(index.of, Type::Text),
            _ => false,
        };
        if !is_key {
            return Ok(at(code, index.accepted(&Type::Number)));
        }
        let of = if code.of.is(&Type::Any) { Type::map(code.of.item()) } else { code.of.clone() };
        let mark = code.mark.max(index.mark);
        Ok(Code { mark, ..keyed(code.claimed(of), index.accepted(&Type::Text)) })
    }
}
