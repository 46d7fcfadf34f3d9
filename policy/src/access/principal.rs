//! Whom a statement of a resource policy means (IAM user guide, "AWS JSON policy elements: Principal").

use super::answer::Answer;
use super::caller::Caller;
use super::glob::{Letter, Syntax, glob, written};
use super::request::References;
use super::standing::Standing;
use crate::iam;
use crate::known::Known;

/// One principal of a policy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Principal {
    /// `"*"`, and `{"AWS": "*"}`, which is the same.
    Everyone,
    /// An account, which may pass on to its users and roles what it is allowed.
    Account(String),
    /// One caller; a role means all of its sessions.
    One(Caller),
    /// Nobody can tell, for this reason.
    Unread(String),
}

/// Whom a statement means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Principals {
    /// It has no principal: it is part of an identity policy.
    Holder,
    Only(Vec<Principal>),
    AllBut(Vec<Principal>),
    Unread(String),
}

impl Principal {
    fn of(principal: &iam::Principal) -> Principal {
        let id = glob(&principal.id, Syntax::exact()).only_word().unwrap_or_default();
        if let [Letter::Symbol(symbol)] = id.as_slice() {
            return Principal::One(Caller::Declared(symbol.as_ref().clone()));
        }
        if principal.id.literal().is_none() {
            return Principal::Unread(format!("the principal `{}` is known only later", written(&id)));
        }
        let id = principal.id.as_str();
        let caller = match (principal.kind.as_str(), id) {
            ("*" | "AWS", "*") => return Principal::Everyone,
            ("AWS", _) => match Caller::read(id) {
                Some(Caller::Root { account }) => return Principal::Account(account),
                Some(Caller::Service(_) | Caller::Federated(_) | Caller::Anonymous) => None,
                other => other,
            },
            ("Service", _) => Some(Caller::Service(id.to_owned())),
            ("Federated", _) => Some(Caller::Federated(id.to_owned())),
            ("CanonicalUser", _) => Some(Caller::Canonical(id.to_owned())),
            _ => None,
        };
        match caller {
            Some(caller) => Principal::One(caller),
            None => Principal::Unread(format!("`{id}` is no principal that is known here")),
        }
    }
}

impl Principals {
    pub(super) fn of(statement: &iam::Statement) -> Principals {
        let read = |all: &[iam::Principal]| all.iter().map(Principal::of).collect();
        match (&statement.principal, &statement.not_principal) {
            (Known::Absent, Known::Absent) => Principals::Holder,
            (Known::Is(all), Known::Absent) => Principals::Only(read(all)),
            (Known::Absent, Known::Is(all)) => Principals::AllBut(read(all)),
            (Known::Later(later), _) | (_, Known::Later(later)) => Principals::Unread(later.why.clone()),
            (Known::Is(_), Known::Is(_)) => {
                Principals::Unread("a statement has either `Principal` or `NotPrincipal`".to_owned())
            }
        }
    }

    /// In which way a caller is meant by a statement that allows.
    pub(super) fn allowed(&self, caller: &Caller, references: References) -> Standing {
        match self {
            Principals::Holder => Standing::itself(Answer::Yes),
            Principals::Only(all) => Standing::among(all, caller, references),
            // "Using it with `"Effect":"Allow"` is not supported" (IAM user guide, "NotPrincipal").
            Principals::AllBut(_) => Standing::itself(Answer::undecided(
                "AWS does not support `NotPrincipal` in a statement that allows",
            )),
            Principals::Unread(why) => Standing::itself(Answer::undecided(why.as_str())),
        }
    }

    /// Whether a caller is meant by a statement that denies.
    pub(super) fn denied(&self, caller: &Caller, references: References) -> Answer {
        match self {
            Principals::AllBut(all) => !excepted(all, caller, references),
            _ => self.allowed(caller, references).any(),
        }
    }
}

/// Whether `NotPrincipal` excepts a caller: itself, its role and its account must be in the list. "You
/// must also specify the account ARN of the not-denied principal. Otherwise, the policy might deny access"
/// (IAM user guide, "NotPrincipal").
fn excepted(all: &[Principal], caller: &Caller, references: References) -> Answer {
    let Standing { direct, role, account } = Standing::among(all, caller, references);
    let is_alone = caller.account().is_none() || matches!(caller, Caller::Root { .. });
    if is_alone || all.contains(&Principal::Everyone) {
        return Answer::any([direct, role, account]);
    }
    let itself = match caller {
        Caller::Role { .. } | Caller::Session { .. } => vec![direct, role],
        _ => vec![direct.or(role)],
    };
    if Answer::any(itself.clone()) == Answer::No {
        return Answer::No;
    }
    match Answer::all(itself).and(account) {
        Answer::No => Answer::undecided("`NotPrincipal` has the caller without its role or its account"),
        answer => answer,
    }
}
