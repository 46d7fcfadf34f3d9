//! What references lead to: locals, variables, outputs of modules, documents, arguments of resources.

use super::document;
use super::evaluator::{Evaluator, walk};
use crate::node::{Call, Node, Reference, Step, Value};

impl Evaluator<'_> {
    /// The value of what is referred to, if it is written down; nothing for a cycle.
    pub(super) fn follow(&mut self, reference: &Reference) -> Option<Node> {
        let names = reference.names();
        if !self.is_declared(&names) {
            return None;
        }
        let instance = reference.instance();
        let (name, attributes) = match names.as_slice() {
            ["local", name, ..] => (format!("local.{name}"), 1),
            ["var", name, ..] => (format!("var.{name}"), 1),
            ["module", call, output, ..] => (format!("module.{call}.{output}"), 2),
            ["data", "aws_iam_policy_document", name, "json" | "minified_json", ..] => {
                (format!("data.{name}{}", instance.unwrap_or_default()), 3)
            }
            [type_name, name, argument, ..] => {
                (format!("{type_name}.{name}{}.{argument}", instance.unwrap_or_default()), 2)
            }
            _ => return None,
        };
        let followed = (self.module.clone(), name);
        if !self.following.insert(followed.clone()) {
            return None;
        }
        let inside = std::mem::take(&mut self.bindings);
        let value = self.declared(&names, instance);
        self.bindings = inside;
        self.following.remove(&followed);
        walk(&value?, &reference.after(attributes))
    }

    /// Whether something may be written down of what a reference names; nearly all are attributes that nobody writes.
    fn is_declared(&self, names: &[&str]) -> bool {
        match names {
            ["local" | "var" | "module" | "data", ..] => true,
            [type_name, name, argument, ..] => {
                self.declarations().argument(type_name, name, argument).is_some()
            }
            _ => false,
        }
    }

    fn declared(&mut self, names: &[&str], instance: Option<&str>) -> Option<Node> {
        match names {
            ["local", name, ..] => {
                let value = self.declarations().local(name)?;
                Some(self.evaluate(value))
            }
            ["var", name, ..] => self.variable(name),
            ["module", call, output, ..] => {
                let module = self.module.child(call);
                let value = self.scope.module(&module).output(output)?;
                Some(self.evaluate_in(module, value))
            }
            ["data", _, name, ..] => {
                let block = self.declarations().document(name)?;
                let body = self.evaluate_instance(&block.body, &block.body, instance);
                Some(document::render(&body, block.span))
            }
            [type_name, name, argument, ..] => {
                let body = self.declarations().resource(type_name, name)?;
                Some(self.evaluate_instance(body, &body.member(argument)?.value, instance))
            }
            _ => None,
        }
    }

    /// What a variable is given: by the call of its module, by a file of values, by its default.
    fn variable(&mut self, name: &str) -> Option<Node> {
        if let Some((caller, call)) = self.module.parent()
            && let Some(value) = self.scope.module(&caller).given(call, name)
        {
            let depth = self.bindings.depth();
            if let Some(repetition) = self.called.get(&self.module).cloned() {
                self.bindings.bind(&repetition.name, Some(repetition.element));
            }
            let made = self.evaluate_in(caller, value);
            self.bindings.leave(depth);
            return Some(self.declarations().completed(name, made));
        }
        // Terraform takes a default literally; nothing in it is evaluated.
        let value = self.declarations().variable(name)?.clone();
        Some(self.declarations().completed(name, value))
    }

    /// What `try` comes to, where it is known which of its arguments has a value.
    pub(super) fn attempt(&mut self, call: &Call) -> Option<Node> {
        if call.name.strip_prefix("core::").unwrap_or(&call.name) != "try" {
            return None;
        }
        for argument in &call.arguments {
            let made = self.evaluate(argument);
            if !made.is_later() {
                return Some(made);
            }
            if !self.is_missing(argument) {
                return None;
            }
        }
        None
    }

    /// Whether a reference leads to a part that an object, all of which is known, does not have.
    fn is_missing(&mut self, node: &Node) -> bool {
        let Value::Reference(reference) = &node.value else { return false };
        let steps = self.indexed(&reference.steps);
        let steps = steps.as_deref().unwrap_or(&reference.steps);
        match (self.bindings.of(&reference.root), steps.split_first()) {
            (Some(bound), _) => bound.is_some_and(|bound| lacks(&bound, steps)),
            (None, Some((name, rest))) if matches!(reference.root.as_str(), "local" | "var") => {
                let whole = Reference { root: reference.root.clone(), steps: vec![name.clone()] };
                self.follow(&whole).is_some_and(|whole| lacks(&whole, rest))
            }
            _ => false,
        }
    }
}

fn lacks(node: &Node, steps: &[Step]) -> bool {
    match (steps.split_first(), &node.value) {
        (Some((Step::Attribute(name) | Step::Index(name), rest)), Value::Object(members)) => {
            match node.member(name) {
                Some(member) => lacks(&member.value, rest),
                None => members.iter().all(|member| member.name().is_some()),
            }
        }
        (Some(_), Value::Null) => true,
        _ => false,
    }
}
