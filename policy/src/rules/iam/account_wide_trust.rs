//! Roles that a whole account may assume.

use crate::iam::PolicyKind::Trust;
use crate::iam::{self, pattern};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

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
        r#"{"provider": {"aws": {"allowed_account_ids": ["111122223333"]}}, "resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"111122223333\"}, \"Action\": \"sts:AssumeRole\"}}"}}}}"#,
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

fn check(subject: &Subject, judgement: &mut Judgement) {
    let own = iam::own_accounts(&subject.blocks);
    for (policy, statement) in subject.allowing(&[Trust]) {
        let assumes = statement.actions().any(|action| pattern::matches(action.as_str(), "sts:AssumeRole"));
        let principals = statement.principal.known().into_iter().flatten();
        let wide = principals.filter(|principal| {
            assumes && principal.whole_account().is_some_and(|account| !own.contains(account))
        });
        for principal in wide {
            if let Known::Later(later) = &statement.condition {
                judgement
                    .undecided(later.span, "whether this condition narrows the account is known only later");
            } else if !statement.narrows_accounts() {
                let message = "everybody in this account whom its administrators let may assume this role";
                judgement.report(Finding::new(&RULE, principal.id.span(), &policy.address, message));
            }
        }
    }
}
