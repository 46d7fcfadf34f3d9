//! A database's storage.

use synth_aws::rds;
use synth_core::{Known, Number, Problem, Scope, Value};

use crate::limit::{Limit, Numbers, Preconditions};

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

    /// Refuses sizes that are written out; those that come later get conditions.
    pub(super) fn check(&self, scope: &mut Scope<'_>) -> Preconditions {
        let limit = |property| Limit { property, what: "GiB of storage", source: PAGE };
        let accepted = Numbers::Range(LEAST..=MOST);
        let refusal = |size: &str| format!("a database cannot have {size} GiB of storage");
        let first = limit("/storage").number(scope, &self.first, &accepted, refusal);
        let Some(most) = &self.most else { return first };
        let sizes = limit("/storage/growing_to").number(scope, most, &accepted, refusal);
        first.and(sizes).and(self.check_growth(scope, most))
    }

    fn check_growth(&self, scope: &mut Scope<'_>, most: &Value<Number>) -> Preconditions {
        let (Known::Is(first), Known::Is(last)) = (self.first.known(), most.known()) else {
            let later = self.first.term().refers() || most.term().refers();
            return Preconditions::only_if(later, || {
                let message = "Accepted: more GiB to grow to than there are at first.".to_owned();
                (most.clone().above(&self.first), message)
            });
        };
        if last <= first {
            scope.refuse(
                Problem::new(format!("storage of {first} GiB cannot grow to {last} GiB"))
                    .at("/storage/growing_to")
                    .help(format!("write more than {first}, or leave `growing_to` out"))
                    .source("Amazon RDS User Guide, \"Managing capacity automatically with Amazon RDS storage autoscaling\""),
            );
        }
        Preconditions::default()
    }

    /// Sets the arguments.
    pub(super) fn fill<S>(self, mut instance: rds::DbInstance<S>) -> rds::DbInstance<S> {
        if let Some(most) = self.most {
            instance = instance.max_allocated_storage(most);
        }
        instance.allocated_storage(self.first).storage_type("gp3").storage_encrypted(true)
    }
}
