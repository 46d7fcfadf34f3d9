//! `aws_iam_account_password_policy`.

use crate::known::Known;
use crate::node::{Node, Value};
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::terraform::Block;

pub(crate) static RULE: Rule = Rule {
    id: "IAM049",
    name: "weak-password-policy",
    summary: "the account's password policy asks for less than it should",
    rationale: "It is all that keeps the passwords of IAM users from being short, guessable, or used for ever. What it \
                does not set AWS does not ask for.",
    remedy: "set `minimum_password_length` to 14 or more, all four `require_…` to true, `password_reuse_prevention` to 24 \
             and `max_password_age` to 90 or less",
    sources: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-7",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-15",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_account_password_policy": {"p": {"minimum_password_length": 14, "require_lowercase_characters": true, "require_uppercase_characters": true, "require_numbers": true, "require_symbols": true, "password_reuse_prevention": 24, "max_password_age": 90}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_account_password_policy": {"p": {"minimum_password_length": 8, "require_lowercase_characters": true, "require_uppercase_characters": "true", "require_numbers": true, "require_symbols": false, "password_reuse_prevention": 24, "max_password_age": 0}}}}"#,
            at: &["8", "false", "0"],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_account_password_policy": {"p": {"minimum_password_length": 16}}}}"#,
            at: &[r#""p""#],
        },
    ],
    check,
};

/// What an argument has to be.
enum Wanted {
    /// `true`.
    True,
    /// A number of at least so much.
    AtLeast(u32),
    /// A number from one to so much: zero is none.
    AtMost(u32),
}

/// What is asked for (CIS AWS Foundations Benchmark; Security Hub, IAM.7, IAM.11 to IAM.17).
const ASKED: &[(&str, Wanted)] = &[
    ("max_password_age", Wanted::AtMost(90)),
    ("minimum_password_length", Wanted::AtLeast(14)),
    ("password_reuse_prevention", Wanted::AtLeast(24)),
    ("require_lowercase_characters", Wanted::True),
    ("require_numbers", Wanted::True),
    ("require_symbols", Wanted::True),
    ("require_uppercase_characters", Wanted::True),
];

fn check(subject: &Subject, judgement: &mut Judgement) {
    for block in subject.blocks.iter().filter(|block| block.is_resource("aws_iam_account_password_policy")) {
        judge(block, judgement);
    }
}

fn judge(block: &Block, judgement: &mut Judgement) {
    let mut absent = Vec::new();
    for (argument, wanted) in ASKED {
        match block.argument(argument) {
            Known::Absent => absent.push(format!("`{argument}`")),
            Known::Later(later) => {
                judgement.undecided(later.span, format!("what `{argument}` asks for is known only later"));
            }
            Known::Is(node) if wanted.is_met(node) => {}
            Known::Is(node) => {
                let message = format!("`{argument}` should be {}", wanted.words());
                judgement.report(Finding::new(&RULE, node.span, block.address(), message));
            }
        }
    }
    if !absent.is_empty() {
        let message = format!("this password policy does not set {}", absent.join(", "));
        judgement.report(Finding::new(&RULE, block.span, block.address(), message));
    }
}

impl Wanted {
    fn is_met(&self, node: &Node) -> bool {
        // Terraform takes numbers and truth values in quotes, too.
        let written = match &node.value {
            Value::Bool(value) => value.to_string(),
            Value::Number(digits) => digits.to_string(),
            _ => node.literal().unwrap_or_default().to_owned(),
        };
        let number = written.parse::<u32>().ok();
        match self {
            Wanted::True => written == "true",
            Wanted::AtLeast(least) => number.is_some_and(|number| number >= *least),
            Wanted::AtMost(most) => number.is_some_and(|number| (1..=*most).contains(&number)),
        }
    }

    fn words(&self) -> String {
        match self {
            Wanted::True => "true".to_owned(),
            Wanted::AtLeast(least) => format!("{least} or more"),
            Wanted::AtMost(most) => format!("between 1 and {most}"),
        }
    }
}
