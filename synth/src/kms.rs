//! A key of AWS Key Management Service.

use synth_aws::kms;
use synth_core::{
    Condition, Construct, Effect, Grant, Handle, NodeId, Number, Of, Party, Place, Ref, Scope, Statement,
    THIS, Tree, Value, concat, functions,
};

use crate::iam::Principal;
use crate::limit::{Limit, Numbers, Preconditions, Texts};
use crate::{account, region, resource_policy};

/// The longest alias, with `alias/` before it (AWS Key Management Service API Reference, "CreateAlias").
const LONGEST_ALIAS: usize = 256;

/// A symmetric key that encrypts, with a new one in its place every year.
///
/// Whoever the account lets use it may; services that it is [made for](Key::through) may use it for everybody in the
/// account that they serve.
#[derive(Clone, Debug)]
pub struct Key {
    alias: Value<String>,
    description: Option<Value<String>>,
    recovery_days: Value<Number>,
    services: Vec<Service>,
}

/// A service that uses a key on behalf of whoever it serves (AWS Key Management Service Developer Guide,
/// "kms:ViaService").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is named as AWS names it")]
pub enum Service {
    Rds,
    S3,
    SecretsManager,
    Ssm,
}

impl Service {
    fn name(self) -> &'static str {
        match self {
            Service::Rds => "rds",
            Service::S3 => "s3",
            Service::SecretsManager => "secretsmanager",
            Service::Ssm => "ssm",
        }
    }
}

impl Key {
    /// A key with an alias: `shop/database`.
    pub fn new(alias: impl Into<Value<String>>) -> Self {
        Key { alias: alias.into(), description: None, recovery_days: 30.into(), services: Vec::new() }
    }

    /// What the key encrypts.
    #[must_use]
    pub fn description(mut self, description: impl Into<Value<String>>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Lets a service use the key for everybody in the account that it serves: no grant is needed beside the one on
    /// what is encrypted.
    #[must_use]
    pub fn through(mut self, service: Service) -> Self {
        self.services.push(service);
        self
    }

    /// Days for which a destroyed key can be restored: 7 to 30. What it encrypted is lost with it.
    #[must_use]
    pub fn recovery_days(mut self, days: impl Into<Value<Number>>) -> Self {
        self.recovery_days = days.into();
        self
    }

    fn check_recovery(&self, scope: &mut Scope<'_>) -> Preconditions {
        let limit = Limit {
            property: "/recovery_days",
            what: "the days for which a key can be restored",
            source: "AWS Key Management Service API Reference, \"ScheduleKeyDeletion\"",
        };
        limit.number(scope, &self.recovery_days, &Numbers::Range(7..=30), |days| {
            format!("a key cannot be recoverable for {days} days")
        })
    }

    fn check_alias(&self, scope: &mut Scope<'_>) -> Preconditions {
        let limit = Limit {
            property: "/alias",
            what: "a key's alias",
            source: "AWS Key Management Service API Reference, \"CreateAlias\": AliasName",
        };
        let fit = |alias: &str| {
            let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-');
            let length = 1..=LONGEST_ALIAS - "alias/".len();
            length.contains(&alias.len())
                && alias.chars().all(legal)
                && !alias.starts_with("aws/")
                && !alias.starts_with("alias/")
        };
        let taken = functions::matches("^(aws|alias)/", &self.alias);
        let condition = functions::matches("^[a-zA-Z0-9/_-]{1,250}$", &self.alias).and(taken.negated());
        let in_words =
            "1 to 250 letters, digits, `/`, `_` or `-`, without `alias/` before it; `aws/` is AWS's own";
        limit.text(scope, &self.alias, Texts { fit, condition, in_words: in_words.to_owned() })
    }
}

impl Construct for Key {
    type Handle = KeyHandle;

