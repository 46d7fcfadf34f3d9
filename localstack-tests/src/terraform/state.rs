//! The state as `terraform show -json` prints it (JSON output format 1.0): only what is judged here.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Map, Value};

/// What terraform believes to exist.
#[derive(Debug, Default, Deserialize)]
pub struct State {
    #[serde(default)]
    values: Values,
}

#[derive(Debug, Default, Deserialize)]
struct Values {
    #[serde(default)]
    outputs: BTreeMap<String, Output>,
    #[serde(default)]
    root_module: Module,
}

#[derive(Debug, Deserialize)]
struct Output {
    #[serde(default)]
    value: Value,
}

#[derive(Debug, Default, Deserialize)]
struct Module {
    #[serde(default)]
    resources: Vec<Resource>,
    #[serde(default)]
    child_modules: Vec<Module>,
}

#[derive(Debug, Deserialize)]
struct Resource {
    address: String,
    #[serde(default)]
    values: Map<String, Value>,
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

    /// The attributes of the resource at `address`.
    pub fn resource(&self, address: &str) -> Option<&Map<String, Value>> {
        self.resources().into_iter().find(|resource| resource.address == address).map(|found| &found.values)
    }

    /// The addresses of everything in the state.
    pub fn addresses(&self) -> Vec<&str> {
        self.resources().into_iter().map(|resource| resource.address.as_str()).collect()
    }

    /// The regions that the resources' ARNs name.
    pub fn regions(&self) -> BTreeSet<String> {
        let values = self.resources().into_iter().flat_map(|resource| resource.values.values());
        values.filter_map(|value| region(value.as_str()?)).map(str::to_owned).collect()
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

/// `arn:partition:service:region:account:resource`; global services leave the region empty.
fn region(arn: &str) -> Option<&str> {
    let mut parts = arn.strip_prefix("arn:")?.splitn(5, ':');
    parts.nth(2).filter(|region| !region.is_empty())
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
    fn regions_are_those_of_the_arns() {
        assert_eq!(State::read(STATE).unwrap().regions(), BTreeSet::from(["us-east-2".to_owned()]));
        for hostile in ["arn:", "arn:aws:iam", "arn:aws:iam::1:role", "https://arn:aws:s3:x:y:z"] {
            assert_eq!(region(hostile), None, "{hostile}");
        }
    }
}
