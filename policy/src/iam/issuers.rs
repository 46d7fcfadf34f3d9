//! Identity providers of OpenID Connect: whose tokens they sign, and how their subjects are made.

use super::policy::Statement;
use crate::node::{Node, Value};
use crate::terraform::Block;
use crate::text::Text;

/// An identity provider.
#[derive(Debug)]
pub struct Issuer {
    /// Its name for a reader.
    pub name: &'static str,
    /// What its address begins with and ends in; `*` between them is any text.
    address: (&'static str, &'static str),
    /// Who has a token of it.
    pub signs_for: &'static str,
    /// What stands between the parts of a subject.
    pub separator: char,
    /// So many parts of a subject say which workload it is.
    pub parts: usize,
    /// What a subject looks like.
    pub example: &'static str,
    /// The claim that says who it is.
    pub claim: &'static str,
    /// Where the provider documents that.
    pub source: &'static str,
}

const fn issuer(
    name: &'static str,
    address: (&'static str, &'static str),
    signs_for: &'static str,
) -> Issuer {
    Issuer { name, address, signs_for, separator: ':', parts: 1, example: "", claim: "sub", source: "" }
}

/// The providers whose tokens workloads use, each after its own documentation. GitHub has a rule of its own.
pub const ISSUERS: &[Issuer] = &[
    Issuer {
        parts: 2,
        example: "project_path:group/project:ref_type:branch:ref:main",
        source: "https://docs.gitlab.com/ci/cloud_services/aws/",
        ..issuer("GitLab", ("gitlab.com", ""), "every project on GitLab")
    },
    Issuer {
        example: "{REPOSITORY_UUID}:{STEP_UUID}",
        source: "https://support.atlassian.com/bitbucket-cloud/docs/deploy-on-aws-using-bitbucket-pipelines-openid-connect/",
        ..issuer("Bitbucket", ("api.bitbucket.org/2.0/workspaces/", ""), "every repository of the workspace")
    },
    Issuer {
        parts: 2,
        example: "organization:my-org:project:my-project:workspace:my-workspace:run_phase:apply",
        source: "https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration",
        ..issuer("HCP Terraform", ("app.terraform.io", ""), "every organization on HCP Terraform")
    },
    Issuer {
        separator: '/',
        parts: 4,
        example: "org/ORGANIZATION_ID/project/PROJECT_ID/user/USER_ID",
        source: "https://circleci.com/docs/openid-connect-tokens/",
        ..issuer("CircleCI", ("oidc.circleci.com/org/", ""), "every project of the organization")
    },
    Issuer {
        parts: 4,
        example: "organization:acme:pipeline:deploy:ref:refs/heads/main:commit:…:step:…",
        source: "https://buildkite.com/docs/pipelines/security/oidc/aws",
        ..issuer("Buildkite", ("agent.buildkite.com", ""), "every organization on Buildkite")
    },
    Issuer {
        example: "112233445566778899000",
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html",
        ..issuer("Google", ("accounts.google.com", ""), "everybody with a Google account")
    },
    Issuer {
        example: "auth0|5f7c8ec7c33c6c004bbafe82",
        source: "https://auth0.com/docs/secure/tokens/id-tokens/id-token-structure",
        ..issuer("Auth0", ("", ".auth0.com"), "every user of the tenant")
    },
    Issuer {
        parts: 3,
        example: "system:serviceaccount:namespace:name",
        source: "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
        ..issuer("Amazon EKS", ("oidc.eks.", ""), "every service account of the cluster")
    },
    Issuer {
        claim: "aud",
        example: "us-east-1:12345678-dddd-aaaa-bbbb-123456790ab",
        parts: 2,
        source: "https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html",
        ..issuer(
            "Amazon Cognito",
            ("cognito-identity.amazonaws.com", ""),
            "every identity pool of any account",
        )
    },
    Issuer {
        claim: "app_id",
        example: "amzn1.application-oa2-123456",
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html",
        ..issuer("Login with Amazon", ("www.amazon.com", ""), "every application that uses Login with Amazon")
    },
    Issuer {
        claim: "app_id",
        example: "111222333444555",
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html",
        ..issuer("Facebook", ("graph.facebook.com", ""), "every application that uses Facebook Login")
    },
];

