//! Who makes a request (IAM user guide, "AWS JSON policy elements: Principal").

use super::glob::Symbol;
use super::request::Key;
use crate::iam::is_account;

/// Who makes a request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Caller {
    /// Whoever an identity policy is attached to; nothing else is known.
    Holder,
    /// The root user of an account.
    Root {
        /// The account.
        account: String,
    },
    /// An IAM user.
    User {
        /// The account.
        account: String,
        /// The user's ARN.
        arn: String,
    },
    /// A session of a role, whatever the name of the session.
    Role {
        /// The account.
        account: String,
        /// The role's ARN.
        arn: String,
    },
    /// A session of a role.
    Session {
        /// The account.
        account: String,
        /// The session's ARN: `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`.
        arn: String,
    },
    /// A session that `GetFederationToken` gave.
    FederatedUser {
        /// The account.
        account: String,
        /// The session's ARN.
        arn: String,
    },
    /// A service of AWS, such as `lambda.amazonaws.com`.
    Service(String),
    /// Somebody whom an identity provider knows.
    Federated(String),
    /// An account of Amazon S3 by its canonical user id.
    Canonical(String),
    /// A role or user of the configuration, by its reference.
    Declared(Symbol),
    /// Nobody that AWS knows.
    Anonymous,
}

/// The condition keys that follow from who asks.
pub(super) const KEYS: [&str; 4] =
    ["aws:PrincipalArn", "aws:PrincipalAccount", "aws:username", "aws:PrincipalType"];

impl Caller {
    /// Reads an ARN, an account, the name of a service, an identity provider, or `*` for anonymous.
    #[must_use]
    pub fn read(text: &str) -> Option<Caller> {
        let own = text.to_owned();
        if text == "*" || text == "anonymous" {
            return Some(Caller::Anonymous);
        }
        if let Some(account) = account(text) {
            return Some(Caller::Root { account });
        }
        if text.ends_with(".amazonaws.com") && !text.starts_with("cognito-identity.") {
            return Some(Caller::Service(own));
        }
        let Some(arn) = Arn::read(text) else {
            let is_provider = text.contains('.') && !text.contains([':', ' ', '*']);
            return is_provider.then_some(Caller::Federated(own));
        };
        let account = account(arn.account)?;
        Some(match (arn.service, arn.kind) {
            ("iam", "root") => Caller::Root { account },
            ("iam", "user") => Caller::User { account, arn: own },
            ("iam", "role") => Caller::Role { account, arn: own },
            ("iam", "saml-provider" | "oidc-provider") => Caller::Federated(own),
            ("sts", "assumed-role") => Caller::Session { account, arn: own },
            ("sts", "federated-user") => Caller::FederatedUser { account, arn: own },
            _ => return None,
        })
    }

    /// The account it belongs to, if it belongs to one that is known.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        match self {
            Caller::Root { account }
            | Caller::User { account, .. }
            | Caller::Role { account, .. }
            | Caller::Session { account, .. }
            | Caller::FederatedUser { account, .. } => Some(account),
            _ => None,
        }
    }

    /// For a reader.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Caller::Holder => "whoever the policy is attached to".to_owned(),
            Caller::Root { account } => format!("arn:aws:iam::{account}:root"),
            Caller::User { arn, .. }
            | Caller::Role { arn, .. }
            | Caller::Session { arn, .. }
            | Caller::FederatedUser { arn, .. } => arn.clone(),
            Caller::Service(name) | Caller::Federated(name) | Caller::Canonical(name) => name.clone(),
            Caller::Declared(symbol) => symbol.written(),
            Caller::Anonymous => "anyone, without credentials".to_owned(),
        }
    }

    /// The condition keys that follow (IAM user guide, "AWS global condition context keys").
    pub(super) fn keys(&self) -> Vec<(&'static str, Key)> {
        let value = Key::of;
        let account = self.account().map_or(Key::Absent, value);
        let (arn, username, kind) = match self {
            Caller::Holder => return Vec::new(),
            Caller::Root { .. } => (value(&self.written()), Key::Absent, value("Account")),
            Caller::User { arn, .. } => (value(arn), value(last_segment(arn)), value("User")),
            // The role, not the session: "aws:PrincipalArn". The path of a session's role is not in its ARN.
            Caller::Role { arn, .. } => (value(arn), Key::Absent, value("AssumedRole")),
            Caller::Session { .. } => (Key::Unknown, Key::Absent, value("AssumedRole")),
            Caller::FederatedUser { arn, .. } => (value(arn), Key::Absent, value("FederatedUser")),
            Caller::Declared(_) | Caller::Canonical(_) => {
                return KEYS.map(|key| (key, Key::Unknown)).to_vec();
            }
            Caller::Service(_) | Caller::Federated(_) => (Key::Absent, Key::Absent, Key::Unknown),
            Caller::Anonymous => (Key::Absent, Key::Absent, value("Anonymous")),
        };
        KEYS.into_iter().zip([arn, account, username, kind]).collect()
    }
}

/// An account's twelve digits.
pub(super) fn account(text: &str) -> Option<String> {
    is_account(text).then(|| text.to_owned())
}

/// What follows the last slash: the name without its path.
pub(super) fn last_segment(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

/// The name of the role in a session's ARN.
pub(super) fn role_of_session(arn: &str) -> &str {
    arn.split('/').nth(1).unwrap_or_default()
}

/// The parts of an ARN that say what kind of principal it is.
pub(super) struct Arn<'t> {
    pub(super) service: &'t str,
    pub(super) account: &'t str,
    /// The resource up to its first slash.
    pub(super) kind: &'t str,
}

impl<'t> Arn<'t> {
    pub(super) fn read(text: &'t str) -> Option<Arn<'t>> {
        let mut parts = text.splitn(6, ':');
        if parts.next() != Some("arn") {
            return None;
        }
        let (_, service, _) = (parts.next()?, parts.next()?, parts.next()?);
        let (account, resource) = (parts.next()?, parts.next()?);
        Some(Arn { service, account, kind: resource.split('/').next().unwrap_or(resource) })
    }
}
