//! Blocks of Terraform's own language beside constructs.
//!
//! ```text
//! terraform: (Terraform JSON) ─▶ references (what constructs offer, asked for by locals)
//! constructs, outputs ─────────▶ wanted (what blocks have: variables are lent, all else stays as it is written)
//!                                   │ resolve
//!                                   ▼
//!           the constructs' document ─▶ merge ─▶ judge (the provider's schema, secrets, what is wanted) ─▶ main.tf.json
//! ```

mod judge;
mod merge;
mod references;
mod wanted;

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use synth_core::{Id, Local, Origin, Scope};

use super::document::{Document, Found, escaped};
use super::mistake::Mistakes;
use super::model::StackFile;
use wanted::AllWanted;

pub(super) use references::Reference;

/// Blocks as Terraform JSON spells them ("JSON Configuration Syntax"), a member a type of block. `${CONSTRUCT.ATTRIBUTE}`
/// is what a construct of the file offers; all else in `${…}` is Terraform's.
#[derive(Debug, Default, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Terraform {
    /// Checks, by name.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    check: Map<String, Value>,
    /// Data sources, by type and name.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    data: Map<String, Value>,
    /// Ephemeral resources, by type and name.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    ephemeral: Map<String, Value>,
    /// Objects that Terraform takes over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    import: Vec<Value>,
    /// Local values, by name.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    locals: Map<String, Value>,
    /// Calls of modules, by name.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    module: Map<String, Value>,
    /// Objects that had another address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    moved: Vec<Value>,
    /// Outputs, by name.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    output: Map<String, Value>,
    /// Configurations of providers, by the provider's name: one, or a list of those that have an alias.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    provider: Map<String, Value>,
    /// Objects that Terraform forgets or destroys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    removed: Vec<Value>,
    /// Resources, by type and name.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    resource: Map<String, Value>,
    /// Settings: the backend, the providers, the version.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    terraform: Map<String, Value>,
    /// Variables, by name.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    variable: Map<String, Value>,
}

impl Terraform {
    /// The sections that hold something.
    fn members(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(members)) => members,
            // Maps of JSON values are JSON.
            _ => Map::new(),
        }
    }
}

/// The blocks of a stack file, what they want of its constructs, and what those want of them.
#[derive(Debug)]
pub(super) struct Blocks {
    members: Map<String, Value>,
    references: Vec<Reference>,
    wanted: AllWanted,
    /// The literals that may stand where a secret belongs, by pointer.
    accepted: BTreeMap<String, String>,
}

impl Blocks {
    pub(super) fn of(file: &Document, stack: &StackFile) -> Result<Blocks, Mistakes> {
        let reserved: Vec<Found> =
            ["local", "var"].into_iter().filter_map(|name| reserved(name, stack)).collect();
        if !reserved.is_empty() {
            return Err(file.mistakes(reserved));
        }
        let mut members = stack.terraform.members();
        let constructs: BTreeSet<String> = stack.constructs.keys().cloned().collect();
        let references = references::find(&mut members, &constructs);
        let variables = stack.variables.keys().cloned().collect();
        let wanted = AllWanted::find(file, &variables, &members);
        Ok(Blocks { members, references, wanted, accepted: stack.plaintext_in_state.clone() })
    }

    /// Asks for what constructs offer, by locals, and lends them variables: the document gives up both again.
    pub(super) fn ask(&self, stack: &mut Scope<'_>) {
        self.wanted.lend(stack);
        for (index, reference) in self.references.iter().enumerate() {
            let origin = Origin::Document(format!("/terraform{}", reference.pointer));
            stack.add_at(Id::Exact(question(index).into()), origin, Local::of(reference.value.clone()));
        }
    }

    /// The constructs' document with the blocks in it, or what is wrong with them.
    pub(super) fn complete(
        &self,
        file: &Document,
        mut document: synth_core::Document,
    ) -> Result<synth_core::Document, Mistakes> {
        if self.members.is_empty() && self.wanted.values.is_empty() {
            return match self.accepted.keys().next() {
                Some(pointer) => Err(file.mistakes(vec![judge::unused(pointer)])),
                None => Ok(document),
            };
        }
        let failed = |error: serde_json::Error| {
            file.mistakes(vec![("/terraform".to_owned(), error.to_string(), None, None)])
        };
        let mut whole: Map<String, Value> = serde_json::from_str(&document.json).map_err(failed)?;
        let answers = self.answers(&mut whole);
        self.wanted.take_back(&mut whole);
        let mut members = self.members.clone();
        references::replace(&mut members, &answers);
        merge::merge(&mut whole, members).map_err(|conflicts| file.mistakes(conflicts))?;
        document.json = serde_json::to_string_pretty(&whole).map_err(failed)? + "\n";
        let wrong = judge::judge(&whole, file, &self.accepted, &self.wanted).map_err(failed)?;
        if wrong.is_empty() { Ok(document) } else { Err(file.mistakes(wrong)) }
    }

    /// What the constructs' document has for each reference, as an expression.
    fn answers(&self, whole: &mut Map<String, Value>) -> BTreeMap<String, String> {
        let Some(Value::Object(locals)) = whole.get_mut("locals") else { return BTreeMap::new() };
        let mut answers = BTreeMap::new();
        for (index, reference) in self.references.iter().enumerate() {
            if let Some(Value::String(template)) = locals.shift_remove(&question(index)) {
                answers.insert(reference.text.clone(), references::expression(&template));
            }
        }
        if locals.is_empty() {
            whole.shift_remove("locals");
        }
        answers
    }
}

/// No construct makes a local, and no file an output, of such a name: its parts begin with letters.
fn question(index: usize) -> String {
    format!("terraform__{index}")
}

/// A construct whose name means something else to Terraform.
fn reserved(name: &str, stack: &StackFile) -> Option<Found> {
    let message = format!("`{name}` cannot be a construct's name: `${{{name}.NAME}}` is Terraform's");
    let found =
        (format!("/constructs/{}", escaped(name)), message, Some("give it another one".to_owned()), None);
    stack.constructs.contains_key(name).then_some(found)
}
