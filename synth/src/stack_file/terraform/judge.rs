//! Holds a document with an author's own blocks against the provider's schema.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use synth_check::{Finding, Report, Rule, Schemas, Source, check};

use super::wanted::{AllWanted, Wanted};
use crate::stack_file::document::{Document, Found, escaped};

/// What is wrong with the blocks and with references to them, at pointers in the stack file. What cannot be decided, as
/// arguments of a provider whose schema is not at hand, is Terraform's to judge: `synth check` lists it.
pub(super) fn judge(
    document: &Map<String, Value>,
    file: &Document,
    accepted: &BTreeMap<String, String>,
    wanted: &AllWanted,
) -> Result<Vec<Found>, serde_json::Error> {
    let text = serde_json::to_string(wanted.asked(document).as_ref())?;
    let report = check(&[Source { name: "main.tf.json", text: &text }], &Schemas::embedded());
    let mut wrong = Vec::new();
    let mut answered: Vec<&str> = Vec::new();
    for finding in &report.findings {
        if let Some(wanted) = wanted.at(&finding.place.pointer) {
            answered.push(&wanted.pointer);
            wrong.push(answer(finding, wanted));
        }
    }
    for finding in report.findings.iter().filter(|finding| wanted.at(&finding.place.pointer).is_none()) {
        let pointer = &finding.place.pointer;
        let place = match user(document, file, wanted, pointer) {
            // The same in other words.
            Some(user) if answered.contains(&user.pointer.as_str()) => continue,
            Some(user) => user.pointer.clone(),
            None => file.nearest(&format!("/terraform{pointer}")),
        };
        wrong.push((place, finding.message.clone(), finding.help.clone(), None));
    }
    wrong.extend(secrets(&report, file, accepted));
    Ok(wrong)
}

/// What is wrong with a value of a block where a construct or an output wants it.
fn answer(finding: &Finding, wanted: &Wanted) -> Found {
    let Wanted { text, pointer } = wanted;
    let (message, help) = match finding.rule {
        Rule::ExposedSecret | Rule::EphemeralValue => {
            let help = if pointer.starts_with("/outputs/") {
                "write the output below `terraform`, with `sensitive: true`"
            } else {
                "put it into a secret and refer to the secret"
            };
            (format!("`{text}` is sensitive, and would be shown here"), Some(help.to_owned()))
        }
        _ => (finding.message.clone(), finding.help.clone()),
    };
    (pointer.clone(), message, help, None)
}

/// Which reference of a construct or an output stands in a text of the document that is no block's.
fn user<'w>(
    document: &Map<String, Value>,
    file: &Document,
    wanted: &'w AllWanted,
    pointer: &str,
) -> Option<&'w Wanted> {
    if file.value.pointer(&format!("/terraform{pointer}")).is_some() {
        return None;
    }
    let (section, inside) = pointer.strip_prefix('/')?.split_once('/')?;
    let text = document.get(section)?.pointer(&format!("/{inside}"))?.as_str()?;
    wanted.values.iter().find(|wanted| text.contains(&wanted.text))
}

/// The secrets that stand in plain text without a reason, and the reasons without a secret.
fn secrets(report: &Report, file: &Document, accepted: &BTreeMap<String, String>) -> Vec<Found> {
    let secrets: Vec<&String> = report.secrets.iter().map(|place| &place.pointer).collect();
    let refused = secrets.iter().filter(|pointer| !accepted.contains_key(**pointer)).map(|pointer| {
        let message = "a secret cannot be written out".to_owned();
        let help = format!(
            "refer to a sensitive variable, `${{var.NAME}}`; or say why it may be in plain text: \
             `plaintext_in_state: {{ {pointer}: REASON }}`"
        );
        (file.nearest(&format!("/terraform{pointer}")), message, Some(help), None)
    });
    let unused = accepted.keys().filter(|pointer| !secrets.contains(pointer)).map(|pointer| unused(pointer));
    refused.chain(unused).collect()
}

/// A permission for what is not there.
pub(super) fn unused(pointer: &str) -> Found {
    let at = format!("/plaintext_in_state/{}", escaped(pointer));
    let help = "take it out, or write the literal's place below `terraform`".to_owned();
    (at, format!("there is no secret in plain text at `{pointer}`"), Some(help), None)
}
