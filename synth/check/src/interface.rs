//! What a module shows to those who call it.

use std::collections::{BTreeMap, BTreeSet};

use crate::blocks;
use crate::check::Checker;
use crate::context::Context;
use crate::inferred::Inferred;
use crate::json::{Node, Value};
use crate::module::Key;
use crate::types::Type;

/// A module as its callers see it.
#[derive(Debug)]
pub(crate) struct Interface<'a> {
    pub(crate) inputs: BTreeMap<&'a str, Input<'a>>,
    pub(crate) outputs: BTreeMap<&'a str, Output<'a>>,
    /// `aws.west` of `configuration_aliases`: what a caller must give.
    pub(crate) providers: Vec<String>,
    /// A provider that the module configures by itself.
    pub(crate) configures: Option<&'a str>,
    /// A file of the module that was not read.
    pub(crate) unread: Option<String>,
}

/// A variable.
#[derive(Debug)]
pub(crate) struct Input<'a> {
    pub(crate) of: Type<'a>,
    pub(crate) required: bool,
    pub(crate) takes_null: bool,
    pub(crate) takes_ephemeral: bool,
}

/// An output.
#[derive(Debug)]
pub(crate) struct Output<'a> {
    pub(crate) value: Inferred<'a>,
    /// The variables that it is made of.
    pub(crate) needs: BTreeSet<&'a str>,
}

impl<'a> Checker<'a> {
    /// What is known of a module whose blocks were judged.
    pub(crate) fn interface(&mut self, unread: &[&str]) -> Interface<'a> {
        let module = self.module;
        let mut interface = Interface {
            inputs: BTreeMap::new(),
            outputs: BTreeMap::new(),
            providers: module.providers.given.clone(),
            configures: None,
            unread: unread.first().map(|file| (*file).to_owned()),
        };
        let needs = self.needs();
        for (index, declared) in module.declared.iter().enumerate() {
            match declared.key {
                Key::Variable(name) => {
                    let member =
                        |name: &str| blocks::properties(declared.body).find(|member| member.key == name);
                    let value = self.variable(index);
                    let takes_null = !member("nullable").is_some_and(|nullable| is_false(&nullable.value));
                    let required = member("default").is_none();
                    let takes_ephemeral = value.ephemeral;
                    let input = Input { of: value.of, required, takes_null, takes_ephemeral };
                    interface.inputs.insert(name, input);
                }
                Key::Output(name) => {
                    let value = self.output_value(index, declared.body);
                    interface.outputs.insert(name, Output { value, needs: self.variables(index, &needs) });
                }
                Key::Provider(name, _) => {
                    let written = blocks::properties(declared.body);
                    let mut written =
                        written.filter(|member| !matches!(member.key.as_ref(), "alias" | "version" | "//"));
                    interface.configures = interface.configures.or(written.next().map(|_| name));
                }
                _ => {}
            }
        }
        interface
    }

    fn output_value(&mut self, index: usize, body: &'a Node<'a>) -> Inferred<'a> {
        let mut inferred = Inferred::from(Type::Any);
        self.silent += 1;
        for member in blocks::properties(body) {
            let yes = matches!(member.value.value, Value::Bool(true)) || member.value.text() == Some("true");
            match member.key.as_ref() {
                "value" => {
                    let value = self.value(&member.value, &mut Context::new(index));
                    inferred.of = inferred.take(value);
                }
                "sensitive" => inferred.hide(yes),
                "ephemeral" => inferred.ephemeral |= yes,
                _ => {}
            }
        }
        self.silent -= 1;
        inferred
    }

    /// Whom each node needs.
    fn needs(&self) -> Vec<Vec<usize>> {
        let mut needs = vec![Vec::new(); self.module.declared.len() + self.ports.len()];
        for edge in &self.edges {
            if let Some(needs) = needs.get_mut(edge.from) {
                needs.push(edge.to);
            }
        }
        needs
    }

    /// The variables that something needs, by others or by itself.
    fn variables(&self, index: usize, needs: &[Vec<usize>]) -> BTreeSet<&'a str> {
        let (mut seen, mut open, mut found) = (BTreeSet::from([index]), vec![index], BTreeSet::new());
        while let Some(node) = open.pop() {
            if let Some(Key::Variable(name)) = self.module.declared.get(node).map(|declared| declared.key) {
                found.insert(name);
            }
            open.extend(needs.get(node).into_iter().flatten().filter(|next| seen.insert(**next)));
        }
        found
    }
}

fn is_false(node: &Node<'_>) -> bool {
    matches!(node.value, Value::Bool(false)) || node.text() == Some("false")
}
