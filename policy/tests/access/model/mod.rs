//! IAM's evaluation once more, slow and plain, on JSON values: what the library is held against. It shares
//! no code with it. `None` is undecided.

mod condition;
mod pattern;

use std::collections::BTreeMap;

use serde_json::Value;

use condition::condition;
use pattern::{chars, glob, marked_glob, pattern_text, resource_glob, substitute};

/// A request whose condition keys are all known: those that are not there are absent.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) caller: String,
    pub(crate) action: String,
    pub(crate) resource: String,
    pub(crate) context: BTreeMap<String, Vec<String>>,
}

type Truth = Option<bool>;

fn and(all: Vec<Truth>) -> Truth {
    if all.contains(&Some(false)) {
        Some(false)
    } else if all.contains(&None) {
        None
    } else {
        Some(true)
    }
}

fn or(all: Vec<Truth>) -> Truth {
    if all.contains(&Some(true)) {
        Some(true)
    } else if all.contains(&None) {
        None
    } else {
        Some(false)
    }
}

fn not(truth: Truth) -> Truth {
    truth.map(|truth| !truth)
}

fn list(value: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match value {
        Value::Array(values) => values.iter().map(text).collect(),
        _ => vec![text(value)],
    }
}

/// Whether the policy alone allows the request.
pub(crate) fn allows(policy: &Value, request: &Request) -> Truth {
    let statements = match &policy["Statement"] {
        Value::Array(all) => all.clone(),
        one => vec![one.clone()],
    };
    let with_variables = policy["Version"] == "2012-10-17";
    let of = |effect: &str| -> Vec<Truth> {
        let of_effect = statements.iter().filter(|statement| statement["Effect"] == effect);
        of_effect.map(|statement| covers(statement, request, with_variables)).collect()
    };
    and(vec![or(of("Allow")), not(or(of("Deny")))])
}

fn covers(statement: &Value, request: &Request, with_variables: bool) -> Truth {
    let has = |element: &str| statement.get(element).map(list);
    let action = |pattern: &String| Some(glob(&pattern.to_lowercase(), &request.action.to_lowercase()));
    let is_identity = statement.get("Principal").is_none();
    let resource = |pattern: &String, negated: bool| {
        let mut readings = vec![pattern.clone()];
        let missing = 5_usize.saturating_sub(pattern.matches(':').count());
        if is_identity && pattern.starts_with("arn:") && missing > 0 {
            readings.push(format!("{pattern}{}", ":*".repeat(missing)));
        }
        or(readings
            .iter()
            .map(|pattern| match substitute(pattern, request, with_variables) {
                Some(pattern) if pattern_text(&pattern).starts_with("arn:") => {
                    Some(resource_glob(&pattern, &chars(&request.resource), 0))
                }
                Some(pattern) => Some(marked_glob(&pattern, &chars(&request.resource))),
                None if negated => None,
                None => Some(false),
            })
            .collect())
    };
    let mut all = Vec::new();
    all.extend(has("Action").map(|patterns| or(patterns.iter().map(action).collect())));
    all.extend(has("NotAction").map(|patterns| not(or(patterns.iter().map(action).collect()))));
    all.extend(has("Resource").map(|patterns| or(patterns.iter().map(|one| resource(one, false)).collect())));
    all.extend(
        has("NotResource").map(|patterns| not(or(patterns.iter().map(|one| resource(one, true)).collect()))),
    );
    all.extend(statement.get("Principal").map(|principal| Some(means(principal, &request.caller))));
    if let Some(operators) = statement.get("Condition").and_then(Value::as_object) {
        for (operator, keys) in operators {
            for (key, values) in keys.as_object().unwrap() {
                all.push(condition(operator, key, &list(values), request, with_variables));
            }
        }
    }
    and(all)
}

/// Callers are written as in `Principal`; a role stands for its sessions.
fn means(principal: &Value, caller: &str) -> bool {
    let account = caller.split(':').nth(4).unwrap_or("");
    let one = |kind: &str, id: &str| match kind {
        "AWS" if id == "*" => true,
        "AWS" if id.len() == 12 => id == account,
        "AWS" if id.ends_with(":root") => id.split(':').nth(4) == Some(account),
        _ => id == caller,
    };
    match principal {
        Value::String(all) => all == "*",
        _ => {
            principal.as_object().unwrap().iter().any(|(kind, ids)| list(ids).iter().any(|id| one(kind, id)))
        }
    }
}
