//! Compares what both say, and knows what only terraform's providers can know.

use synth_check::{Finding, Report, Rule};

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
    /// Synth says what it does not know, and finds nothing else.
    Undecided,
    /// Synth looks where the engine does not, or drops keys without a word.
    Stricter,
    /// Synth finds what terraform finds in a plan.
    Sooner,
    /// Terraform finds something that the schema decides, and synth does not.
    OnlyTerraform,
    /// Synth finds something, and terraform does not.
    OnlySynth,
}

/// Documents that mean something else in a module than at the root, or that terraform cannot judge as one.
pub(crate) fn differs_in_a_module(name: &str) -> bool {
    // Imports stand at the root only; a secret in an output is refused at the root only; a provider or a module that
    // is not installed, or not in the version that is wanted, ends everything.
    name.starts_with("import-")
        || matches!(
            name,
            "call-of-itself"
                | "no-such-folder"
                | "output-of-secret-parts"
                | "output-secret"
                | "registry"
                | "secret-in-an-output"
                | "unknown-provider"
                | "version-of-a-module-malformed"
                | "version-of-a-provider-alone"
                | "version-of-a-provider-excluded"
        )
}

/// Documents that `terraform validate` lets pass and `terraform plan` refuses: values of variables and of resources have
/// no type before a plan, and `replace_triggered_by` and references to itself are looked at by the plan only.
pub(crate) const REFUSED_BY_PLAN: &[&str] = &[
    "condition-not-bool",
    "ephemeral-output-kept",
    "output-of-one-with-index",
    "output-type",
    "replace-triggered-by-undeclared",
    "self-reference",
    "set-attribute-for-text",
    "text-around-a-list",
];

/// Documents whose mistake terraform does not look at: a connection that no provisioner uses, a provider that nothing
/// uses, an attribute that triggers a replacement before there is anything to replace.
const NOT_LOOKED_AT: &[&str] = &[
    "connection-unknown-argument",
    "override-provider",
    "provider-unknown-argument",
    "replace-triggered-by-attribute",
];

pub(crate) fn of(name: &str, report: &Report, answer: &[Complaint]) -> Verdict {
    let schema = answer.iter().any(|complaint| !is_provider_code(complaint));
    match (report.is_clean(), answer.is_empty()) {
        (true, true) => Verdict::BothValid,
        (true, false) if !schema => Verdict::ProviderCode,
        (true, false) if !report.undecided.is_empty() => Verdict::Undecided,
        (true, false) => Verdict::OnlyTerraform,
        (false, false) if schema => Verdict::BothWrong,
        (false, _) if name.contains("override") && report.findings.iter().all(merged) => Verdict::Stricter,
        (false, false) => {
            let refused = |address: &str| answer.iter().any(|c| c.address.ends_with(address));
            let all = report.findings.iter().all(|finding| !refused(&finding.place.address));
            if all { Verdict::Masked } else { Verdict::OnlySynth }
        }
        (false, true) if report.findings.iter().all(|finding| dropped(finding.rule, &finding.message)) => {
            Verdict::Stricter
        }
        (false, true) if REFUSED_BY_PLAN.iter().any(|known| name.ends_with(known)) => Verdict::Sooner,
        (false, true) if NOT_LOOKED_AT.contains(&name) => Verdict::Stricter,
        (false, true) => Verdict::OnlySynth,
    }
}

/// Terraform converts an object to a type without a key that the type has not.
fn dropped(rule: Rule, message: &str) -> bool {
    rule == Rule::UnknownArgument && message.starts_with("the object has no attribute")
}

/// Terraform merges an override by the arguments that the schema has, and drops the others without a word.
fn merged(finding: &Finding) -> bool {
    finding.rule == Rule::UnknownArgument
}

/// Whether a complaint is the provider's own: what it decides by `ValidateFunc`, `ConflictsWith`, `ExactlyOneOf`,
/// `AtLeastOneOf`, `RequiredWith` and custom validators is code, which no schema tells.
fn is_provider_code(complaint: &Complaint) -> bool {
    let one_of = complaint.detail.contains("one of `") || complaint.detail.contains("all of `");
    one_of || !is_own(&complaint.summary)
}

/// Whether Terraform itself, or a plugin library that reads the schema, begins a summary so.
pub(crate) fn is_own(summary: &str) -> bool {
    OWN.iter().any(|start| summary.starts_with(start))
}

/// How the summaries begin that Terraform and HCL write, and the two plugin libraries where they compare a
/// configuration with the schema.
const OWN: &[&str] = &[
    "Can't override ",
    "Cannot override ",
    "Ambiguous attribute key",
    "Attribute redefined",
    "Call to unknown function",
    "Cannot index a set value",
    "Cycle",
    "Duplicate ",
    "Ephemeral ",
    "Error in function call",
    "Extra ",
    "Extraneous ",
    "Incorrect ",
    "Insufficient ",
    "Invalid \"count\" attribute",
    "Invalid \"each\" attribute",
    "Invalid \"path\" attribute",
    "Invalid \"self\" reference",
    "Invalid \"terraform\" attribute",
    "Invalid \"when\" keyword",
    "Invalid JSON keyword",
    "Invalid character",
    "Invalid combination of \"count\" and \"for_each\"",
    "Invalid condition result",
    "Invalid count argument",
    "Invalid data ",
    "Invalid default value for variable",
    "Invalid depends_on reference",
    "Invalid dynamic for_each value",
    "Invalid escape sequence",
    "Invalid expanding argument value",
    "Invalid expression",
    "Invalid for_each argument",
    "Invalid function argument",
    "Invalid ignore_changes wildcard",
    "Invalid index",
    "Invalid local value name",
    "Invalid multi-line string",
    "Invalid operand",
    "Invalid operation",
    "Invalid output name",
    "Invalid precondition expression",
    "Invalid provider ",
    "Invalid reference",
    "Invalid replace_triggered_by expression",
    "Invalid required_providers object",
    "Invalid resource ",
    "Invalid template interpolation value",
    "Invalid type specification",
    "Invalid use of ephemeral value",
    "Invalid validation expression",
    "Invalid value for input variable",
    "Invalid variable ",
    "Invalid version constraint",
    "Inconsistent conditional result types",
    "Iteration over ",
    "Missing base ",
    "Missing block label",
    "Missing dynamic content block",
    "Missing item separator",
    "Missing key/value separator",
    "Missing name for resource",
    "Missing newline",
    "Missing module call to override",
    "Missing required argument",
    "Missing required provider configuration",
    "Missing resource ",
    "Missing data resource to override",
    "Missing ephemeral resource to override",
    "Missing value",
    "Module is incompatible with count",
    "Not enough function arguments",
    "Null value as key",
    "Output refers to sensitive values",
    "Provider configuration not present",
    "Reference to ",
    "Required variable not set",
    "Reserved ",
    "Root value must be object",
    "Self-referen",
    "Too many ",
    "Trailing comma",
    "Unclosed ",
    "Unexpected ",
    "Unknown provider function",
    "Unknown variable",
    "Unsuitable value type",
    "Unsupported ",
    "Unterminated ",
    "Zero assert blocks",
    // helper/schema of the plugin SDK, and the plugin framework.
    "Value for unconfigurable attribute",
    "Invalid Configuration for Read-Only Attribute",
    "Missing Configuration for Required Attribute",
];
