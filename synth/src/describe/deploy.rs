//! What must be there before, and the commands that make the rest.

use std::collections::BTreeSet;

use serde_json::Value;

use super::document::{Argument, Resource, Stack, blocks};
use super::markdown::{Page, code, plain};
use super::secrets::RUNS;

pub(super) fn write(stacks: &[Stack<'_>], page: &mut Page) {
    page.section("Deploy");
    let needs: BTreeSet<String> = stacks.iter().flat_map(needs).map(|need| format!("- {need}")).collect();
    if !needs.is_empty() {
        page.paragraph(&format!("There must be:\n\n{}", needs.into_iter().collect::<Vec<_>>().join("\n")));
    }
    let mut commands: Vec<String> = Vec::new();
    for stack in stacks {
        for line in given(stack) {
            if !commands.contains(&line) {
                commands.push(line);
            }
        }
    }
    for stack in stacks {
        let terraform = terraform(stacks, stack);
        commands.push(format!("{terraform} init"));
        for step in stack.resources().filter_map(|resource| by_hand(&resource, stacks)) {
            commands.push(format!("{terraform} apply -target={}", step.target));
            commands.push(format!("# {}", step.then));
        }
        commands.push(format!("{terraform} plan -out=tfplan && {terraform} apply tfplan"));
    }
    page.commands(&commands);
}

/// How terraform is called in the folder of a stack.
pub(super) fn terraform(stacks: &[Stack<'_>], stack: &Stack<'_>) -> String {
    if stacks.len() > 1 { format!("terraform -chdir={}", stack.name) } else { "terraform".to_owned() }
}

/// What a stack cannot make itself.
fn needs(stack: &Stack<'_>) -> Vec<String> {
    let mut needs = Vec::new();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    if let Some(version) = stack.setting("required_version") {
        needs.push(format!("Terraform {} (or the OpenTofu of that version)", code(&text(version))));
    }
    let backends = stack.setting("backend").map(blocks).unwrap_or_default();
    for s3 in backends.iter().filter_map(|backend| backend.get("s3")) {
        let argument = |name| s3.get(name).and_then(Value::as_str).map(code);
        let (Some(bucket), Some(region)) = (argument("bucket"), argument("region")) else { continue };
        let lock =
            argument("dynamodb_table").map_or(String::new(), |table| format!(" and its lock table {table}"));
        needs.push(format!("the bucket {bucket}{lock} for the state, in {region}"));
    }
    needs
}

/// The variables that have no default, as the environment gives them.
fn given(stack: &Stack<'_>) -> Vec<String> {
    let required = stack.variables().filter(|(_, variable)| !variable.contains_key("default"));
    let line = |(name, variable): (&str, &serde_json::Map<String, Value>)| {
        let what = variable.get("description").and_then(Value::as_str).unwrap_or_default();
        let comment = if what.is_empty() { String::new() } else { format!("  # {}", plain(what)) };
        format!("export TF_VAR_{name}=…{comment}")
    };
    required.map(line).collect()
}

/// What a person has to do between two steps.
struct ByHand {
    target: String,
    then: String,
}

fn by_hand(resource: &Resource<'_>, stacks: &[Stack<'_>]) -> Option<ByHand> {
    let then = match resource.kind {
        // AWS App Runner Developer Guide, "Managing App Runner connections".
        "aws_apprunner_connection" => {
            "Complete the handshake of the connection in the App Runner console: it is pending until then."
                .to_owned()
        }
        // AWS Certificate Manager User Guide, "DNS validation".
        "aws_acm_certificate" if !validated(resource, stacks) => {
            let show = format!("terraform state show {}", resource.address());
            format!("Create the DNS records of `domain_validation_options` ({show}), and wait for ISSUED.")
        }
        // An image that is not there cannot be run.
        "aws_ecr_repository" if resource.readers(stacks).iter().any(|reader| RUNS.contains(&reader.kind)) => {
            format!("Push the first image to the repository {}.", resource.called(&["name"]))
        }
        _ => return None,
    };
    Some(ByHand { target: resource.address(), then })
}

/// Whether the stack itself makes the records that validate a certificate, or it needs none.
fn validated(certificate: &Resource<'_>, stacks: &[Stack<'_>]) -> bool {
    let by_dns =
        matches!(certificate.argument("validation_method"), Argument::Is(Value::String(by)) if by == "DNS");
    !by_dns || certificate.readers(stacks).iter().any(|reader| reader.kind == "aws_route53_record")
}
