//! Holds a document with an author's own blocks against the provider's schema.

use std::collections::BTreeMap;

use synth_check::{Schemas, Source, check};

use crate::stack_file::document::{Document, Found};

/// What is wrong with the blocks, at pointers in the stack file. What cannot be decided, as arguments of a provider whose
/// schema is not at hand, is Terraform's to judge: `synth check` lists it.
pub(super) fn judge(json: &str, file: &Document, accepted: &BTreeMap<String, String>) -> Vec<Found> {
    let report = check(&[Source { name: "main.tf.json", text: json }], &Schemas::embedded());
    let place = |pointer: &str| file.nearest(&format!("/terraform{pointer}"));
    let findings = report.findings.iter();
    let mut wrong: Vec<Found> = findings
        .map(|finding| (place(&finding.place.pointer), finding.message.clone(), finding.help.clone(), None))
        .collect();
    let secrets: Vec<String> = report.secrets.iter().map(|place| place.pointer.clone()).collect();
    wrong.extend(secrets.iter().filter(|pointer| !accepted.contains_key(*pointer)).map(|pointer| {
        let message = "a secret cannot be written out".to_owned();
        let help = format!(
            "refer to a sensitive variable, `${{var.NAME}}`; or say why it may be in plain text: \
             `plaintext_in_state: {{ {pointer}: REASON }}`"
        );
        (place(pointer), message, Some(help), None)
    }));
    wrong.extend(accepted.keys().filter(|pointer| !secrets.contains(pointer)).map(|pointer| unused(pointer)));
    wrong
}

/// A permission for what is not there.
pub(super) fn unused(pointer: &str) -> Found {
    let at = format!("/plaintext_in_state/{}", crate::stack_file::document::escaped(pointer));
    let help = "take it out, or write the literal's place below `terraform`".to_owned();
    (at, format!("there is no secret in plain text at `{pointer}`"), Some(help), None)
}
