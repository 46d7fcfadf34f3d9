//! A database of PostgreSQL on Amazon RDS.

use std::collections::BTreeMap;

use synth_aws::rds::{self, DbParameterGroupParameter};
use synth_core::{
    Construct, Handle, Known, Lifecycle, MetaArguments as _, Number, Place, Scope, THIS, Value, functions,
    text,
};

use super::check;
use super::handle::PostgresHandle;
use super::password::{Password, Source};
use super::storage::Storage;
use super::window::Windows;
use crate::limit::Preconditions;
use crate::network::Placement;

/// A database of PostgreSQL: private, encrypted, protected from deletion, with seven days of backups, and a snapshot
/// when it is deleted all the same.
#[derive(Clone, Debug)]
pub struct Postgres {
    name: Value<String>,
    version: Value<String>,
    class: Value<String>,
    placement: Placement,
    availability: Availability,
    password: Password,
    username: Value<String>,
    database: Option<Value<String>>,
    storage: Storage,
    kms_key: Option<Value<String>>,
    parameters: BTreeMap<String, Value<String>>,
    backup_days: Value<Number>,
    windows: Windows,
    deletion_protection: Value<bool>,
    last_snapshot: LastSnapshot,
}

/// What a database outlives (Amazon RDS User Guide, "Configuring and managing a Multi-AZ deployment").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Availability {
    /// The failure of nothing: it is in one zone.
    #[default]
    OneZone,
    /// The failure of a zone: a standby in another one takes over, and costs as much again.
    StandbyInAnotherZone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LastSnapshot {
    Taken,
    Skipped,
}

impl Postgres {
    /// A database of a name, which is its identifier, and an engine version (`16.3`), on the smallest instance
    /// (`db.t4g.micro`) with 20 GiB.
    pub fn new(
        name: impl Into<Value<String>>,
        version: impl Into<Value<String>>,
        placement: Placement,
        password: impl Into<Password>,
    ) -> Self {
        Postgres {
            name: name.into(),
            version: version.into(),
            class: "db.t4g.micro".into(),
            placement,
            availability: Availability::default(),
            password: password.into(),
            username: "postgres".into(),
            database: None,
            storage: Storage::gigabytes(20),
            kms_key: None,
            parameters: BTreeMap::new(),
            backup_days: 7.into(),
            windows: Windows::default(),
            deletion_protection: true.into(),
            last_snapshot: LastSnapshot::Taken,
        }
    }

    /// The instance's class: `db.t4g.micro`.
    #[must_use]
    pub fn class(mut self, class: impl Into<Value<String>>) -> Self {
        self.class = class.into();
        self
    }

    /// What the database outlives.
    #[must_use]
    pub fn availability(mut self, availability: Availability) -> Self {
        self.availability = availability;
        self
    }

    /// The first user, who may do all that RDS lets one do.
    #[must_use]
    pub fn username(mut self, name: impl Into<Value<String>>) -> Self {
        self.username = name.into();
        self
    }

    /// A database inside of it that is made at once, beside PostgreSQL's own `postgres`.
    #[must_use]
    pub fn database(mut self, name: impl Into<Value<String>>) -> Self {
        self.database = Some(name.into());
        self
    }

    /// Its storage.
    #[must_use]
    pub fn storage(mut self, storage: Storage) -> Self {
        self.storage = storage;
        self
    }

    /// Encrypts it with a key of yours, by the key's ARN, instead of the one that RDS has in the account.
    #[must_use]
    pub fn kms_key(mut self, arn: impl Into<Value<String>>) -> Self {
        self.kms_key = Some(arn.into());
        self
    }

    /// A parameter of PostgreSQL other than RDS has it: `log_min_duration_statement`, `250`.
    #[must_use]
    pub fn parameter(mut self, name: &str, value: impl Into<Value<String>>) -> Self {
        self.parameters.insert(name.to_owned(), value.into());
        self
    }

    /// Keeps backups for so many days (1 to 35), made daily in a window in UTC: `03:00-04:00`.
    #[must_use]
    pub fn backups(mut self, days: impl Into<Value<Number>>, window: impl Into<Value<String>>) -> Self {
        self.backup_days = days.into();
        self.windows.backup = Some(window.into());
        self
    }

    /// Lets RDS do maintenance in a weekly window in UTC: `mon:04:00-mon:05:00`.
    #[must_use]
    pub fn maintenance(mut self, window: impl Into<Value<String>>) -> Self {
        self.windows.maintenance = Some(window.into());
        self
    }

