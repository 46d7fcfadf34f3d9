//! AWS managed policies that grant far more than one application needs.

use crate::known::Known;
use crate::node::{Node, Value};
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::terraform::{Block, Kind};

pub(crate) static RULE: Rule = Rule {
    id: "IAM009",
    name: "broad-managed-policy",
    summary: "a broad AWS managed policy is attached",
    rationale: "AWS's managed policies cover every resource of the account, since they cannot know yours; the ones \
                reported here also let their holder change or delete them.",
    remedy: "attach a policy of your own that names the actions and the ARNs",
    sources: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html"],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_role_policy_attachment": {"a": {"role": "r", "policy_arn": "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}}}}"#,
        r#"{"resource": {"aws_iam_role_policy_attachment": {"a": {"role": "r", "policy_arn": "${aws_iam_policy.own.arn}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_role_policy_attachment": {"a": {"role": "r", "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"}}}}"#,
            at: &[r#""arn:aws:iam::aws:policy/AdministratorAccess""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_role": {"r": {"managed_policy_arns": ["arn:aws:iam::aws:policy/AmazonS3FullAccess"]}}}}"#,
            at: &[r#""arn:aws:iam::aws:policy/AmazonS3FullAccess""#],
        },
    ],
    check,
};

/// Arguments that hold the ARNs of policies to attach (schema of hashicorp/aws 5.100.0).
const ATTACHMENTS: &[(&str, &str)] = &[
    ("aws_iam_group_policy_attachment", "policy_arn"),
    ("aws_iam_policy_attachment", "policy_arn"),
    ("aws_iam_role", "managed_policy_arns"),
    ("aws_iam_role_policy_attachment", "policy_arn"),
    ("aws_iam_role_policy_attachments_exclusive", "policy_arns"),
    ("aws_iam_user_policy_attachment", "policy_arn"),
    ("aws_ssoadmin_managed_policy_attachment", "managed_policy_arn"),
];

/// Broad policies whose names do not end in `FullAccess` (AWS managed policy reference).
const BROAD: &[&str] = &[
    "AdministratorAccess",
    "AmazonEC2ContainerRegistryPowerUser",
    "AWSAppRunnerFullAccess",
    "DatabaseAdministrator",
    "NetworkAdministrator",
    "PowerUserAccess",
    "SecretsManagerReadWrite",
    "SystemAdministrator",
];

fn check(subject: &Subject, judgement: &mut Judgement) {
    for block in subject.of_kind(Kind::Resource) {
        for (type_name, argument) in ATTACHMENTS {
            if *type_name == block.type_name() {
                judge(block, argument, judgement);
            }
        }
    }
}

fn judge(block: &Block, argument: &str, judgement: &mut Judgement) {
    let written = match block.argument(argument) {
        Known::Is(written) => written,
        Known::Absent => return,
        Known::Later(later) => return undecided(later.span, block, judgement),
    };
    let arns: &[Node] = match &written.value {
        Value::List(nodes) => nodes,
        _ => std::slice::from_ref(written),
    };
    for node in arns {
        match node.literal() {
            Some(arn) => {
                if let Some(name) = broad(arn) {
                    let message = format!("the managed policy `{name}` is attached");
                    judgement.report(Finding::new(&RULE, node.span, block.address(), message));
                }
            }
            None => undecided(node.span, block, judgement),
        }
    }
}

/// The ARN is known only later: undecided, unless it is that of a policy declared here.
fn undecided(span: crate::source::Span, block: &Block, judgement: &mut Judgement) {
    let declared = block
        .written
        .members()
        .iter()
        .any(|member| member.value.span.overlaps(span) && refers_to_policy(&member.value));
    if !declared {
        judgement.undecided(span, "which policy is attached is known only later");
    }
}

fn refers_to_policy(node: &Node) -> bool {
    match &node.value {
        Value::Reference(reference) => reference.root == "aws_iam_policy",
        _ => node.children().into_iter().any(refers_to_policy),
    }
}

fn broad(arn: &str) -> Option<&str> {
    let (_, path) = arn.split_once(":iam::aws:policy/")?;
    let name = path.rsplit('/').next()?;
    (name.ends_with("FullAccess") || BROAD.contains(&name)).then_some(name)
}
