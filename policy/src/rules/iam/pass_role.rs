//! `iam:PassRole` to any service.

use crate::iam::PolicyKind::Identity;
use crate::iam::{Condition, Statement, pattern};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::text::Text;

pub(crate) static RULE: Rule = Rule {
    id: "IAM006",
    name: "pass-role-to-any-service",
    summary: "iam:PassRole is allowed without saying to which service",
    rationale: "Whoever may pass a role to any service can start a function, a task or an instance with it and act \
                with its permissions.",
    remedy: "add the condition `\"StringEquals\": {\"iam:PassedToService\": \"ecs-tasks.amazonaws.com\"}` with the \
             service that needs the role, and name the role in `Resource`",
    sources: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html"],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"iam:PassRole\", \"Resource\": \"arn:aws:iam::111122223333:role/task\", \"Condition\": {\"StringEquals\": {\"iam:PassedToService\": \"ecs-tasks.amazonaws.com\"}}}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"iam:passrole\"], \"Resource\": \"arn:aws:iam::111122223333:role/task\"}}"}}}}"#,
            at: &[r#"\"iam:passrole\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"iam:PassRole\", \"Resource\": \"arn:aws:iam::111122223333:role/task\", \"Condition\": {\"StringLike\": {\"iam:PassedToService\": \"*.amazonaws.com\"}}}}"}}}}"#,
            at: &[r#"\"iam:PassRole\""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.allowing(&[Identity]) {
        for action in statement.actions() {
            let Some((service, name)) = action.literal().and_then(|text| text.split_once(':')) else {
                continue; // `*` is another rule's; an unknown action is reported by the reader
            };
            // `iam:*` is reported as a whole service.
            if name == "*" || !service.eq_ignore_ascii_case("iam") || !pattern::matches(name, "PassRole") {
                continue;
            }
            match &statement.condition {
                Known::Later(later) => {
                    judgement.undecided(
                        later.span,
                        "whether this condition limits iam:PassRole is known only later",
                    );
                }
                _ if names_service(statement) => {}
                _ => {
                    let message = "iam:PassRole is allowed for every service that takes a role";
                    judgement.report(Finding::new(&RULE, action.span(), &policy.address, message));
                }
            }
        }
    }
}

fn names_service(statement: &Statement) -> bool {
    // That the key is there says nothing of the service, nor does the end that the names of all of them have.
    let is_any = |value: &Text| value.as_str().trim_start_matches('*').starts_with(".amazonaws.com");
    let names = |condition: &Condition| {
        condition.demands_a_value()
            && !condition.operator.eq_ignore_ascii_case("Null")
            && !condition.values.iter().any(is_any)
    };
    statement.conditions_on("iam:PassedToService").any(names)
}
