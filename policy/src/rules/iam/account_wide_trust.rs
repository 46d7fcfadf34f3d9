//! Roles that a whole account may assume.

use std::collections::BTreeSet;

use crate::iam::PolicyKind::Trust;
use crate::iam::{Principal, Statement, pattern};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::terraform::{Block, Kind};

pub(crate) static RULE: Rule = Rule {
    id: "IAM067",
    name: "account-wide-trust",
    summary: "a role trusts all of an account, and no condition says who there, or for whom",
    rationale: "The account's `root` means everybody whom its administrators let assume roles. Where the account is somebody \
                else's, who there may use your role is theirs to say; a service provider can be made to use it for another \
                of its customers.",
    remedy: "name the role that assumes it; for a third party test `sts:ExternalId`, within an organization \
             `aws:PrincipalOrgID` with `aws:PrincipalArn`",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:role/ci\"}, \"Action\": \"sts:AssumeRole\"}}"}}}}"#,
        r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"111122223333\"}, \"Action\": \"sts:AssumeRole\", \"Condition\": {\"StringEquals\": {\"sts:ExternalId\": \"a-b-c\"}}}}"}}}}"#,
        r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::${data.aws_caller_identity.me.account_id}:root\"}, \"Action\": \"sts:AssumeRole\"}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:root\"}, \"Action\": \"sts:AssumeRole\"}}"}}}}"#,
            at: &[r#"\"arn:aws:iam::111122223333:root\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": [\"111122223333\"]}, \"Action\": \"sts:*\", \"Condition\": {\"StringLike\": {\"sts:ExternalId\": \"*\"}}}}"}}}}"#,
            at: &[r#"\"111122223333\""#],
        },
    ],
    check,
};

/// The keys that say who of an account, or for whom, in lower case (IAM user guide, "AWS global condition context keys" and
/// "IAM and AWS STS condition context keys").
const NARROWING: &[&str] = &[
    "aws:federatedprovider",
    "aws:multifactorauthage",
    "aws:multifactorauthpresent",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:principaltype",
    "aws:sourceidentity",
    "aws:sourceip",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:userid",
    "aws:username",
    "sts:externalid",
    "sts:rolesessionname",
    "sts:sourceidentity",
];

fn check(subject: &Subject, judgement: &mut Judgement) {
    let own = own_accounts(&subject.blocks);
    for (policy, statement) in subject.allowing(&[Trust]) {
        let assumes = statement.actions().any(|action| pattern::matches(action.as_str(), "sts:AssumeRole"));
        let principals = statement.principal.known().into_iter().flatten();
        let wide = principals.filter(|principal| {
            assumes && account_of(principal).is_some_and(|account| !own.contains(account))
        });
        for principal in wide {
            if let Known::Later(later) = &statement.condition {
                judgement
                    .undecided(later.span, "whether this condition narrows the account is known only later");
            } else if !is_narrowed(statement) {
                let message = "everybody in this account whom its administrators let may assume this role";
                judgement.report(Finding::new(&RULE, principal.id.span(), &policy.address, message));
            }
        }
    }
}

/// The account that a principal is as a whole.
fn account_of(principal: &Principal) -> Option<&str> {
    let id = principal.id.literal().filter(|_| principal.kind == "AWS")?;
    let arn = id.strip_prefix("arn:").and_then(|rest| rest.split_once(":iam::"));
    let account = match arn {
        Some((_, rest)) => rest.strip_suffix(":root")?,
        None => id,
    };
    (account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit())).then_some(account)
}

/// The accounts that plans and states say to be one's own.
fn own_accounts(blocks: &[Block]) -> BTreeSet<&str> {
    let identities =
        blocks.iter().filter(|block| block.kind == Kind::Data && block.type_name() == "aws_caller_identity");
    identities.filter_map(|block| block.body.member("account_id")?.value.literal()).collect()
}

fn is_narrowed(statement: &Statement) -> bool {
    statement.condition.known().into_iter().flatten().any(|condition| {
        let key = condition.key.to_ascii_lowercase();
        let narrows = NARROWING.contains(&key.as_str()) || key.starts_with("aws:principaltag/");
        let is_open = |value: &str| value.is_empty() || value.chars().all(|character| character == '*');
        narrows
            && condition.demands()
            && !condition.values.is_empty()
            && !condition
                .values
                .iter()
                .any(|value| is_open(value.as_str()) || value.literal() == Some("0.0.0.0/0"))
    })
}
