//! A database's storage.

use synth_aws::rds;
use synth_core::{Known, MetaArguments as _, Number, Problem, Scope, Value};

/// The sizes of gp3 volumes for PostgreSQL in GiB (Amazon RDS User Guide, "Amazon RDS DB instance storage": gp3).
const LEAST: i64 = 20;
const MOST: i64 = 65_536;
const PAGE: &str = "Amazon RDS User Guide, \"Amazon RDS DB instance storage\"";

/// Encrypted storage on SSDs (gp3).
#[derive(Clone, Debug)]
pub struct Storage {
    first: Value<Number>,
    most: Option<Value<Number>>,
}

impl Storage {
    /// So many GiB: 20 to 65,536.
    pub fn gigabytes(size: impl Into<Value<Number>>) -> Self {
        Storage { first: size.into(), most: None }
    }

    /// Lets RDS add storage when little is free, up to so many GiB.
    #[must_use]
    pub fn growing_to(mut self, size: impl Into<Value<Number>>) -> Self {
        self.most = Some(size.into());
        self
    }

    pub(super) fn check(&self, scope: &mut Scope<'_>) {
        for size in [Some(&self.first), self.most.as_ref()].into_iter().flatten() {
            if let Known::Is(size) = size.known()
                && !(LEAST..=MOST).contains(&size)
            {
                scope.refuse(
                    Problem::new(format!("a database cannot have {size} GiB of storage"))
                        .at("/storage")
                        .help(format!("write {LEAST} to {MOST}"))
                        .source(PAGE),
                );
            }
        }
        if let (Known::Is(first), Some(Known::Is(most))) =
            (self.first.known(), self.most.as_ref().map(Value::<Number>::known))
            && most <= first
        {
            scope.refuse(
                Problem::new(format!("storage of {first} GiB cannot grow to {most} GiB"))
                    .at("/storage/growing_to")
                    .help(format!("write more than {first}, or leave `growing_to` out"))
                    .source("Amazon RDS User Guide, \"Managing capacity automatically with Amazon RDS storage autoscaling\""),
            );
        }
    }

    /// Sets the arguments, with the conditions that Terraform checks where a size is not known before.
    pub(super) fn fill<S>(self, mut instance: rds::DbInstance<S>) -> rds::DbInstance<S> {
        let Storage { first, most } = self;
        if matches!(first.known(), Known::Later) {
            instance = instance.precondition(
                first.clone().at_least(LEAST).and(first.clone().at_most(MOST)),
                format!("Accepted: storage of {LEAST} to {MOST} GiB."),
            );
        }
        if let Some(most) = most {
            if matches!((first.known(), most.known()), (Known::Later, _) | (_, Known::Later)) {
                instance = instance.precondition(
                    most.clone().above(&first),
                    "Accepted: more GiB to grow to than there are at first.",
                );
            }
            instance = instance.max_allocated_storage(most);
        }
        instance.allocated_storage(first).storage_type("gp3").storage_encrypted(true)
    }
}
