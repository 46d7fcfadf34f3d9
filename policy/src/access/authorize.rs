//! Whether AWS allows a request, of all policies that count (IAM user guide, "Policy evaluation logic", and
//! "Cross-account policy evaluation logic").

use super::answer::Answer;
use super::caller::Caller;
use super::decide::Said;
use super::glob::written;
use super::policy::Policy;
use super::request::Request;

/// The policies that count for a request. A limit that is not there limits nothing.
#[derive(Clone, Debug, Default)]
pub struct Policies {
    /// Those of the caller: its own, and those of its groups.
    pub identity: Policy,
    /// That of the resource.
    pub resource: Policy,
    /// The boundary of the caller's permissions.
    pub boundary: Option<Policy>,
    /// What was passed when the session began.
    pub session: Option<Policy>,
    /// Service control policies of the caller's account: one for each level of its organization, which all
    /// have to allow (AWS Organizations user guide, "SCP evaluation").
    pub service_control: Vec<Policy>,
    /// Resource control policies of the resource's account, one for each level likewise.
    pub resource_control: Vec<Policy>,
}

/// Where the resource is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the account of the caller.
    SameAccount,
    /// In another account.
    OtherAccount,
    /// Nobody said.
    Unknown,
}

impl Place {
    /// Of a request, by its resource's ARN.
    #[must_use]
    pub fn of(request: &Request) -> Place {
        let resource = written(&request.resource);
        match (resource.split(':').nth(4), request.caller.account()) {
            (Some(account), Some(own)) if super::caller::account(account).is_some() => {
                if account == own {
                    Place::SameAccount
                } else {
                    Place::OtherAccount
                }
            }
            // A service, or somebody without an account, belongs to no account of a resource.
            (_, None) if !matches!(request.caller, Caller::Holder | Caller::Declared(_)) => {
                Place::OtherAccount
            }
            _ => Place::Unknown,
        }
    }
}

/// Whether AWS allows a request.
#[must_use]
pub fn authorize(policies: &Policies, request: &Request, place: &Place) -> Answer {
    let resource = policies.resource.says(request);
    let limits = Limits::of(policies, request);
    if denied(policies, &resource, request) == Answer::Yes {
        return Answer::No;
    }
    let allowed = match place {
        Place::SameAccount => same_account(policies, &resource, &limits, request),
        Place::OtherAccount => other_account(policies, &resource, &limits, request),
        Place::Unknown => either(
            same_account(policies, &resource, &limits, request),
            other_account(policies, &resource, &limits, request),
        ),
    };
    allowed.and(limits.organization).and(!denied(policies, &resource, request))
}

/// What has to allow in addition.
struct Limits {
    boundary: Answer,
    session: Answer,
    organization: Answer,
}

impl Limits {
    fn of(policies: &Policies, request: &Request) -> Limits {
        let allows = |policy: &Policy| policy.says(request).allowed.any();
        let one = |policy: &Option<Policy>| policy.as_ref().map_or(Answer::Yes, allows);
        let session = match (&policies.session, &request.caller) {
            // "If there is no session policy, the code checks whether the principal is a role session. […]
            // Otherwise, the request is implicitly denied."
            (None, Caller::FederatedUser { .. }) => Answer::No,
            (policy, _) => one(policy),
        };
        // SCPs limit principals of member accounts; a service is none (AWS Organizations user guide,
        // "Service control policies").
        let service_control = match request.caller {
            Caller::Service(_) | Caller::Anonymous => Answer::Yes,
            _ => Answer::all(policies.service_control.iter().map(allows)),
        };
        Limits {
            boundary: one(&policies.boundary),
            session,
            organization: service_control.and(Answer::all(policies.resource_control.iter().map(allows))),
        }
    }
}

/// "An explicit deny in any policy overrides any allows."
fn denied(policies: &Policies, resource: &Said, request: &Request) -> Answer {
    let others = [Some(&policies.identity), policies.boundary.as_ref(), policies.session.as_ref()];
    let organization = policies.service_control.iter().chain(&policies.resource_control);
    Answer::any(others.into_iter().flatten().chain(organization).map(|policy| policy.says(request).denied))
        .or(resource.denied.clone())
}

/// In one account a resource policy may allow by itself: the session or user it names; a role it names, as far
/// as boundary and session policy allow; what it allows the account, an identity policy has to allow too.
fn same_account(policies: &Policies, resource: &Said, limits: &Limits, request: &Request) -> Answer {
    let limited = limits.boundary.clone().and(limits.session.clone());
    let identity = identity(policies, request).and(limited.clone());
    let resource_policy = &resource.allowed;
    let by_resource = resource_policy.direct.clone().or(resource_policy.role.clone().and(limited));
    let by_account = resource_policy.account.clone().and(identity.clone());
    if needs_resource_policy(&request.action) {
        return by_resource.or(by_account);
    }
    by_resource.or(identity)
}

/// Over accounts both have to allow.
fn other_account(policies: &Policies, resource: &Said, limits: &Limits, request: &Request) -> Answer {
    let resource = resource.allowed.clone().any();
    if request.caller.account().is_none() && !matches!(request.caller, Caller::Holder | Caller::Declared(_)) {
        return resource;
    }
    identity(policies, request).and(limits.boundary.clone()).and(limits.session.clone()).and(resource)
}

/// "By default, all requests are implicitly denied with the exception of the AWS account root user, which has
/// full access."
fn identity(policies: &Policies, request: &Request) -> Answer {
    match request.caller {
        Caller::Root { .. } => Answer::Yes,
        _ => policies.identity.says(request).allowed.any(),
    }
}

/// "IAM role trust policies and KMS key policies are exceptions to this logic, because they must explicitly
/// allow access for principals" (IAM user guide, "Policy evaluation logic").
fn needs_resource_policy(action: &str) -> bool {
    let action = action.to_ascii_lowercase();
    action.starts_with("sts:assumerole") || action.starts_with("kms:")
}

fn either(one: Answer, other: Answer) -> Answer {
    match (one, other) {
        (one, other) if one == other => one,
        (Answer::Undecided(mut reasons), Answer::Undecided(more)) => {
            reasons.extend(more);
            Answer::Undecided(reasons)
        }
        (Answer::Undecided(reasons), _) | (_, Answer::Undecided(reasons)) => Answer::Undecided(reasons),
        _ => Answer::undecided("whether the resource is in the caller's account is not known"),
    }
}
