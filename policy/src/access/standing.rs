//! In which way a principal of a policy means a caller; it decides which other policies count (IAM user
//! guide, "Policy evaluation logic").

use super::answer::Answer;
use super::caller::{Caller, last_segment, role_of_session};
use super::glob::Symbol;
use super::principal::Principal;
use super::request::References;

/// Whether a caller is meant, in each of three ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// Itself: no other policy has to allow too.
    pub(super) direct: Answer,
    /// Its role: boundary and session policy have to allow too.
    pub(super) role: Answer,
    /// Its account: an identity policy has to allow too.
    pub(super) account: Answer,
}

impl Standing {
    /// As itself, if at all.
    pub(super) fn itself(answer: Answer) -> Standing {
        Standing { direct: answer, ..Standing::none() }
    }

    /// In no way.
    pub(super) fn none() -> Standing {
        Standing { direct: Answer::No, role: Answer::No, account: Answer::No }
    }

    fn role(answer: Answer) -> Standing {
        Standing { role: answer, ..Standing::none() }
    }

    fn account(answer: Answer) -> Standing {
        Standing { account: answer, ..Standing::none() }
    }

    /// By any of several principals.
    pub(super) fn among(all: &[Principal], caller: &Caller, references: References) -> Standing {
        all.iter().map(|principal| of(principal, caller, references)).fold(Standing::none(), Standing::or)
    }

    pub(super) fn or(self, other: Standing) -> Standing {
        Standing {
            direct: self.direct.or(other.direct),
            role: self.role.or(other.role),
            account: self.account.or(other.account),
        }
    }

    /// The same where something else has to hold too.
    pub(super) fn and(self, answer: &Answer) -> Standing {
        Standing {
            direct: self.direct.and(answer.clone()),
            role: self.role.and(answer.clone()),
            account: self.account.and(answer.clone()),
        }
    }

    /// Whether the caller is meant in any way.
    pub(super) fn any(self) -> Answer {
        Answer::any([self.direct, self.role, self.account])
    }
}

fn of(principal: &Principal, caller: &Caller, references: References) -> Standing {
    match (principal, caller) {
        (Principal::Unread(why), _) => Standing::itself(Answer::undecided(why.as_str())),
        (Principal::Everyone, _) => Standing::itself(Answer::Yes),
        (Principal::Account(_), Caller::Declared(symbol)) => Standing::account(later(symbol)),
        (Principal::Account(account), Caller::Root { account: own }) => {
            Standing::itself((account == own).into())
        }
        (Principal::Account(account), _) => {
            Standing::account((caller.account() == Some(account.as_str())).into())
        }
        (Principal::One(one), _) => of_one(one, caller, references),
    }
}

fn of_one(one: &Caller, caller: &Caller, references: References) -> Standing {
    match (one, caller) {
        (Caller::Declared(own), Caller::Declared(other)) if own == other => match own {
            Symbol::Reference(name) if name.starts_with("aws_iam_role.") => Standing::role(Answer::Yes),
            _ => Standing::itself(Answer::Yes),
        },
        (Caller::Declared(symbol), other) | (other, Caller::Declared(symbol)) => {
            of_declared(symbol, other, references)
        }
        (Caller::Role { arn, .. }, Caller::Role { arn: own, .. }) => Standing::role((arn == own).into()),
        (Caller::Role { account, arn }, Caller::Session { account: other, arn: own }) => {
            // Names of roles are unique in an account, whatever their path.
            Standing::role((account == other && last_segment(arn) == role_of_session(own)).into())
        }
        (Caller::Session { account, arn }, Caller::Role { account: other, arn: own })
            if account == other && role_of_session(arn) == last_segment(own) =>
        {
            Standing::itself(Answer::undecided("the name of the role's session is not given"))
        }
        (Caller::User { account, .. }, Caller::FederatedUser { account: other, .. }) if account == other => {
            Standing::role(Answer::undecided("the user who asked for the session is not given"))
        }
        _ => Standing::itself((one == caller).into()),
    }
}

/// Of what is known by its reference only: a role or user of the configuration.
fn of_declared(symbol: &Symbol, other: &Caller, references: References) -> Standing {
    let is_reference = matches!(symbol, Symbol::Reference(_));
    let is_no_role = matches!(
        other,
        Caller::Service(_) | Caller::Federated(_) | Caller::Anonymous | Caller::Canonical(_) | Caller::Holder
    );
    if is_reference && (is_no_role || references != References::Open) {
        return Standing::none();
    }
    Standing::itself(later(symbol))
}

fn later(symbol: &Symbol) -> Answer {
    Answer::undecided(format!("`{}` is known only later", symbol.written()))
}
