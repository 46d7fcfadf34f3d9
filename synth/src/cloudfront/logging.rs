//! Who asked a distribution for what.

use synth_aws::logs;
use synth_core::{
    Condition, Effect, Handle as _, MetaArguments as _, Party, Problem, ProviderHandle, Ref, Scope,
    Statement, THIS, Term, Value, concat,
};

use crate::account;
use crate::s3::BucketHandle;

const PAGE: &str = "Amazon CloudFront Developer Guide, \"Configure standard logging (v2)\"";

/// Where the logs go.
#[derive(Clone, Debug)]
pub(super) struct Logging {
    pub(super) bucket: BucketHandle,
    /// The configuration for us-east-1, where the default one is for another region.
    pub(super) provider: Option<ProviderHandle>,
}

impl Logging {
    pub(super) fn add(self, scope: &mut Scope<'_>, name: &Value<String>, distribution: Ref<String>) {
        if self.bucket.key().is_some() {
            let problem = Problem::new(
                "logs of CloudFront are not let into a bucket that is encrypted with a key of KMS",
            )
            .at("/logs_to")
            .help("write them to a bucket without `encrypted_with`")
            .source(PAGE);
            scope.refuse(problem);
        }
        let account = account::current(scope);
        let mut source =
            logs::DeliverySource::new().name(name).resource_arn(distribution).log_type("ACCESS_LOGS");
        let to = logs::DeliveryDestinationDeliveryDestinationConfiguration::new()
            .destination_resource_arn(self.bucket.arn());
        let mut destination = logs::DeliveryDestination::new()
            .name(name)
            .output_format("json")
            .delivery_destination_configuration([to]);
        if let Some(provider) = self.provider {
            (source, destination) = (source.provider(provider), destination.provider(provider));
        }
        let source = scope.add(THIS, source);
        check_region(scope, source);
        let destination = scope.add(THIS, destination);
        let mut delivery = logs::Delivery::new()
            .delivery_source_name(source.name())
            .delivery_destination_arn(destination.arn());
        if let Some(provider) = self.provider {
            delivery = delivery.provider(provider);
        }
        // Where the bucket does not let the logs in yet, AWS changes its policy by itself.
        let stack_of = |node| scope.look().stack_of(node);
        if stack_of(self.bucket.node()) == stack_of(scope.node()) {
            delivery = delivery.depends_on(self.bucket);
        }
        scope.add(THIS, delivery);
        scope.attach(self.bucket, self.takes_logs(&account, source.arn()));
    }

    /// The service that delivers logs may write those of one source.
    fn takes_logs(&self, account: &Ref<String>, source: Ref<String>) -> Statement {
        let logs =
            concat([self.bucket.arn().into(), "/AWSLogs/".into(), account.into(), "/CloudFront/*".into()]);
        let equals =
            |key, value: Value<String>| Condition { operator: "StringEquals", key, values: vec![value] };
        Statement {
            effect: Effect::Allow,
            party: Party::Service("delivery.logs.amazonaws.com"),
            actions: vec!["s3:PutObject"],
            resources: vec![logs],
            conditions: vec![
                equals("aws:SourceAccount", account.into()),
                equals("s3:x-amz-acl", "bucket-owner-full-control".into()),
                Condition { operator: "ArnLike", key: "aws:SourceArn", values: vec![source.into()] },
            ],
        }
    }
}

fn check_region(scope: &mut Scope<'_>, source: logs::DeliverySourceHandle) {
    let region = scope.look().provider_argument(source, logs::DeliverySourceHandle::KIND, "region");
    if let Some(Term::Text(region)) = region
        && region != "us-east-1"
    {
        let problem = Problem::new(format!("logs of CloudFront cannot be delivered from {region}"))
            .at("/logs_to")
            .help("give a provider of us-east-1: `.in_us_east_1(…)`")
            .source(PAGE);
        scope.refuse(problem);
    }
}
