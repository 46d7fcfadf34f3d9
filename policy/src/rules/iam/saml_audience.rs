//! Roles that are assumed with SAML, for whatever audience.

use crate::iam::PolicyKind::Trust;
use crate::iam::pattern;
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM069",
    name: "saml-without-audience",
    summary: "a role trusts a SAML provider without saying for which audience an assertion is made",
    rationale: "An identity provider makes assertions for many services. Without a test of `SAML:aud` one that was made for \
                another may be used for AWS.",
    remedy: "test `SAML:aud` with StringEquals for `https://signin.aws.amazon.com/saml`, or for the sign-in address of your \
             region",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-saml",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"arn:aws:iam::111122223333:saml-provider/idp\"}, \"Action\": \"sts:AssumeRoleWithSAML\", \"Condition\": {\"StringEquals\": {\"SAML:aud\": \"https://signin.aws.amazon.com/saml\"}}}}"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"arn:aws:iam::111122223333:saml-provider/idp\"}, \"Action\": \"sts:AssumeRoleWithSAML\"}}"}}}}"#,
        at: &[r#"\"arn:aws:iam::111122223333:saml-provider/idp\""#],
    }],
    check,
};

/// The keys that say for whom an assertion is made (IAM user guide, "Available keys for SAML-based AWS STS federation").
const AUDIENCE: [&str; 2] = ["SAML:aud", "SAML:sub"];

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.allowing(&[Trust]) {
        let assumes = |action: &str| pattern::matches(action, "sts:AssumeRoleWithSAML");
        let principals = statement.principal.known().into_iter().flatten();
        let mut providers = principals.filter(|principal| principal.kind == "Federated");
        let (true, Some(provider)) =
            (statement.actions().any(|action| assumes(action.as_str())), providers.next())
        else {
            continue; // no trust in a provider of SAML
        };
        if let Known::Later(later) = &statement.condition {
            judgement.undecided(later.span, "for which audience this condition is known only later");
            continue;
        }
        let is_tested =
            AUDIENCE.iter().any(|key| statement.conditions_on(key).any(|condition| condition.demands()));
        if !is_tested {
            let message = "assertions that were made for another audience are accepted";
            judgement.report(Finding::new(&RULE, provider.id.span(), &policy.address, message));
        }
    }
}
