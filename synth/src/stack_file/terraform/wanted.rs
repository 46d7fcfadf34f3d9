//! References from constructs and outputs to Terraform's blocks.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use synth_core::{Id, Origin, Referred, Scope, Variable, referred};

use super::question;
use crate::stack_file::document::{Document, escaped};

/// Where a file's own values stand; what is below `terraform` are the blocks.
const SECTIONS: [&str; 3] = ["constructs", "outputs", "provider"];

/// A value of a block that a construct or an output refers to.
#[derive(Debug)]
pub(super) struct Wanted {
    /// `aws_vpc.main.id`.
    pub(super) text: String,
    /// Where it stands in the file.
    pub(super) pointer: String,
}

/// What constructs and outputs refer to below `terraform`.
#[derive(Debug, Default)]
pub(super) struct AllWanted {
    /// Each as often as it stands somewhere else.
    pub(super) values: Vec<Wanted>,
    /// Variables that are blocks, by their names.
    variables: BTreeMap<String, Secrecy>,
}

/// How much a variable hides of its value.
#[derive(Clone, Copy, Debug)]
enum Secrecy {
    Plain,
    Sensitive,
    Ephemeral,
}

impl AllWanted {
    /// What a file refers to; `variables` are those that it has itself.
    pub(super) fn find(
        file: &Document,
        variables: &BTreeSet<String>,
        blocks: &Map<String, Value>,
    ) -> AllWanted {
        let mut all = AllWanted::default();
        let blocks = blocks.get("variable").and_then(Value::as_object);
        for section in SECTIONS {
            let pointer = format!("/{section}");
            let Some(value) = file.value.get(section) else { continue };
            each_text(value, &pointer, &mut |text, pointer| {
                for referred in referred(text) {
                    match referred {
                        Referred::Block(text) => {
                            all.values.push(Wanted { text, pointer: pointer.to_owned() });
                        }
                        Referred::Variable(name) if !variables.contains(&name) => {
                            if let Some(body) = blocks.and_then(|blocks| blocks.get(&name)) {
                                all.variables.insert(name, Secrecy::of(body));
                            }
                        }
                        Referred::Variable(_) | Referred::Export { .. } => {}
                    }
                }
            });
        }
        all
    }

    /// Lends the stack the variables that are blocks, so that its constructs can refer to them.
    pub(super) fn lend(&self, stack: &mut Scope<'_>) {
        for (name, secrecy) in &self.variables {
            let id = Id::Exact(name.as_str().into());
            let origin = Origin::Document(format!("/terraform/variable/{}", escaped(name)));
            let variable = Variable::<String>::new();
            match secrecy {
                Secrecy::Plain => _ = stack.add_at(id, origin, variable),
                Secrecy::Sensitive => _ = stack.add_at(id, origin, variable.sensitive()),
                Secrecy::Ephemeral => _ = stack.add_at(id, origin, variable.ephemeral()),
            }
        }
    }

    /// Takes the lent variables out of the document again.
    pub(super) fn take_back(&self, document: &mut Map<String, Value>) {
        if self.variables.is_empty() {
            return;
        }
        if let Some(Value::Object(variables)) = document.get_mut("variable") {
            variables.retain(|name, _| !self.variables.contains_key(name));
            if variables.is_empty() {
                document.shift_remove("variable");
            }
        }
    }

    /// A document with an output for each wanted value: whoever judges it says whether the value is there, and may be shown.
    pub(super) fn asked<'d>(&self, document: &'d Map<String, Value>) -> Cow<'d, Map<String, Value>> {
        if self.values.is_empty() {
            return Cow::Borrowed(document);
        }
        let mut asked = document.clone();
        let outputs = asked.entry("output").or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(outputs) = outputs {
            for (index, wanted) in self.values.iter().enumerate() {
                outputs.insert(question(index), json!({ "value": format!("${{{}}}", wanted.text) }));
            }
        }
        Cow::Owned(asked)
    }

    /// The value that is asked for at a place of that document.
    pub(super) fn at(&self, pointer: &str) -> Option<&Wanted> {
        let name = pointer.strip_prefix("/output/")?.split('/').next()?;
        self.values.iter().enumerate().find(|(index, _)| question(*index) == name).map(|(_, wanted)| wanted)
    }
}

impl Secrecy {
    fn of(body: &Value) -> Secrecy {
        let bodies = body.as_array().map_or(std::slice::from_ref(body), Vec::as_slice);
        let says = |name: &str| {
            let mut values = bodies.iter().filter_map(|body| body.get(name));
            // Terraform converts text to a boolean.
            values.any(|value| *value == Value::Bool(true) || value.as_str() == Some("true"))
        };
        if says("ephemeral") {
            Secrecy::Ephemeral
        } else if says("sensitive") {
            Secrecy::Sensitive
        } else {
            Secrecy::Plain
        }
    }
}

fn each_text(value: &Value, pointer: &str, visit: &mut dyn FnMut(&str, &str)) {
    match value {
        Value::String(text) => visit(text, pointer),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                each_text(item, &format!("{pointer}/{index}"), visit);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                each_text(value, &format!("{pointer}/{}", escaped(name)), visit);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
