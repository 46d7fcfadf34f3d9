//! Compares what both say, and knows what only terraform's providers can know.

use synth_check::{Report, Rule};

use crate::oracle::Complaint;

/// How the two judgements relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Neither finds anything.
    BothValid,
    /// Both find something.
    BothWrong,
    /// Terraform finds only what the provider's code decides.
    ProviderCode,
    /// Synth finds something in a resource that terraform did not get to: the provider's code refused another one.
    Masked,
    /// Synth looks where the engine drops keys without a word.
    Stricter,
    /// Terraform finds something that the schema decides, and synth does not.
    OnlyTerraform,
    /// Synth finds something, and terraform does not.
    OnlySynth,
}

/// Documents that mean something else in a module than at the root, or that terraform cannot judge as one.
pub(crate) fn differs_in_a_module(name: &str) -> bool {
    // Imports stand at the root only; a secret in an output is refused at the root only; a provider that
    // is not installed ends everything.
    name.starts_with("import") || matches!(name, "secret-in-an-output" | "unknown-provider")
}

pub(crate) fn of(_name: &str, report: &Report, answer: &[Complaint]) -> Verdict {
    let schema = answer.iter().any(|complaint| !is_provider_code(complaint));
    match (report.is_clean(), answer.is_empty()) {
        (true, true) => Verdict::BothValid,
        (true, false) if schema => Verdict::OnlyTerraform,
        (true, false) => Verdict::ProviderCode,
        (false, false) if schema => Verdict::BothWrong,
        (false, false) => {
            let refused = |address: &str| answer.iter().any(|c| c.address.ends_with(address));
            let all = report.findings.iter().all(|finding| !refused(&finding.place.address));
            if all { Verdict::Masked } else { Verdict::OnlySynth }
        }
        (false, true) if report.findings.iter().all(|finding| dropped(finding.rule, &finding.message)) => {
            Verdict::Stricter
        }
        (false, true) => Verdict::OnlySynth,
    }
}

/// Terraform converts an object to a type without a key that the type has not.
fn dropped(rule: Rule, message: &str) -> bool {
    rule == Rule::UnknownArgument && message.starts_with("the object has no attribute")
}

/// What providers say in code of their own: `ValidateFunc`, `ConflictsWith`, `ExactlyOneOf`, `AtLeastOneOf`,
/// `RequiredWith` and custom validators of the plugin SDK and the plugin framework.
fn is_provider_code(complaint: &Complaint) -> bool {
    const SUMMARIES: &[&str] = &[
        "Conflicting configuration arguments",
        "Invalid combination of arguments",
        "Invalid Attribute Combination",
        "Invalid Attribute Value",
        "Missing Attribute Configuration",
        "Invalid or unknown key",
        "Invalid String Enum Value",
        "Missing required argument",
    ];
    let one_of = complaint.detail.contains("one of `") || complaint.detail.contains("all of `");
    match complaint.summary.as_str() {
        "Missing required argument" => one_of,
        summary => {
            SUMMARIES.iter().any(|known| summary.starts_with(known))
                || ["expected ", "invalid value for", "\"", "attribute "]
                    .iter()
                    .any(|s| summary.starts_with(s))
                || summary.contains("is an invalid ARN")
        }
    }
}
