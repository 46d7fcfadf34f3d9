//! Roles that workloads outside of AWS assume with a token.

use crate::iam::PolicyKind::Trust;
use crate::iam::{Condition, Issuer, Trusted, pattern, trusted};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::text::Text;

pub(crate) static RULE: Rule = Rule {
    id: "IAM068",
    name: "wide-web-identity-subject",
    summary: "a role trusts an identity provider without saying whose tokens",
    rationale: "A token proves only that the provider signed it, and most providers sign for everybody: each of their \
                projects, organizations or users can assume the role.",
    remedy: "test the provider's `:sub` with StringEquals, or with StringLike where only the end is open",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
        "https://docs.gitlab.com/ci/cloud_services/aws/",
        "https://support.atlassian.com/bitbucket-cloud/docs/deploy-on-aws-using-bitbucket-pipelines-openid-connect/",
        "https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration",
        "https://circleci.com/docs/openid-connect-tokens/",
        "https://buildkite.com/docs/pipelines/security/oidc/aws",
        "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
        "https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"arn:aws:iam::111122223333:oidc-provider/gitlab.com\"}, \"Action\": \"sts:AssumeRoleWithWebIdentity\", \"Condition\": {\"StringLike\": {\"gitlab.com:sub\": \"project_path:g/p:ref_type:branch:ref:*\"}}}}"}}}}"#,
        r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/ABC\"}, \"Action\": \"sts:AssumeRoleWithWebIdentity\", \"Condition\": {\"StringEquals\": {\"oidc.eks.us-east-1.amazonaws.com/id/ABC:sub\": \"system:serviceaccount:apps:api\"}}}}"}}}}"#,
        r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"cognito-identity.amazonaws.com\"}, \"Action\": \"sts:AssumeRoleWithWebIdentity\", \"Condition\": {\"StringEquals\": {\"cognito-identity.amazonaws.com:aud\": \"us-east-1:12345678\"}}}}"}}}}"#,
        r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"arn:aws:iam::111122223333:oidc-provider/id.example.com\"}, \"Action\": \"sts:AssumeRoleWithWebIdentity\", \"Condition\": {\"StringEquals\": {\"id.example.com:aud\": \"client\"}}}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"arn:aws:iam::111122223333:oidc-provider/gitlab.com\"}, \"Action\": \"sts:AssumeRoleWithWebIdentity\", \"Condition\": {\"StringEquals\": {\"gitlab.com:aud\": \"https://gitlab.com\"}}}}"}}}}"#,
            at: &[r#"\"arn:aws:iam::111122223333:oidc-provider/gitlab.com\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"arn:aws:iam::111122223333:oidc-provider/app.terraform.io\"}, \"Action\": \"sts:AssumeRoleWithWebIdentity\", \"Condition\": {\"StringLike\": {\"app.terraform.io:sub\": \"organization:*:workspace:*\"}}}}"}}}}"#,
            at: &[r#"\"organization:*:workspace:*\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_openid_connect_provider": {"eks": {"url": "https://oidc.eks.us-east-1.amazonaws.com/id/ABC"}}, "aws_iam_role": {"r": {"assume_role_policy": "${jsonencode({Version = \"2012-10-17\", Statement = [{Effect = \"Allow\", Principal = {Federated = aws_iam_openid_connect_provider.eks.arn}, Action = \"sts:AssumeRoleWithWebIdentity\"}]})}"}}}}"#,
            at: &["aws_iam_openid_connect_provider.eks.arn"],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"arn:aws:iam::111122223333:oidc-provider/id.example.com\"}, \"Action\": \"sts:AssumeRoleWithWebIdentity\"}}"}}}}"#,
            at: &[r#"\"arn:aws:iam::111122223333:oidc-provider/id.example.com\""#],
        },
    ],
    check,
};

/// GitHub has a rule of its own.
const ELSEWHERE: &str = "token.actions.githubusercontent.com";

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.allowing(&[Trust]) {
        let assumes = |action: &Text| pattern::matches(action.as_str(), "sts:AssumeRoleWithWebIdentity");
        if !statement.actions().any(assumes) {
            continue;
        }
        for trusted in trusted(statement, &subject.blocks) {
            if trusted.address.as_ref().is_some_and(|address| address.contains(ELSEWHERE)) {
                continue;
            }
            let conditions = match &statement.condition {
                Known::Later(later) => {
                    judgement.undecided(later.span, "whose tokens this condition admits is known only later");
                    continue;
                }
                Known::Is(conditions) => conditions.as_slice(),
                Known::Absent => &[],
            };
            for Wide { at, message, instead } in judge(&trusted, conditions) {
                let finding = Finding::new(&RULE, at.span(), &policy.address, message);
                judgement.report(finding.instead(instead));
            }
        }
    }
}

/// A place that admits more than one workload.
struct Wide<'s> {
    at: &'s Text,
    message: String,
    instead: String,
}

fn judge<'s>(trusted: &Trusted<'s>, conditions: &'s [Condition]) -> Vec<Wide<'s>> {
    let at = trusted.provider;
    let Some((address, issuer)) =
        trusted.address.as_ref().and_then(|address| Some((address, Issuer::of(address)?)))
    else {
        // Of one that is not known here nobody knows what its claims say; that none is tested is sure.
        let is_tested = conditions.iter().any(|condition| condition.demands() && is_claim(condition));
        let message = "whoever has a token of this provider may assume this role".to_owned();
        let instead = "test the provider's `:sub`, or its `:aud`".to_owned();
        return if is_tested { Vec::new() } else { vec![Wide { at, message, instead }] };
    };
    let instead = format!("test `{address}:{}` for a value such as `{}`", issuer.claim, issuer.example);
    let signs_for = issuer.signs_for;
    match tested(conditions, issuer) {
        Tested::Narrow => Vec::new(),
        Tested::Not => {
            let message = format!("{signs_for} may assume this role: no condition tests `:{}`", issuer.claim);
            vec![Wide { at, message, instead }]
        }
        Tested::Wide(values) => values
            .into_iter()
            .map(|at| {
                let message = format!("whoever this pattern admits of {signs_for} may assume this role");
                Wide { at, message, instead: instead.clone() }
            })
            .collect(),
    }
}

/// How the claim that says who it is is tested.
enum Tested<'c> {
    Not,
    /// By these values, and no other condition.
    Wide(Vec<&'c Text>),
    Narrow,
}

fn tested<'c>(conditions: &'c [Condition], issuer: &Issuer) -> Tested<'c> {
    let mut wide = Vec::new();
    for condition in conditions.iter().filter(|condition| condition.demands() && is_claim(condition)) {
        let claim = condition.key.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        if claim != issuer.claim && claim != "sub" {
            if claim == "aud" || claim == "amr" {
                continue;
            }
            // Another claim, such as a project, says who it is too.
            return Tested::Narrow;
        }
        let is_like = condition.operator.to_ascii_lowercase().contains("like");
        let open: Vec<&Text> =
            condition.values.iter().filter(|value| is_like && issuer.is_wide(value.as_str())).collect();
        // Conditions are joined by AND: one narrow test is enough.
        if open.is_empty() && !condition.values.is_empty() {
            return Tested::Narrow;
        }
        wide.extend(open);
    }
    if wide.is_empty() { Tested::Not } else { Tested::Wide(wide) }
}

/// Whether a condition is on a claim of the token: keys of AWS begin otherwise.
fn is_claim(condition: &Condition) -> bool {
    let key = condition.key.to_ascii_lowercase();
    key.contains(':') && !key.starts_with("aws:") && !key.starts_with("sts:")
}