impl Issuer {
    /// The provider whose address it is.
    #[must_use]
    pub fn of(address: &str) -> Option<&'static Issuer> {
        ISSUERS.iter().find(|issuer| {
            let (start, end) = issuer.address;
            let host = address.split('/').next().unwrap_or(address);
            let ends = end.is_empty() || host.ends_with(end);
            // A whole host is no beginning of another one.
            let starts = address.strip_prefix(start).is_some_and(|rest| {
                start.is_empty() || start.ends_with(['/', '.']) || rest.is_empty() || rest.starts_with('/')
            });
            starts && ends
        })
    }

    /// Whether a pattern leaves open which workload it is: a wildcard stands in the parts that say so.
    #[must_use]
    pub fn is_wide(&self, pattern: &str) -> bool {
        pattern.split(self.separator).take(self.parts).any(super::pattern::is_wild)
    }
}

/// An identity provider that a statement trusts.
#[derive(Clone, Debug)]
pub struct Trusted<'s> {
    /// Where the statement names it.
    pub provider: &'s Text,
    /// Its address, which its condition keys begin with; of a provider of the configuration it may be known only later.
    pub address: Option<String>,
}

/// The identity providers of OpenID Connect that a statement trusts.
pub fn trusted<'s>(statement: &'s Statement, blocks: &[Block]) -> Vec<Trusted<'s>> {
    let principals = statement.principal.known().into_iter().flatten();
    let federated = principals.filter(|principal| principal.kind == "Federated");
    federated.filter_map(|principal| of(&principal.id, blocks)).collect()
}

fn of<'s>(provider: &'s Text, blocks: &[Block]) -> Option<Trusted<'s>> {
    if let Some(hole) = provider.only_hole() {
        return declared(hole, blocks).map(|address| Trusted { provider, address });
    }
    let text = provider.as_str();
    let address = match text.split_once(":oidc-provider/") {
        Some((_, address)) => address,
        None if text.starts_with("arn:") => return None, // a provider of SAML
        None => text,
    };
    Some(Trusted { provider, address: Some(address.to_owned()) })
}

/// The address of the provider whose ARN an expression is; nothing if it is something else's.
fn declared(hole: &Node, blocks: &[Block]) -> Option<Option<String>> {
    let Value::Reference(reference) = &hole.value else {
        return None;
    };
    let names = reference.names();
    let ["aws_iam_openid_connect_provider", name, ..] = names.strip_prefix(&["data"]).unwrap_or(&names)
    else {
        return None;
    };
    let is_it =
        |block: &&Block| block.type_name() == "aws_iam_openid_connect_provider" && block.name() == *name;
    let url = blocks.iter().find(is_it).and_then(|block| block.body.member("url")?.value.literal());
    Some(url.map(|url| url.trim_start_matches("https://").trim_end_matches('/').to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_that_of_one_provider() {
        for (address, name) in [
            ("gitlab.com", Some("GitLab")),
            ("gitlab.com.example.org", None),
            ("oidc.eks.us-east-1.amazonaws.com/id/ABC", Some("Amazon EKS")),
            ("tenant.eu.auth0.com", Some("Auth0")),
            ("api.bitbucket.org/2.0/workspaces/w/pipelines-config/identity/oidc", Some("Bitbucket")),
            ("token.actions.githubusercontent.com", None),
            ("", None),
        ] {
            assert_eq!(Issuer::of(address).map(|issuer| issuer.name), name, "{address}");
        }
    }

    #[test]
    fn every_example_is_narrow_and_has_all_of_its_parts() {
        for issuer in ISSUERS {
            assert!(!issuer.is_wide(issuer.example), "{}", issuer.name);
            assert!(issuer.example.split(issuer.separator).count() >= issuer.parts, "{}", issuer.name);
            assert!(issuer.source.starts_with("https://"), "{}", issuer.name);
        }
    }
}
