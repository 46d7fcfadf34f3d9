//! Writes a model as terraform shows it: as a plan and as a state.

use serde_json::{Map, Value, json};

use crate::model::{ARN, Model, Policy, REFERENCE};

/// A resource as it is described, with what is known of it, and what the author wrote of the rest.
struct Resource {
    described: Value,
    values: Map<String, Value>,
    later: Map<String, Value>,
}

fn resources(model: &Model, known: impl Fn(&Policy) -> bool) -> Vec<Resource> {
    let mut all = Vec::new();
    for (index, policy) in model.policies.iter().enumerate() {
        let (type_name, argument) = policy.carrier;
        let (mut values, mut later) = (Map::new(), Map::new());
        if known(policy) {
            values.insert(argument.into(), policy.value(ARN).to_string().into());
        } else {
            later.insert(argument.into(), policy.value(REFERENCE).to_string().into());
        }
        all.push(Resource { described: described(type_name, &format!("p{index}")), values, later });
    }
    let variables: Map<String, Value> =
        model.environment.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    let values = json!({"environment": [{"variables": variables}]});
    let values = values.as_object().unwrap().clone();
    all.push(Resource { described: described("aws_lambda_function", "f"), values, later: Map::new() });
    all
}

fn described(type_name: &str, name: &str) -> Value {
    json!({"address": format!("{type_name}.{name}"), "mode": "managed", "type": type_name, "name": name})
}

pub(crate) fn plan(model: &Model) -> String {
    let (mut changes, mut declared) = (Vec::new(), Vec::new());
    for Resource { described, values, later } in resources(model, |policy| !policy.refers()) {
        let unknown: Map<String, Value> = later.keys().map(|name| (name.clone(), json!(true))).collect();
        let mut expressions: Map<String, Value> =
            values.iter().map(|(name, value)| (name.clone(), expression(value))).collect();
        for (name, written) in later {
            let references = ["aws_sqs_queue.jobs.arn", "aws_sqs_queue.jobs"];
            expressions.insert(name, json!({"constant_value": written, "references": references}));
        }
        let mut change = described.clone();
        change["change"] =
            json!({"actions": ["create"], "before": null, "after": values, "after_unknown": unknown});
        changes.push(change);
        let mut resource = described;
        resource["expressions"] = expressions.into();
        declared.push(resource);
    }
    let configuration = json!({"root_module": {"resources": declared}});
    json!({"format_version": "1.2", "resource_changes": changes, "configuration": configuration}).to_string()
}

/// A block is a list of objects of expressions; the map in the one block here is a constant.
fn expression(value: &Value) -> Value {
    match value {
        Value::Array(blocks) => {
            blocks.iter().map(|block| json!({"variables": {"constant_value": block["variables"]}})).collect()
        }
        other => json!({"constant_value": other}),
    }
}

pub(crate) fn state(model: &Model) -> String {
    let resources =
        resources(model, |_| true).into_iter().map(|Resource { mut described, values, .. }| {
            described["values"] = values.into();
            described
        });
    let resources: Vec<Value> = resources.collect();
    json!({"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": {"resources": resources}}}).to_string()
}

pub(crate) fn raw_state(model: &Model) -> String {
    let resources =
        resources(model, |_| true).into_iter().map(|Resource { mut described, values, .. }| {
            described["instances"] = json!([{"attributes": values}]);
            described
        });
    let resources: Vec<Value> = resources.collect();
    json!({"version": 4, "serial": 1, "lineage": "l", "terraform_version": "1.11.4", "resources": resources})
        .to_string()
}
