//! Outputs of sensitive values.

use super::carried;
use crate::node::Value;
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};
use crate::secrets::Flow;
use crate::terraform::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "SEC013",
    name: "unmarked-sensitive-output",
    summary: "an output shows a sensitive value",
    rationale: "Outputs are printed after every apply and can be read by every configuration that reads this state.",
    remedy: "output the ARN of the secret instead; if the value itself is needed, set `\"sensitive\": true`",
    sources: &[
        "https://developer.hashicorp.com/terraform/language/values/outputs#sensitive-suppressing-values-in-cli-output",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"variable": {"t": {"sensitive": true}}, "output": {"t": {"value": "${var.t}", "sensitive": true}, "n": {"value": "${length(var.t)}"}}}"#,
        r#"{"output": {"arn": {"value": "${aws_secretsmanager_secret.github_token.arn}"}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"variable": {"t": {"sensitive": true}}, "output": {"o": {"value": "${var.t}"}}}"#,
            at: &[r#"var.t"#],
        },
        Bad {
            document: r#"{"locals": {"l": "${random_password.p.result}"}, "output": {"o": {"value": {"a": "x-${local.l}"}}}}"#,
            at: &[r#"local.l"#],
        },
        Bad {
            document: r#"{"variable": {"github_token": {"type": "string"}}, "output": {"o": {"value": "${nonsensitive(var.github_token)}"}}}"#,
            at: &[r#"var.github_token"#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    let mut flow = Flow::through(&subject.blocks);
    // An output of a called module is shown to its caller only.
    for block in subject.of_kind(Kind::Output).filter(|block| block.module.is_root()) {
        let marked = block.written.member("sensitive").map(|member| &member.value);
        if marked.is_some_and(|node| matches!(node.value, Value::Bool(true))) {
            continue;
        }
        let Some(value) = block.written.member("value") else {
            continue; // Terraform refuses an output without a value
        };
        if let Some(value) = flow.sensitive(&value.value, &block.module) {
            let message = format!("this output shows `{}`, which is sensitive", value.name);
            judgement.report(carried(&RULE, block, value, message));
        }
    }
}
