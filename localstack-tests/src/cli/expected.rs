//! What a stack must have become, as a file says it.

use std::collections::BTreeMap;

use localstack_tests::terraform::{Masked, State};
use serde::Deserialize;
use serde_json::Value;

/// The outputs and resources that must be there, each with what must be said of it. Others may be there too.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expected {
    #[serde(default)]
    outputs: BTreeMap<String, Value>,
    #[serde(default)]
    resources: BTreeMap<String, Value>,
}

impl Expected {
    /// Reads the file.
    pub(super) fn parse(text: &str) -> Result<Expected, String> {
        toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())
    }

    /// What is otherwise, a line each. What terraform marks as sensitive is in none of them.
    pub(super) fn differences(&self, state: &State) -> Vec<String> {
        let mut found = Vec::new();
        for (name, value) in &self.outputs {
            match state.masked_output(name) {
                Some(output) => compare(output, value, &format!("output.{name}"), &mut found),
                None => found.push(absent("output", name, &state.outputs().collect::<Vec<_>>())),
            }
        }
        for (address, value) in &self.resources {
            match state.attributes(address) {
                Some(attributes) => compare(attributes, value, address, &mut found),
                None => found.push(absent("resource", address, &state.addresses())),
            }
        }
        found
    }
}

fn absent(what: &str, name: &str, others: &[&str]) -> String {
    let others = if others.is_empty() { "there is none".to_owned() } else { others.join(", ") };
    format!("there is no {what} `{name}`: {others}")
}

/// Members that are not expected may be anything; items of a list are compared one by one.
fn compare(found: Masked<'_>, expected: &Value, at: &str, differences: &mut Vec<String>) {
    match (found.json(), expected) {
        (Value::Object(_), Value::Object(members)) => {
            for (name, member) in members {
                let at = format!("{at}.{name}");
                match found.find(name.as_str()) {
                    Some(found) => compare(found, member, &at, differences),
                    None => differences.push(format!("`{at}` is not there")),
                }
            }
        }
        (Value::Array(items), Value::Array(expected)) if items.len() == expected.len() => {
            for (number, item) in expected.iter().enumerate() {
                if let Some(found) = found.find(number) {
                    compare(found, item, &format!("{at}.{number}"), differences);
                }
            }
        }
        (value, expected) if equal(value, expected) => {}
        _ if found.is_sensitive() => differences.push(format!("`{at}` is another one; it is sensitive")),
        _ => differences.push(format!("`{at}` is {found}, not {expected}")),
    }
}

/// TOML tells 30 from 30.0; Terraform does not.
fn equal(found: &Value, expected: &Value) -> bool {
    match (found.as_f64(), expected.as_f64()) {
        (Some(found), Some(expected)) => found == expected,
        _ => found == expected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATE: &str = r#"{"values": {
        "outputs": {
            "arn": {"value": "arn:aws:iam::1:role/shop", "sensitive": false},
            "password": {"value": "hunter2", "sensitive": true}
        },
        "root_module": {"resources": [{"address": "aws_sqs_queue.jobs", "type": "aws_sqs_queue", "mode": "managed",
            "values": {"name": "jobs", "delay_seconds": 30, "tags": {"team": "a"}, "rules": [{"id": "x"}]}}]}
    }}"#;

    fn differences(expected: &str) -> Vec<String> {
        Expected::parse(expected).unwrap().differences(&State::read(STATE).unwrap())
    }

    #[test]
    fn what_is_as_expected_differs_in_nothing_and_others_may_be_there() {
        let expected = r#"
            [outputs]
            arn = "arn:aws:iam::1:role/shop"
            password = "hunter2"
            [resources."aws_sqs_queue.jobs"]
            delay_seconds = 30.0
            tags.team = "a"
            rules = [{ id = "x" }]
        "#;
        assert_eq!(differences(expected), Vec::<String>::new());
        assert_eq!(differences(""), Vec::<String>::new());
    }

    #[test]
    fn each_difference_is_said_with_its_place() {
        let expected = r#"
            [resources."aws_sqs_queue.jobs"]
            delay_seconds = 60
            fifo_queue = true
            name = ["jobs"]
            tags.team = "b"
            rules = [{ id = "y" }]
        "#;
        let said = [
            "`aws_sqs_queue.jobs.delay_seconds` is 30, not 60",
            "`aws_sqs_queue.jobs.fifo_queue` is not there",
            r#"`aws_sqs_queue.jobs.name` is "jobs", not ["jobs"]"#,
            r#"`aws_sqs_queue.jobs.rules.0.id` is "x", not "y""#,
            r#"`aws_sqs_queue.jobs.tags.team` is "a", not "b""#,
        ];
        assert_eq!(differences(expected), said);
    }

    #[test]
    fn a_list_of_another_length_is_another_list() {
        let expected = r#"resources."aws_sqs_queue.jobs".rules = []"#;
        assert_eq!(differences(expected), [r#"`aws_sqs_queue.jobs.rules` is [{"id":"x"}], not []"#]);
    }

    #[test]
    fn what_is_not_there_is_named_with_what_is() {
        let expected = "outputs.url = 1\nresources.\"aws_sqs_queue.other\" = {}\n";
        let said = [
            "there is no output `url`: arn, password",
            "there is no resource `aws_sqs_queue.other`: aws_sqs_queue.jobs",
        ];
        assert_eq!(differences(expected), said);
    }

    #[test]
    fn a_sensitive_value_is_in_no_message() {
        for expected in ["outputs.password = \"guessed\"", "outputs.password = [1]"] {
            assert_eq!(differences(expected), ["`output.password` is another one; it is sensitive"]);
        }
    }

    #[test]
    fn a_file_with_another_table_is_refused_with_its_line() {
        let why = Expected::parse("\n[output]\nurl = 1\n").unwrap_err();
        assert!(why.contains("line 2") && why.contains("unknown field `output`"), "{why}");
        assert!(Expected::parse("outputs = [").is_err());
    }
}