    /// Whether AWS refuses to delete it; unless you say otherwise, it does.
    #[must_use]
    pub fn deletion_protection(mut self, protected: impl Into<Value<bool>>) -> Self {
        self.deletion_protection = protected.into();
        self
    }

    /// Takes no snapshot when the database is deleted: what is in it is gone.
    #[must_use]
    pub fn no_final_snapshot(mut self) -> Self {
        self.last_snapshot = LastSnapshot::Skipped;
        self
    }

    fn check(&self, scope: &mut Scope<'_>) -> Preconditions {
        check::identifier(scope, &self.name);
        check::version(scope, &self.version);
        check::class(scope, &self.class);
        check::username(scope, &self.username);
        if let Some(database) = &self.database {
            check::database(scope, database);
        }
        self.windows.check(scope);
        self.placement.check(scope, 2, "Amazon RDS User Guide, \"Working with DB subnet groups\"");
        check::backup_days(scope, &self.backup_days).and(self.storage.check(scope))
    }

    /// The group of parameters, where there are any. Another major version needs another group, which is made before
    /// the old one can be deleted.
    fn parameter_group(&self, scope: &mut Scope<'_>) -> Option<rds::DbParameterGroupHandle> {
        if self.parameters.is_empty() {
            return None;
        }
        let major = match self.version.known() {
            Known::Is(version) => version.split('.').next().unwrap_or_default().into(),
            Known::Later => functions::split(".", &self.version).at(0),
        };
        let parameters: Vec<_> = self
            .parameters
            .iter()
            // Some take effect when the database is started anew; for the others this makes no difference until then.
            .map(|(name, value)| {
                DbParameterGroupParameter::new()
                    .name(name.as_str())
                    .value(value)
                    .apply_method("pending-reboot")
            })
            .collect();
        let group = rds::DbParameterGroup::new()
            .family(text!("postgres{}", major))
            .name_prefix(text!("{}-", &self.name))
            .parameter(parameters)
            .lifecycle(Lifecycle::new().create_before_destroy());
        Some(scope.add(THIS, group))
    }
}

impl Construct for Postgres {
    type Handle = PostgresHandle;

    fn build(self, place: Place<'_, '_>) -> PostgresHandle {
        let mut scope = place.construct(PostgresHandle::KIND);
        let conditions = self.check(&mut scope);
        let parameters = self.parameter_group(&mut scope);
        let subnets = rds::DbSubnetGroup::new().name(&self.name).subnet_ids(self.placement.subnets.clone());
        let subnets = scope.add(THIS, subnets);
        let mut instance = rds::DbInstance::new()
            .identifier(&self.name)
            .engine("postgres")
            .engine_version(self.version)
            .instance_class(self.class)
            .username(self.username)
            .db_subnet_group_name(subnets.name())
            .vpc_security_group_ids(self.placement.groups)
            .publicly_accessible(false)
            .multi_az(self.availability == Availability::StandbyInAnotherZone)
            .backup_retention_period(self.backup_days)
            .copy_tags_to_snapshot(true)
            .deletion_protection(self.deletion_protection);
        instance = self.storage.fill(instance);
        instance = match self.last_snapshot {
            LastSnapshot::Taken => {
                instance.skip_final_snapshot(false).final_snapshot_identifier(text!("{}-final", &self.name))
            }
            LastSnapshot::Skipped => instance.skip_final_snapshot(true),
        };
        let kept = matches!(self.password.0, Source::KeptByRds);
        instance = match self.password.0 {
            Source::Given { value, version } => instance.password_wo(value).password_wo_version(version),
            Source::KeptByRds => instance.manage_master_user_password(true),
        };
        if let Some(database) = &self.database {
            instance = instance.db_name(database);
        }
        if let Some(key) = self.kms_key {
            instance = instance.kms_key_id(key);
        }
        if let Some(window) = self.windows.backup {
            instance = instance.backup_window(window);
        }
        if let Some(window) = self.windows.maintenance {
            instance = instance.maintenance_window(window);
        }
        if let Some(parameters) = parameters {
            instance = instance.parameter_group_name(parameters.name());
        }
        let instance = scope.add(THIS, conditions.on(instance));
        scope.export("arn", instance.arn());
        scope.export("id", instance.identifier());
        scope.export("host", instance.address());
        scope.export("port", instance.port());
        scope.export("endpoint", instance.endpoint());
        scope.export("username", instance.username());
        match self.database {
            Some(_) => scope.export("database", instance.db_name()),
            // What PostgreSQL has by itself.
            None => scope.export::<String>("database", "postgres"),
        }
        if kept {
            scope.export("secret_arn", instance.master_user_secret().at(0).secret_arn());
        }
        PostgresHandle(scope.node())
    }
}
