//! Secrets in user data.

use super::{finding, literals};
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};
use crate::secrets;

pub(crate) static RULE: Rule = Rule {
    id: "SEC006",
    name: "secret-in-user-data",
    summary: "user data holds a literal secret",
    rationale: "User data is readable by everyone who may describe the instance, and by every process on it.",
    remedy: "let the instance read the secret from Secrets Manager with its role",
    sources: &["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html"],
    severity: Severity::Error,
    good: &[
        r##"{"resource": {"aws_instance": {"i": {"user_data": "#!/bin/sh\nTOKEN=$(aws secretsmanager get-secret-value --secret-id app)"}}}}"##,
    ],
    bad: &[
        Bad {
            document: r##"{"resource": {"aws_instance": {"i": {"user_data": "#!/bin/sh\nexport DB_PASSWORD=hunter2\n"}}}}"##,
            at: &[r#"hunter2"#],
        },
        Bad {
            document: r#"{"resource": {"aws_launch_template": {"t": {"user_data": "${base64encode(\"DB_PASSWORD=hunter2\")}"}}}}"#,
            at: &[r#"hunter2"#],
        },
        Bad {
            document: r#"{"resource": {"aws_instance": {"i": {"user_data_base64": "REJfUEFTU1dPUkQ9aHVudGVyMiBydW4K"}}}}"#,
            at: &[r#""REJfUEFTU1dPUkQ9aHVudGVyMiBydW4K""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (literal, _) in literals(subject) {
        let script = literal.path.last().map(String::as_str);
        if !matches!(script, Some("user_data" | "user_data_base64")) {
            continue;
        }
        for found in secrets::assignments(literal.text) {
            judgement.report(finding(
                &RULE,
                subject,
                literal,
                found.range,
                &format!("user data, as `{}`", found.name),
            ));
        }
    }
}
