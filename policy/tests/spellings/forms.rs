//! One model in every form, and the golden documents of the repository in both syntaxes.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::json::Spelling;
use crate::model::{Model, Policy, REFERENCE, Writing, any_model};
use crate::{judge_file, native, shown};

/// The model as a configuration, each policy written as it says.
fn configuration(model: &Model) -> Value {
    let mut made = json!({"resource": {"aws_sqs_queue": {"jobs": {"name": "jobs"}}}});
    for (index, policy) in model.policies.iter().enumerate() {
        let (type_name, argument) = policy.carrier;
        let name = format!("p{index}");
        let written = match policy.writing {
            Writing::Text => policy.value(REFERENCE).to_string(),
            Writing::Encoded => format!("${{jsonencode({})}}", encoded(policy)),
            Writing::Document => {
                let statements: Vec<Value> = policy.statements.iter().map(|one| one.block()).collect();
                made["data"]["aws_iam_policy_document"][&name] = json!({"statement": statements});
                format!("${{data.aws_iam_policy_document.{name}.json}}")
            }
            Writing::Local => {
                made["locals"][&name] = policy.value(REFERENCE);
                format!("${{jsonencode(local.{name})}}")
            }
            Writing::Default => {
                made["variable"][&name] = json!({"default": policy.value(REFERENCE).to_string()});
                format!("${{var.{name}}}")
            }
        };
        made["resource"][type_name][&name] = json!({argument: written});
    }
    let variables: Map<String, Value> =
        model.environment.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    made["resource"]["aws_lambda_function"] = json!({"f": {"environment": [{"variables": variables}]}});
    made
}

/// The policy as an expression: JSON is one, but for the references in its strings.
fn encoded(policy: &Policy) -> String {
    policy.value(REFERENCE).to_string()
}

/// The rule, the address and the message of every finding, and every reason of doubt.
fn said(name: &str, document: &str) -> Vec<String> {
    let report = judge_file(name, document);
    assert!(report.failures.is_empty(), "{:?}\n{document}", report.failures);
    let findings = report.findings.iter();
    let findings =
        findings.map(|finding| format!("{} {} {}", finding.rule.id, finding.address, finding.message));
    let mut said: Vec<String> =
        findings.chain(report.undecided.iter().map(|later| later.why.clone())).collect();
    said.sort();
    // Several texts in one place are one in another.
    said.dedup();
    said
}

/// Without the rules that judge the text of ARNs, or whose account they name: a state has the ARN that the other forms refer to.
fn without_arns(said: &[String]) -> Vec<String> {
    let judges_text = |line: &&String| {
        ["IAM024 ", "IAM029 ", "IAM038 ", "IAM072 "].iter().any(|rule| line.starts_with(rule))
    };
    said.iter().filter(|line| !judges_text(line)).cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_form_says_the_same(model in any_model(), choices in prop::collection::vec(0_u8..5, 0..200)) {
        let plain = configuration(&model);
        let expected = said("main.tf.json", &plain.to_string());
        let spelled = Spelling::of(choices).document(&plain);
        prop_assert_eq!(&said("main.tf.json", &spelled), &expected, "{}", spelled);
        let native = native::document(&plain);
        prop_assert_eq!(&said("main.tf", &native), &expected, "{}", native);
        let plan = shown::plan(&model);
        prop_assert_eq!(&said("shown.json", &plan), &expected, "{}\n{}", plan, plain);
        let expected = without_arns(&expected);
        for state in [shown::state(&model), shown::raw_state(&model)] {
            prop_assert_eq!(&without_arns(&said("shown.json", &state)), &expected, "{}\n{}", state, plain);
        }
    }
}

fn golden(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            golden(&path, found);
        } else if path.to_string_lossy().ends_with(".tf.json") {
            found.push(path);
        }
    }
}

#[test]
fn golden_documents_say_the_same_in_the_native_syntax() {
    let mut documents = Vec::new();
    golden(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures"), &mut documents);
    assert!(documents.len() > 10, "{documents:?}");
    for path in documents {
        let text = fs::read_to_string(&path).unwrap();
        let native = native::document(&serde_json::from_str(&text).unwrap());
        assert_eq!(said("main.tf", &native), said("main.tf.json", &text), "{}", path.display());
    }
}
