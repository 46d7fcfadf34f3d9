//! Follows references: to what is declared, from where it means something, and on into its attributes.

use crate::check::{Checker, Edge};
use crate::context::Context;
use crate::expression::{Expression, Step, Traversal};
use crate::finding::Rule;
use crate::inferred::Inferred;
use crate::module::{Key, Repeats};
use crate::suggest;
use crate::types::Type;

impl<'a> Checker<'a> {
    /// The type of what a reference leads to.
    pub(crate) fn traversal(&mut self, traversal: &Traversal<'a>, context: &mut Context<'a>) -> Inferred<'a> {
        if let Some(of) = context.name(traversal.root) {
            let of = of.clone();
            return self.steps(of, &traversal.steps, context).into();
        }
        let steps = traversal.steps.as_slice();
        let misplaced = |checker: &mut Self, message: &str, help: &str, context: &Context<'a>| {
            let help = Some(help.to_owned());
            checker.report_in(traversal.at, Rule::MisplacedReference, message.to_owned(), help, context);
            Inferred::from(Type::Any)
        };
        let section = |element: fn(&'a str, &'a str) -> Key<'a>| match steps {
            [Step::Attribute(_, kind), Step::Attribute(_, name), rest @ ..] => {
                Some((element(kind, name), rest))
            }
            _ => None,
        };
        let found = match traversal.root {
            "var" => named(steps, Key::Variable),
            "local" => named(steps, Key::Local),
            "module" => named(steps, Key::Module),
            "data" => section(Key::Data),
            "ephemeral" => section(Key::Ephemeral),
            "resource" => section(Key::Resource),
            "each" => return self.each_reference(traversal, context),
            "count" => {
                return match (steps, context.repeats) {
                    ([Step::Attribute(_, "index")], Repeats::Count) => Type::Number.into(),
                    ([Step::Attribute(_, "index")], _) => misplaced(
                        self,
                        "`count.index` means something only in a block with `count`",
                        "set `count` in this block, or take the reference out",
                        context,
                    ),
                    _ => misplaced(self, "`count` has only `index`", "write `count.index`", context),
                };
            }
            "self" if context.has_self => {
                let of = context.this.clone();
                return self.steps(of, steps, context).into();
            }
            "self" => {
                return misplaced(
                    self,
                    "`self` means something only in provisioners, connections and postconditions",
                    "name the resource's address",
                    context,
                );
            }
            "path" => return self.word(traversal, &["module", "root", "cwd"], context),
            "terraform" => return self.word(traversal, &["workspace", "applying"], context),
            root => match steps {
                [Step::Attribute(_, name), rest @ ..] => Some((Key::Resource(root, name), rest)),
                _ => {
                    let message =
                        format!("`{root}` refers to nothing: a resource is named by its type and its name");
                    let help = "write `${\"…\"}` or plain text if it is meant literally".to_owned();
                    self.report_in(traversal.at, Rule::UndeclaredReference, message, Some(help), context);
                    return Type::Any.into();
                }
            },
        };
        match found {
            Some((key, rest)) => self.declared(key, rest, traversal, context),
            None => {
                let message = format!("`{}` is no reference yet: a name must follow", traversal.root);
                self.report_in(traversal.at, Rule::UndeclaredReference, message, None, context);
                Type::Any.into()
            }
        }
    }

    fn declared(
        &mut self,
        key: Key<'a>,
        steps: &[Step<'a>],
        traversal: &Traversal<'a>,
        context: &mut Context<'a>,
    ) -> Inferred<'a> {
        let module = self.module;
        let Some((index, declared)) = module.find(key) else {
            let message = format!("`{}` is not declared", key.address());
            let help = self.similar(key);
            self.report_in(traversal.at, Rule::UndeclaredReference, message, help, context);
            return Type::Any.into();
        };
        if let Some(from) = context.owner.filter(|_| self.silent == 0) {
            let at = context.string;
            let to = if let Key::Module(_) = key { self.port(index, declared, steps) } else { index };
            self.edges.push(Edge { from, to, at, index: traversal.at });
        }
        let (of, steps) = match (declared.repeats, steps) {
            (Repeats::Once, [Step::Number(at, _) | Step::Key(at, _), ..]) if is_object(key) => {
                let message =
                    format!("`{}` has neither `count` nor `for_each`: there is only one", key.address());
                let help = "take the index out".to_owned();
                self.report_in(*at, Rule::UnknownAttribute, message, Some(help), context);
                return Type::Any.into();
            }
            (Repeats::Count | Repeats::Each, [Step::Number(..) | Step::Key(..), rest @ ..])
                if is_object(key) =>
            {
                (declared.shape, rest)
            }
            (Repeats::Count | Repeats::Each, [Step::Attribute(at, name), ..]) if is_object(key) => {
                let which = if declared.repeats == Repeats::Count { "[0]" } else { "[\"…\"]" };
                let message = format!("`{}` stands for several: one must be chosen", key.address());
                let help = format!("write `{}{which}.{name}`", key.address());
                self.report_in(*at, Rule::UnknownAttribute, message, Some(help), context);
                return Type::Any.into();
            }
            (Repeats::Count | Repeats::Each, []) => return Type::Any.into(),
            _ => (declared.shape, steps),
        };
        let mut steps = steps;
        let mut inferred = match key {
            Key::Variable(_) => self.variable(index),
            Key::Local(_) => self.local(index),
            Key::Module(_) => {
                let (output, rest) = self.output_of(index, declared, steps, context);
                steps = rest;
                output
            }
            _ => Inferred::from(of.map_or(Type::Any, Type::Body)),
        };
        inferred.ephemeral |= matches!(key, Key::Ephemeral(..));
        if let (Some(_), Some(Step::Key(at, _) | Step::Number(at, _))) = (of, steps.first()) {
            let message = "attributes of a resource are reached by a dot".to_owned();
            self.report_in(*at, Rule::UnknownAttribute, message, None, context);
            return Type::Any.into();
        }
        if let (Some(shape), [Step::Attribute(_, name), ..]) = (of, steps) {
            inferred.hide(shape.attribute(name).is_some_and(|(_, attribute)| attribute.sensitive()));
        }
        if !steps.is_empty() {
            inferred.leave();
        }
        // What a resource has is known before anything runs: `try` does not help.
        let tolerant = context.tolerant;
        if of.is_some() {
            context.tolerant = 0;
        }
        inferred.of = self.steps(inferred.of, steps, context);
        context.tolerant = tolerant;
        inferred
    }

    fn each_reference(&mut self, traversal: &Traversal<'a>, context: &Context<'a>) -> Inferred<'a> {
        let (message, help) = match (traversal.steps.as_slice(), context.repeats) {
            ([Step::Attribute(_, "key"), ..], Repeats::Each) => return Type::Text.into(),
            ([Step::Attribute(_, "value"), ..], Repeats::Each) => return Type::Any.into(),
            ([Step::Attribute(_, "key" | "value"), ..], _) => (
                "`each` means something only in a block with `for_each`",
                "set `for_each` in this block, or take the reference out",
            ),
            _ => ("`each` has only `key` and `value`", "write `each.key` or `each.value`"),
        };
        let help = Some(help.to_owned());
        self.report_in(traversal.at, Rule::MisplacedReference, message.to_owned(), help, context);
        Type::Any.into()
    }

    fn word(&mut self, traversal: &Traversal<'a>, words: &[&str], context: &Context<'a>) -> Inferred<'a> {
        match traversal.steps.as_slice() {
            [Step::Attribute(_, name)] if words.contains(name) => Type::Text.into(),
            _ => {
                let message = format!("`{}` has only {}", traversal.root, words.join(", "));
                self.report_in(traversal.at, Rule::UndeclaredReference, message, None, context);
                Type::Any.into()
            }
        }
    }

    /// The declared name that was probably meant.
    pub(crate) fn similar(&self, key: Key<'a>) -> Option<String> {
        let wrong = key.address();
        let same_kind = |known: &&Key<'a>| std::mem::discriminant(*known) == std::mem::discriminant(&key);
        let mut names: Vec<String> = self.module.keys.keys().filter(same_kind).map(Key::address).collect();
        names.sort();
        suggest::help(&wrong, names.iter().map(String::as_str))
    }

    /// Whether an expression refers to anything.
    pub(crate) fn refers(expression: &Expression<'a>) -> bool {
        crate::expression::any(expression, &mut |part| matches!(part, Expression::Traversal(_)))
    }
}

fn named<'a, 's>(steps: &'s [Step<'a>], key: fn(&'a str) -> Key<'a>) -> Option<(Key<'a>, &'s [Step<'a>])> {
    match steps {
        [Step::Attribute(_, name), rest @ ..] => Some((key(name), rest)),
        _ => None,
    }
}

/// Whether something may stand for several.
fn is_object(key: Key<'_>) -> bool {
    matches!(key, Key::Resource(..) | Key::Data(..) | Key::Ephemeral(..) | Key::Module(_))
}