    fn build(self, place: Place<'_, '_>) -> KeyHandle {
        let mut scope = place.construct(KeyHandle::KIND);
        let (of_alias, of_key) = (self.check_alias(&mut scope), self.check_recovery(&mut scope));
        let mut key = kms::Key::new().enable_key_rotation(true).deletion_window_in_days(self.recovery_days);
        if let Some(description) = self.description {
            key = key.description(description);
        }
        let key = scope.add(THIS, of_key.on(key));
        let alias = kms::Alias::new().name(Value::from("alias/") + &self.alias).target_key_id(key.key_id());
        let alias = scope.add(THIS, of_alias.on(alias));
        scope.export("arn", key.arn());
        scope.export("id", key.key_id());
        scope.export("alias", alias.name());
        let handle = KeyHandle(scope.node());
        let root = account::root(&mut scope);
        scope.attach(handle, belongs_to(root));
        if !self.services.is_empty() {
            let (account, region) = (account::current(&mut scope), region::current(&mut scope));
            scope.attach(handle, serves(&self.services, &account, &region));
        }
        scope.once("key_policies", write_policies);
        handle
    }
}

/// The account's own IAM policies decide (AWS Key Management Service Developer Guide, "Default key policy"). In a
/// key's policy `*` is the key.
fn belongs_to(root: Value<String>) -> Statement {
    Statement {
        effect: Effect::Allow,
        party: Party::Account(root),
        actions: vec!["kms:*"],
        resources: vec!["*".into()],
        conditions: Vec::new(),
    }
}

/// What AWS's own keys let their service do (AWS Key Management Service Developer Guide, "kms:ViaService").
fn serves(services: &[Service], account: &Ref<String>, region: &Ref<String>) -> Statement {
    let domains = services.iter().map(|service| {
        concat([Value::from(service.name()), ".".into(), region.into(), ".amazonaws.com".into()])
    });
    let equals = |key, values| Condition { operator: "StringEquals", key, values };
    Statement {
        effect: Effect::Allow,
        party: Party::Everybody,
        actions: vec![
            "kms:CreateGrant",
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKey",
            "kms:GenerateDataKeyWithoutPlaintext",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo",
        ],
        resources: vec!["*".into()],
        conditions: vec![
            equals("kms:CallerAccount", vec![account.into()]),
            equals("kms:ViaService", domains.collect()),
        ],
    }
}

fn write_policies(tree: &mut Tree) {
    for policy in resource_policy::merge::<KeyHandle>(tree) {
        let (place, id) = policy.place;
        let key = Of::Handle(KeyHandle(policy.of));
        let policy = kms::KeyPolicy::new().key_id(key.export::<String>("id")).policy(policy.document);
        tree.scope(place).add(id, policy);
    }
}

/// A key of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyHandle(NodeId);

impl Handle for KeyHandle {
    const KIND: &'static str = "key";

    fn node(self) -> NodeId {
        self.0
    }
}

impl KeyHandle {
    /// The key's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }

    /// The key's id.
    pub fn id(self) -> Ref<String> {
        Of::Handle(self).export("id")
    }

    /// The key's alias, with `alias/` before it.
    pub fn alias(self) -> Ref<String> {
        Of::Handle(self).export("alias")
    }

    /// Lets a principal encrypt with the key, also by keys for data that it makes.
    pub fn grant_encrypt(self, principal: &impl Principal) -> Grant {
        Grant::new(principal.principal(), ["kms:Encrypt", "kms:GenerateDataKey"], [self.arn()])
    }

    /// Lets a principal decrypt what the key encrypted.
    pub fn grant_decrypt(self, principal: &impl Principal) -> Grant {
        Grant::new(principal.principal(), ["kms:Decrypt"], [self.arn()])
    }

    /// Lets a service decrypt on behalf of one resource, by its ARN.
    pub(crate) fn decryptable_for(self, service: &'static str, resource: Value<String>) -> Statement {
        Statement {
            effect: Effect::Allow,
            party: Party::Service(service),
            actions: vec!["kms:Decrypt"],
            resources: vec!["*".into()],
            conditions: vec![Condition {
                operator: "StringEquals",
                key: "aws:SourceArn",
                values: vec![resource],
            }],
        }
    }
}
