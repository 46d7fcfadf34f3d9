//! Policies as rows compare them: the order of statements and of single-element lists means nothing to IAM.

use std::collections::BTreeSet;

use localstack_tests::Failure;
use localstack_tests::aws::Client;
use serde_json::{Value, json};

/// The statements of a role's trust policy, one line each.
pub(crate) fn trust(aws: &Client, role: &str) -> Result<BTreeSet<String>, Failure> {
    let described = aws.call("iam", "GetRole", json!({ "RoleName": role }))?;
    Ok(statements(&decoded(&described["Role"]["AssumeRolePolicyDocument"])?))
}

/// The statements of all that is written into a role; a managed policy beside it is a failure.
pub(crate) fn grants(aws: &Client, role: &str) -> Result<BTreeSet<String>, Failure> {
    held(aws, "Role", role)
}

/// As [`grants`], of a user.
pub(crate) fn of_user(aws: &Client, user: &str) -> Result<BTreeSet<String>, Failure> {
    held(aws, "User", user)
}

/// `kind` is a part of the operations' names: `ListRolePolicies`, `ListUserPolicies`.
fn held(aws: &Client, kind: &str, name: &str) -> Result<BTreeSet<String>, Failure> {
    let key = format!("{kind}Name");
    let attached = aws.call("iam", &format!("ListAttached{kind}Policies"), json!({ &key: name }))?;
    if attached["AttachedPolicies"] != "" {
        return Err(format!("`{name}` has managed policies: {}", attached["AttachedPolicies"]).into());
    }
    let listed = aws.call("iam", &format!("List{kind}Policies"), json!({ &key: name }))?;
    let mut found = BTreeSet::new();
    for policy in listed["PolicyNames"].as_array().into_iter().flatten() {
        let input = json!({ &key: name, "PolicyName": policy });
        let written = aws.call("iam", &format!("Get{kind}Policy"), input)?;
        found.extend(statements(&decoded(&written["PolicyDocument"])?));
    }
    Ok(found)
}

/// The name of a role by its ARN.
pub(crate) fn name(arn: &Value) -> &str {
    arn.as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default()
}

/// IAM answers with the document percent-encoded (IAM API reference, `GetRolePolicy`).
fn decoded(document: &Value) -> Result<Value, Failure> {
    let encoded = document.as_str().ok_or("no policy document")?;
    let decoded: Vec<u8> = percent_encoding::percent_decode_str(encoded).collect();
    Ok(serde_json::from_slice(&decoded)?)
}

/// One line a statement: `Allow a:Act on arn`, `Allow sts:AssumeRole to {"Service":"…"}`, ` if {…}` with conditions.
pub(crate) fn statements(policy: &Value) -> BTreeSet<String> {
    let list = |value: &Value| match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","),
        other => other.as_str().unwrap_or_default().to_owned(),
    };
    let all = policy["Statement"].as_array().cloned().unwrap_or_else(|| vec![policy["Statement"].clone()]);
    let line = |statement: &Value| {
        let mut line = format!("{} {}", list(&statement["Effect"]), list(&statement["Action"]));
        for (member, word) in [("Resource", "on"), ("Principal", "to"), ("Condition", "if")] {
            match &statement[member] {
                Value::Null => {}
                Value::Object(object) => line += &format!(" {word} {}", Value::Object(object.clone())),
                other => line += &format!(" {word} {}", list(other)),
            }
        }
        line
    };
    all.iter().map(line).collect()
}
