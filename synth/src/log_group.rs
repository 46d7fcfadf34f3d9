//! A log group of Amazon CloudWatch Logs.

use synth_aws::logs;
use synth_core::{Construct, Grant, Handle, NodeId, Number, Of, Place, Ref, THIS, Value};

use crate::iam::Principal;
use crate::limit::{Limit, Numbers};

/// The retentions that CloudWatch Logs has, in days; 0 keeps logs for ever (Amazon CloudWatch Logs API
/// Reference, "PutRetentionPolicy").
pub const RETENTION_DAYS: [i64; 23] = [
    0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
    3653,
];

/// Where an application's logs are kept.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields)
)]
pub struct LogGroup {
    /// The group's name: `/aws/apprunner/shop`.
    name: Value<String>,
    /// Days for which logs are kept: 1, 3, 5, 7, 14, 30, 60, 90, … 3653; 0 for ever.
    retention_days: Value<Number>,
}

impl LogGroup {
    /// A log group that keeps logs for a number of days, one of [`RETENTION_DAYS`].
    pub fn new(name: impl Into<Value<String>>, retention_days: impl Into<Value<Number>>) -> Self {
        LogGroup { name: name.into(), retention_days: retention_days.into() }
    }
}

impl Construct for LogGroup {
    type Handle = LogGroupHandle;

    fn build(self, place: Place<'_, '_>) -> LogGroupHandle {
        let mut scope = place.construct(LogGroupHandle::KIND);
        let limit = Limit {
            property: "/retention_days",
            what: "the days for which logs are kept",
            source: "Amazon CloudWatch Logs API Reference, \"PutRetentionPolicy\"",
        };
        let conditions =
            limit.number(&mut scope, &self.retention_days, &Numbers::OneOf(&RETENTION_DAYS), |days| {
                format!("CloudWatch Logs cannot keep logs for {days} days")
            });
        let group = logs::Group::new().name(self.name).retention_in_days(self.retention_days);
        let group = scope.add(THIS, conditions.on(group));
        scope.export("arn", group.arn());
        scope.export("name", group.name());
        LogGroupHandle(scope.node())
    }
}

/// A log group of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogGroupHandle(NodeId);

impl Handle for LogGroupHandle {
    const KIND: &'static str = "log_group";

    fn node(self) -> NodeId {
        self.0
    }
}

impl LogGroupHandle {
    /// The group's ARN, without the `:*` that policies need.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }

    /// The group's name.
    pub fn name(self) -> Ref<String> {
        Of::Handle(self).export("name")
    }

    /// Lets a principal write to streams of the group.
    pub fn grant_write(self, principal: &impl Principal) -> Grant {
        grant_write(&Of::Handle(self), principal)
    }
}

/// Lets a principal create streams in one log group and write to them. The ARN of a group in a policy ends in
/// `:*` (Amazon CloudWatch Logs API Reference, "LogGroup": `arn`).
pub(crate) fn grant_write(group: &Of<LogGroupHandle>, principal: &impl Principal) -> Grant {
    let streams = group.export::<String>("arn") + ":*";
    Grant::new(principal.principal(), ["logs:CreateLogStream", "logs:PutLogEvents"], [streams])
}
