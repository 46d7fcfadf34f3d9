//! Principals that are none.

use std::sync::LazyLock;

use regex::Regex;

use crate::iam::{Principal, is_account};
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM025",
    name: "malformed-principal",
    summary: "a principal is written in a way that names nobody",
    rationale: "AWS refuses a policy whose principal it cannot resolve: a wildcard in an ARN, a group, a service without its \
                domain. An id such as `AROA…` is what a deleted role leaves behind.",
    remedy: "write an account, the ARN of a role or user, `service.amazonaws.com`, or the ARN of an identity provider",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_sqs_queue_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Principal\": {\"AWS\": [\"*\", \"111122223333\", \"arn:aws:iam::111122223333:root\", \"arn:aws:iam::111122223333:role/path/r\", \"arn:aws:sts::111122223333:assumed-role/r/session\", \"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1\"], \"Service\": [\"sns.amazonaws.com\", \"logs.us-east-2.amazonaws.com\", \"ec2.amazonaws.com.cn\"], \"Federated\": [\"cognito-identity.amazonaws.com\", \"arn:aws:iam::111122223333:saml-provider/p\"]}, \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\"}}"}}}}"#,
        r#"{"resource": {"aws_sqs_queue_policy": {"p": {"policy": "${jsonencode({Version = \"2012-10-17\", Statement = {Effect = \"Allow\", Principal = {AWS = [var.who, \"arn:aws:iam::${var.account}:root\", aws_iam_role.r.arn]}, Action = \"sqs:SendMessage\", Resource = \"*\"}})}"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_sqs_queue_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Principal\": {\"AWS\": [\"arn:aws:iam::111122223333:role/*\", \"arn:aws:iam::111122223333:group/g\", \"arn:aws:iam::1111:root\", \"AROAIOSFODNN7EXAMPLE\", \"bob\"], \"Service\": [\"sns\", \"*\"], \"Federated\": \"login.example\", \"CanonicalUser\": \"me\"}, \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\"}}"}}}}"#,
        at: &[
            r#"\"arn:aws:iam::111122223333:role/*\""#,
            r#"\"arn:aws:iam::111122223333:group/g\""#,
            r#"\"arn:aws:iam::1111:root\""#,
            r#"\"AROAIOSFODNN7EXAMPLE\""#,
            r#"\"bob\""#,
            r#"\"sns\""#,
            r#"\"*\""#,
            r#"\"login.example\""#,
            r#"\"me\""#,
        ],
    }],
    check,
};

/// A form of principals (IAM user guide, "AWS JSON policy elements: Principal"; "IAM identifiers"), compiled where it is
/// asked for: most configurations have services only.
type Form = LazyLock<Option<Regex>>;

static ARN: Form = LazyLock::new(|| {
    Regex::new(
        "^arn:aws[a-z-]*:(iam::([0-9]{12}:(root|(role|user)/[^*?]+)|cloudfront:user/.+)|sts::[0-9]{12}:(assumed-role|federated-user)/[^*?]+|sts::[0-9]{12}:self)$",
    )
    .ok()
});

/// The domains of AWS's partitions (botocore, `partitions.json`), and of services that are not public.
static SERVICE: Form = LazyLock::new(|| {
    Regex::new(
        r"^[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.com(\.cn)?|amazonaws\.eu|aws\.internal|amazon\.com|c2s\.ic\.gov|sc2s\.sgov\.gov)$",
    )
    .ok()
});

static PROVIDER: Form = LazyLock::new(|| {
    Regex::new(
        r"^(arn:aws[a-z-]*:iam::[0-9]{12}:(saml-provider|oidc-provider)/[^*?]+|cognito-identity(-us-gov)?\.amazonaws\.com(\.cn)?|accounts\.google\.com|graph\.facebook\.com|www\.amazon\.com)$",
    )
    .ok()
});

/// Whether a principal has a form. The examples above hold that each can be compiled.
fn has(form: &Form, written: &str) -> bool {
    form.as_ref().is_some_and(|form| form.is_match(written))
}

fn is_unique_id(written: &str) -> bool {
    let rest = ["AROA", "AIDA"].iter().find_map(|prefix| written.strip_prefix(prefix));
    let is_of_id = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    rest.is_some_and(|rest| rest.len() >= 12 && rest.bytes().all(is_of_id))
}

fn is_canonical_id(written: &str) -> bool {
    written.len() == 64 && written.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.statements() {
        for principal in statement.named_principals() {
            if let Some((what, instead)) = wrong(principal) {
                let finding = Finding::new(&RULE, principal.id.span(), &policy.address, what);
                judgement.report(finding.instead(instead));
            }
        }
    }
}

/// What is wrong with a principal, and what to write; what is known only later may be anybody.
fn wrong(principal: &Principal) -> Option<(String, String)> {
    // A policy variable stands for somebody; whether it may stand here is another rule's.
    let written = principal.id.literal().filter(|written| !written.contains("${"))?;
    let fault = |what: String, instead: &str| Some((what, instead.to_owned()));
    match principal.kind.as_str() {
        "AWS" => account_or_arn(written),
        "Service" if has(&SERVICE, written) => None,
        "Service" => {
            let name = written.split('.').next().unwrap_or_default().to_ascii_lowercase();
            let service = if name.is_empty() || name.contains('*') { "lambda" } else { &name };
            fault(
                format!("`{written}` is no service principal"),
                &format!("write one such as `{service}.amazonaws.com`"),
            )
        }
        "Federated" if has(&PROVIDER, written) => None,
        "Federated" => fault(
            format!("`{written}` is no identity provider"),
            "write the ARN of an `oidc-provider` or `saml-provider`, or a host such as `cognito-identity.amazonaws.com`",
        ),
        "CanonicalUser" if !is_canonical_id(written) => fault(
            "this is no canonical user id".to_owned(),
            "write the 64 hexadecimal digits of the account's canonical id",
        ),
        _ => None, // another rule's: no kind of principal
    }
}

fn account_or_arn(written: &str) -> Option<(String, String)> {
    if written == "*" || is_account(written) || has(&ARN, written) {
        return None;
    }
    let (what, instead) = if is_unique_id(written) {
        ("is the id of a role or user, perhaps of a deleted one", "write its ARN")
    } else if written.contains(['*', '?']) {
        (
            "has a wildcard, which a principal cannot have",
            "name each role, or name the account and compare `aws:PrincipalArn` with `ArnLike` in a condition",
        )
    } else if written.contains(":group/") {
        ("is a group, which is no principal", "name roles or users")
    } else {
        (
            "is no principal",
            "write twelve digits, `arn:aws:iam::111122223333:root`, or the ARN of a role or user",
        )
    };
    Some((format!("`{written}` {what}"), instead.to_owned()))
}
