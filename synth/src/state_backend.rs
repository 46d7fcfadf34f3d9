//! What Terraform keeps states in: a bucket, and a table of locks.

use synth_aws::dynamodb::{self, TableAttribute, TablePointInTimeRecovery, TableServerSideEncryption};
use synth_core::{Construct, Handle, Known, NodeId, Of, Place, Problem, Ref, Scope, Value};

use crate::s3::Bucket;

/// A bucket for states, with every version of each, and a table of locks: made once, by a stack whose own state is
/// elsewhere. Other stacks name both in their [`S3Backend`](synth_core::S3Backend) ("Backend Type: s3").
#[derive(Clone, Debug)]
pub struct StateBackend {
    bucket: Value<String>,
    table: Value<String>,
}

impl StateBackend {
    /// A bucket and a table of these names.
    pub fn new(bucket: impl Into<Value<String>>, table: impl Into<Value<String>>) -> Self {
        StateBackend { bucket: bucket.into(), table: table.into() }
    }

    fn check(&self, scope: &mut Scope<'_>) {
        let Known::Is(table) = self.table.known() else { return };
        let legal = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
        if !(3..=255).contains(&table.len()) || !table.chars().all(legal) {
            scope.refuse(
                Problem::new(format!("`{table}` cannot be a table's name"))
                    .at("/table")
                    .help("write 3 to 255 letters, digits, `_`, `.` or `-`")
                    .source("Amazon DynamoDB API Reference, \"CreateTable\": TableName"),
            );
        }
    }
}

impl Construct for StateBackend {
    type Handle = StateBackendHandle;

    fn build(self, place: Place<'_, '_>) -> StateBackendHandle {
        let mut scope = place.construct(StateBackendHandle::KIND);
        self.check(&mut scope);
        let bucket = scope.add("state", Bucket::new(self.bucket));
        let table = dynamodb::Table::new()
            .name(self.table)
            .billing_mode("PAY_PER_REQUEST")
            // What Terraform looks for ("Backend Type: s3": dynamodb_table).
            .hash_key("LockID")
            .attribute(TableAttribute::new().name("LockID").type_("S"))
            .point_in_time_recovery(TablePointInTimeRecovery::new().enabled(true))
            .server_side_encryption(TableServerSideEncryption::new().enabled(true));
        let table = scope.add("locks", table);
        scope.export("bucket", bucket.name());
        scope.export("table", table.name());
        StateBackendHandle(scope.node())
    }
}

/// A bucket and a table for states, of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateBackendHandle(NodeId);

impl Handle for StateBackendHandle {
    const KIND: &'static str = "state_backend";

    fn node(self) -> NodeId {
        self.0
    }
}

impl StateBackendHandle {
    /// The bucket's name.
    pub fn bucket(self) -> Ref<String> {
        Of::Handle(self).export("bucket")
    }

    /// The table's name.
    pub fn table(self) -> Ref<String> {
        Of::Handle(self).export("table")
    }
}
