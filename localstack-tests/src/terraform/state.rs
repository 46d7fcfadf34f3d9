//! The state as `terraform show -json` prints it (JSON output format 1.0): only what is judged here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Masked, region};

/// What terraform believes to exist. Its `Debug` output has no values: some may be secret.
#[derive(Default, Deserialize)]
pub struct State {
    #[serde(default)]
    values: Values,
}

#[derive(Default, Deserialize)]
struct Values {
    #[serde(default)]
    outputs: BTreeMap<String, Output>,
    #[serde(default)]
    root_module: Module,
}

#[derive(Deserialize)]
struct Output {
    #[serde(default)]
    value: Value,
    #[serde(default)]
    sensitive: Value,
}

#[derive(Default, Deserialize)]
struct Module {
    #[serde(default)]
    resources: Vec<Resource>,
    #[serde(default)]
    child_modules: Vec<Module>,
}

#[derive(Deserialize)]
struct Resource {
    address: String,
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    mode: Mode,
    #[serde(default)]
    values: Value,
    #[serde(default)]
    sensitive_values: Value,
    #[serde(default)]
    tainted: bool,
    deposed_key: Option<String>,
}

/// Whether terraform made it.
#[derive(Clone, Copy, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Mode {
    #[default]
    Managed,
    #[serde(other)]
    Read,
}

impl State {
    /// Reads the output of `terraform show -json`.
    pub fn read(json: &str) -> Result<State, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// The value of an output.
    pub fn output(&self, name: &str) -> Option<&Value> {
        self.values.outputs.get(name).map(|output| &output.value)
    }

    /// As [`State::output`], with its mark.
    pub fn masked_output(&self, name: &str) -> Option<Masked<'_>> {
        self.values.outputs.get(name).map(|output| Masked::new(&output.value, &output.sensitive))
    }

    /// The names of all outputs.
    pub fn outputs(&self) -> impl Iterator<Item = &str> {
        self.values.outputs.keys().map(String::as_str)
    }

    /// The attributes of the resource at `address`.
    pub fn resource(&self, address: &str) -> Option<&Map<String, Value>> {
        self.current(address)?.values.as_object()
    }

    /// As [`State::resource`], with the marks of what is sensitive.
    pub fn attributes(&self, address: &str) -> Option<Masked<'_>> {
        self.current(address).map(|found| Masked::new(&found.values, &found.sensitive_values))
    }

    /// The addresses of everything in the state.
    pub fn addresses(&self) -> Vec<&str> {
        self.resources().into_iter().map(|resource| resource.address.as_str()).collect()
    }

    /// The addresses of what was made in part, and has to be made anew.
    pub fn tainted(&self) -> Vec<&str> {
        let tainted = self.resources().into_iter().filter(|resource| resource.tainted);
        tainted.map(|resource| resource.address.as_str()).collect()
    }

    /// The types of what terraform made.
    pub fn types(&self) -> BTreeSet<&str> {
        let made = self.resources().into_iter().filter(|resource| resource.mode == Mode::Managed);
        made.map(|resource| resource.kind.as_str()).collect()
    }

    /// The regions that the resources' ARNs name.
    pub fn regions(&self) -> BTreeSet<String> {
        let objects = self.resources().into_iter().filter_map(|resource| resource.values.as_object());
        let values = objects.flat_map(Map::values);
        values.filter_map(|value| region::of_arn(value.as_str()?)).map(str::to_owned).collect()
    }

    /// A replacement that broke off leaves the old object behind, deposed, under the address of the new one.
    fn current(&self, address: &str) -> Option<&Resource> {
        let here = |resource: &&Resource| resource.address == address && resource.deposed_key.is_none();
        self.resources().into_iter().find(here)
    }

    fn resources(&self) -> Vec<&Resource> {
        let mut modules = vec![&self.values.root_module];
        let mut found = Vec::new();
        while let Some(module) = modules.pop() {
            modules.extend(&module.child_modules);
            found.extend(&module.resources);
        }
        found
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outputs: Vec<&str> = self.outputs().collect();
        f.debug_struct("State").field("resources", &self.addresses()).field("outputs", &outputs).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATE: &str = r#"{"format_version": "1.0", "values": {
        "outputs": {"arn": {"value": "x", "sensitive": false}},
        "root_module": {
            "resources": [{"address": "aws_sqs_queue.q", "values": {"arn": "arn:aws:sqs:us-east-2:1:q", "fifo": true}}],
            "child_modules": [{"resources": [
                {"address": "module.m.aws_iam_role.r", "values": {"arn": "arn:aws:iam::1:role/r"}}]}]}}}"#;

    #[test]
    fn an_empty_state_holds_nothing() {
        assert!(State::read(r#"{"format_version": "1.0"}"#).unwrap().addresses().is_empty());
    }

    #[test]
    fn resources_of_modules_are_found() {
        let state = State::read(STATE).unwrap();
        assert_eq!(state.addresses(), ["aws_sqs_queue.q", "module.m.aws_iam_role.r"]);
        assert_eq!(state.resource("aws_sqs_queue.q").unwrap()["fifo"], true);
        assert_eq!(state.output("arn").unwrap(), "x");
    }

    #[test]
    fn sensitive_values_are_read_and_not_shown() {
        let state = State::read(
            r#"{"values": {"outputs": {"token": {"value": "hunter2", "sensitive": true}},
            "root_module": {"resources": [{"address": "a.b", "type": "a", "mode": "managed",
                "values": {"key": "hunter2", "name": "b"}, "sensitive_values": {"key": true}}]}}}"#,
        )
        .unwrap();
        assert_eq!(state.masked_output("token").unwrap(), "hunter2");
        assert_eq!(state.attributes("a.b").unwrap().to_string(), r#"{"key":"(sensitive)","name":"b"}"#);
        assert!(!format!("{state:?}").contains("hunter2"));
    }

    #[test]
    fn a_deposed_object_does_not_stand_for_its_successor() {
        let state = State::read(
            r#"{"values": {"root_module": {"resources": [
                {"address": "a.b", "values": {"name": "old"}, "deposed_key": "8ad92b2d"},
                {"address": "a.b", "values": {"name": "new"}, "tainted": true},
                {"address": "data.c.d", "type": "c", "mode": "data"}]}}}"#,
        )
        .unwrap();
        assert_eq!(state.attributes("a.b").unwrap().at("name"), "new");
        assert_eq!(state.tainted(), ["a.b"]);
        assert!(!state.types().contains("c"), "a data source is not made");
    }

    #[test]
    fn regions_are_those_of_the_arns() {
        assert_eq!(State::read(STATE).unwrap().regions(), BTreeSet::from(["us-east-2".to_owned()]));
    }
}
