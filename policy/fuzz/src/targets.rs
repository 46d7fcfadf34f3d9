//! Whatever the bytes are, they are judged or refused, with a place in them; what two ways of
//! reading say of them agrees.

use policy::access::{Answer, NewAccess, Policy, new_access};
use policy::{Sources, check, expression, json, report};

/// A target by its name.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub static TARGETS: &[Target] = &[
    ("json", json),
    ("configuration", configuration),
    ("native", native),
    ("plan", plan),
    ("state", state),
    ("values", values),
    ("policy_text", policy_text),
    ("expression", expression),
    ("access", access),
];

/// Judges a file of a name, and writes the reports of it, so that every place is looked up.
fn judge(name: &str, bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut sources = Sources::default();
    let file = sources.add(name, text);
    let report = check(&sources, &[file]);
    let mut out = Vec::new();
    report::human::write(&report, &sources, &mut out).expect("a vector takes everything");
    report::json::write(&report, &sources, &mut out).expect("a vector takes everything");
    for failure in &report.failures {
        assert!(!failure.message.is_empty() && failure.span.end() <= text.len() + 1);
    }
}

/// JSON: what serde_json reads is read, and the other way round where no lone surrogate may be.
pub fn json(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut sources = Sources::default();
    let file = sources.add("t.json", text);
    let read = json::read(&sources.text(file));
    match (&read, serde_json::from_str::<serde_json::Value>(text)) {
        // serde_json wants no lone surrogates, no numbers too large for it, and one level less.
        (Ok(_), Err(error)) => {
            let own = ["surrogate", "hex escape", "out of range", "recursion limit"];
            assert!(own.iter().any(|word| error.to_string().contains(word)), "{error}");
        }
        (Err(error), Ok(_)) => panic!("{error}"),
        _ => {}
    }
}

/// A configuration in JSON.
pub fn configuration(bytes: &[u8]) {
    judge("main.tf.json", bytes);
}

/// A configuration in the native syntax.
pub fn native(bytes: &[u8]) {
    judge("main.tf", bytes);
}

/// A plan: what the bytes are is said to be its changes.
pub fn plan(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    judge("plan.json", format!(r#"{{"format_version": "1.2", "resource_changes": [], {text}}}"#).as_bytes());
    judge("plan.json", bytes);
}

/// A state, as it is shown and as it is kept.
pub fn state(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let shown = format!(
        r#"{{"format_version": "1.0", "terraform_version": "1.11.4", "values": {{"root_module": {text}}}}}"#
    );
    judge("state.json", shown.as_bytes());
    judge("terraform.tfstate", bytes);
}

/// Files of values.
pub fn values(bytes: &[u8]) {
    judge("terraform.tfvars", bytes);
    judge("a.auto.tfvars.json", bytes);
}

/// The text of a policy.
pub fn policy_text(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let document = serde_json::json!({"resource": {"aws_iam_policy": {"p": {"policy": text}}}});
    judge("main.tf.json", document.to_string().as_bytes());
}

/// An expression, and the template that it is in a string of JSON.
pub fn expression(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut sources = Sources::default();
    let file = sources.add("t", text);
    let read = expression::parse(&sources.text(file));
    assert!(read.is_none_or(|node| node.span.end() <= text.len()));
    let document = serde_json::json!({"locals": {"a": format!("${{{text}}}"), "b": text}});
    judge("main.tf.json", document.to_string().as_bytes());
}

/// Two policies, a byte of zero between them: what is said to be new is allowed by one and denied by the other.
pub fn access(bytes: &[u8]) {
    let mut parts = bytes.splitn(2, |byte| *byte == 0).filter_map(read);
    let (Some(old), new) = (parts.next(), parts.next()) else { return };
    assert!(!matches!(new_access(&old, &old), NewAccess::Found(_)));
    let Some(new) = new else { return };
    if let NewAccess::Found(request) = new_access(&old, &new) {
        assert_eq!(new.allows(&request), Answer::Yes);
        assert_eq!(old.allows(&request), Answer::No);
    }
}

fn read(bytes: &[u8]) -> Option<Policy> {
    let mut sources = Sources::default();
    let file = sources.add("policy.json", std::str::from_utf8(bytes).ok()?);
    Policy::read(&sources, file).ok()
}
