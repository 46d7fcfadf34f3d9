//! SARIF 2.1.0, as code scanning services and editors read it (OASIS, "Static Analysis Results
//! Interchange Format (SARIF) Version 2.1.0").

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::mask::Mask;
use super::place::{Place, uri};
use super::{Accepted, Report, Via};
use crate::rules::{self, Finding, Rule, Severity};
use crate::source::{Sources, Span};

/// Where the form is described, for editors.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What relative paths are relative to: who reads the file knows where that is (section 3.14.14).
const ROOT: &str = "%SRCROOT%";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    name: &'static str,
    short_description: Value,
    full_description: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<&'static str>,
    help: Value,
    default_configuration: Value,
    properties: Value,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'r> {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Value,
    locations: [Location; 1],
    related_locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'static str, &'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<[Value; 1]>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    logical_locations: Option<[Value; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Value>,
}

/// Writes a report.
///
/// # Errors
///
/// If the writer fails.
pub fn write(report: &Report, sources: &Sources, out: &mut impl Write) -> io::Result<()> {
    let mask = Mask::of(report.all_findings(), sources);
    let open = report.findings.iter().map(|finding| entry(finding, &mask, sources));
    let accepted = report.accepted.iter().map(|accepted| Entry {
        suppressions: Some([suppression(accepted)]),
        ..entry(&accepted.finding, &mask, sources)
    });
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "policy",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules::RULES.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {
                (ROOT): {"description": {"text": "the folder of the settings, or else the one that policy ran in"}},
            },
            "invocations": [{
                "executionSuccessful": report.failures.is_empty(),
                "toolExecutionNotifications": notifications(report, &mask, sources),
            }],
            "results": open.chain(accepted).collect::<Vec<_>>(),
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn descriptor(rule: &Rule) -> Descriptor {
    let sources: Vec<String> = rule.sources.iter().map(|source| format!("- <{source}>")).collect();
    let (why, instead) = (rule.rationale, rule.remedy);
    Descriptor {
        id: rule.id,
        name: rule.name,
        short_description: json!({"text": rule.summary}),
        full_description: json!({"text": why}),
        help_uri: rule.sources.iter().copied().find(|source| source.starts_with("https://")),
        help: json!({
            "text": format!("{why}\n\nInstead: {instead}"),
            "markdown": format!("{why}\n\n**Instead:** {instead}\n\n{}", sources.join("\n")),
        }),
        default_configuration: json!({"level": level(rule.severity)}),
        // GitHub shows what has this tag as security alerts.
        properties: json!({"tags": ["security"]}),
    }
}

fn entry<'r>(finding: &'r Finding, mask: &Mask, sources: &Sources) -> Entry<'r> {
    let address = json!({"fullyQualifiedName": mask.text(&finding.address)});
    let place = Location { logical_locations: Some([address]), ..location(finding.span, sources) };
    let related = finding.related.iter().map(|(span, part)| Location {
        message: Some(json!({"text": mask.text(part)})),
        ..location(*span, sources)
    });
    let text = format!("{}. Instead: {}", mask.text(&finding.message), mask.text(finding.remedy()));
    Entry {
        rule_id: finding.rule.id,
        rule_index: rules::RULES.iter().position(|rule| rule.id == finding.rule.id),
        level: level(finding.severity),
        message: json!({"text": text}),
        locations: [place],
        related_locations: related.collect(),
        partial_fingerprints: BTreeMap::from([("policyFinding/v1", finding.fingerprint.as_str())]),
        suppressions: None,
    }
}

fn suppression(accepted: &Accepted) -> Value {
    let kind = match accepted.via {
        Via::Comment => "inSource",
        Via::Configuration | Via::Baseline => "external",
    };
    json!({"kind": kind, "status": "accepted", "justification": accepted.reason})
}

/// What could not be judged, and what is known only later.
fn notifications(report: &Report, mask: &Mask, sources: &Sources) -> Vec<Value> {
    let notification = |level: &str, message: &str, span: Span| {
        let text = mask.text(message);
        json!({"level": level, "message": {"text": text}, "locations": [location(span, sources)]})
    };
    let failures =
        report.failures.iter().map(|failure| notification("error", &failure.message, failure.span));
    let undecided = report.undecided.iter().map(|later| notification("note", &later.why, later.span));
    failures.chain(undecided).collect()
}

fn location(span: Span, sources: &Sources) -> Location {
    let place = Place::of(sources, span);
    let artifact = if place.path.starts_with('/') {
        json!({"uri": format!("file://{}", uri(&place.path))})
    } else {
        json!({"uri": uri(&place.path), "uriBaseId": ROOT})
    };
    let physical_location = json!({
        "artifactLocation": artifact,
        "region": {
            "startLine": place.start.line,
            "startColumn": place.start.column,
            "endLine": place.end.line,
            "endColumn": place.end.column,
        },
    });
    Location { physical_location, logical_locations: None, message: None }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Suggestion => "note",
    }
}
