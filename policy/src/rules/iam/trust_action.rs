//! Actions of trust policies.

use crate::iam::{PolicyKind, Principal, Statement, pattern};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM033",
    name: "wrong-trust-action",
    summary: "a trust policy has an action that is not for assuming a role, or not for its principals",
    rationale: "A role is assumed by `sts:AssumeRole`, from an identity provider by `sts:AssumeRoleWithWebIdentity` or \
                `sts:AssumeRoleWithSAML`. AWS refuses other actions; the wrong one of these admits nobody.",
    remedy: "write the action by which the principal assumes the role",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html",
        "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html",
        "https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"pods.eks.amazonaws.com\"}, \"Action\": [\"sts:AssumeRole\", \"sts:TagSession\"]}, {\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com\"}, \"Action\": \"sts:AssumeRoleWithWebIdentity\"}, {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"111122223333\"}, \"Action\": \"sts:*\"}, {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"111122223333\"}, \"Action\": \"sts:SetSourceIdentity\"}]}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"ec2.amazonaws.com\"}, \"Action\": \"s3:GetObject\"}, {\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"pods.eks.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"}]}"}}}}"#,
            at: &[r#"\"s3:GetObject\""#, r#"\"sts:AssumeRole\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com\"}, \"Action\": \"sts:AssumeRole\"}, {\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"ec2.amazonaws.com\"}, \"Action\": \"sts:AssumeRoleWithWebIdentity\"}]}"}}}}"#,
            at: &[r#"\"sts:AssumeRole\""#, r#"\"sts:AssumeRoleWithWebIdentity\""#],
        },
    ],
    check,
};

/// The ways to assume a role.
const ASSUMING: &[&str] = &["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"];

/// What else a trust policy may allow (IAM user guide, "Passing session tags", "Source identity"; "Trusted identity
/// propagation").
const BESIDE: &[&str] = &["sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext"];

/// Services that need more than `sts:AssumeRole`, always (EKS user guide, "Pod Identity role"; IAM Roles Anywhere user guide,
/// "Trust policy").
const NEEDING: &[(&str, &[&str])] = &[
    ("pods.eks.amazonaws.com", &["sts:TagSession"]),
    ("rolesanywhere.amazonaws.com", &["sts:TagSession", "sts:SetSourceIdentity"]),
];

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.statements().filter(|(policy, _)| policy.kind == PolicyKind::Trust) {
        let Some(actions) = literals(statement) else {
            continue; // known only later
        };
        let mut others = false;
        for (text, action) in statement.actions().zip(&actions) {
            if !ASSUMING.iter().chain(BESIDE).any(|known| pattern::matches(action, known)) {
                others = true;
                let what = format!(
                    "`{action}` is not for assuming a role, which is all that a trust policy is about"
                );
                let instead = "write `sts:AssumeRole`; what the role may do belongs in its own policies";
                judgement.report(Finding::new(&RULE, text.span(), &policy.address, what).instead(instead));
            }
        }
        let Some(first) = statement.actions().next().filter(|_| !others && statement.allows()) else {
            continue;
        };
        if let Some((what, instead)) = mismatch(statement, &actions).or_else(|| lacking(statement, &actions))
        {
            judgement.report(Finding::new(&RULE, first.span(), &policy.address, what).instead(instead));
        }
    }
}

fn literals(statement: &Statement) -> Option<Vec<&str>> {
    let actions: Vec<&str> = statement.actions().map(|text| text.literal()).collect::<Option<_>>()?;
    (!actions.is_empty()).then_some(actions)
}

fn allows(actions: &[&str], wanted: &str) -> bool {
    actions.iter().any(|action| pattern::matches(action, wanted))
}

/// How a principal assumes a role; nothing if it is not known who it is.
fn way_of(principal: &Principal) -> Option<&'static str> {
    match principal.kind.as_str() {
        "AWS" | "Service" => Some("sts:AssumeRole"),
        "Federated" => match principal.id.literal()? {
            provider if provider.contains(":saml-provider/") => Some("sts:AssumeRoleWithSAML"),
            _ => Some("sts:AssumeRoleWithWebIdentity"),
        },
        _ => None,
    }
}

/// Actions by which none of the principals assumes a role.
fn mismatch(statement: &Statement, actions: &[&str]) -> Option<(String, String)> {
    let Known::Is(principals) = &statement.principal else {
        return None;
    };
    let ways: Vec<&str> = principals.iter().map(way_of).collect::<Option<_>>()?;
    let assumes = ASSUMING.iter().any(|way| allows(actions, way));
    let way = ways.first().filter(|_| assumes && !ways.iter().any(|way| allows(actions, way)))?;
    let written = actions.first()?;
    Some((format!("no principal of this statement assumes a role by `{written}`"), format!("write `{way}`")))
}

/// Actions that a service also needs.
fn lacking(statement: &Statement, actions: &[&str]) -> Option<(String, String)> {
    let services = statement.named_principals().filter(|principal| principal.kind == "Service");
    services.into_iter().find_map(|principal| {
        let service = principal.id.literal()?;
        let (_, needed) = NEEDING.iter().find(|(known, _)| *known == service)?;
        let missing =
            needed.iter().find(|action| allows(actions, "sts:AssumeRole") && !allows(actions, action))?;
        Some((format!("`{service}` also needs `{missing}`"), format!("add `{missing}`")))
    })
}
