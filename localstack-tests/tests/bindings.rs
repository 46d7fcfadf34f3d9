//! What the generated bindings write, terraform and the provider accept: a few resources of many services.

mod synthesized;

use localstack_tests::Failure;
use synth::{Scope, Value};
use synth_aws::{
    acm, apigateway, autoscaling, cloudfront, cloudtrail, cognitoidp, dynamodb, ec2, ecs, eks, elbv2,
    firehose, kinesis, kms, lambda, meta, rds, route53, s3, sfn, sqs, ssm, sts, wafv2,
};

/// A network: what is an attribute as a block has every key.
fn network(stack: &mut Scope<'_>) -> (ec2::SubnetHandle, ec2::SecurityGroupHandle) {
    let vpc = stack.add("vpc", ec2::Vpc::new().cidr_block("10.0.0.0/16"));
    let gateway = stack.add("gateway", ec2::InternetGateway::new().vpc_id(vpc.id()));
    let route = ec2::RouteTableRoute::new().cidr_block("0.0.0.0/0").gateway_id(gateway.id());
    stack.add("routes", ec2::RouteTable::new().vpc_id(vpc.id()).route([route]));
    let rule = ec2::SecurityGroupIngress::new()
        .protocol("tcp")
        .from_port(443)
        .to_port(443)
        .cidr_blocks(["10.0.0.0/8"]);
    let group = stack.add("group", ec2::SecurityGroup::new().vpc_id(vpc.id()).ingress([rule]));
    let acl =
        ec2::NetworkAclIngress::new().action("allow").protocol("-1").rule_no(100).from_port(0).to_port(0);
    stack.add("acl", ec2::NetworkAcl::new().vpc_id(vpc.id()).ingress([acl.cidr_block("10.0.0.0/8")]));
    let subnet = stack.add("subnet", ec2::Subnet::new().vpc_id(vpc.id()).cidr_block("10.0.1.0/24"));
    (subnet, group)
}

/// Machines, and references into the blocks that the provider computes.
fn machines(stack: &mut Scope<'_>, subnet: ec2::SubnetHandle, group: ec2::SecurityGroupHandle) {
    let image = stack.add(
        "image",
        ec2::data::Ami::new()
            .most_recent(true)
            .owners(["amazon"])
            .filter([ec2::data::AmiFilter::new().name("name").values(["al2023-*"])]),
    );
    let machine = stack.add(
        "machine",
        ec2::Instance::new()
            .ami(image.id())
            .instance_type("t4g.nano")
            .subnet_id(subnet.id())
            .vpc_security_group_ids([group.id()])
            .root_block_device(ec2::InstanceRootBlockDevice::new().volume_size(20)),
    );
    stack.add("snapshot", ec2::EbsSnapshot::new().volume_id(machine.root_block_device().at(0).volume_id()));
    let balancer = stack.add("balancer", elbv2::Lb::new().subnets([subnet.id()]));
    let target = stack.add(
        "target",
        elbv2::TargetGroup::new().health_check(elbv2::TargetGroupHealthCheck::new().path("/")).port(80),
    );
    let action = elbv2::ListenerDefaultAction::new().type_("forward").target_group_arn(target.arn());
    stack.add("listener", elbv2::Listener::new().load_balancer_arn(balancer.arn()).default_action([action]));
    stack.add("scaling", autoscaling::Group::new().min_size(0).max_size(1).launch_configuration("x"));
}

/// Certificates: the elements of a set by `one`.
fn names(stack: &mut Scope<'_>) {
    let zone = stack.add("zone", route53::Zone::new().name("example.com"));
    let certificate = stack.add("certificate", acm::Certificate::new().domain_name("example.com"));
    let option = certificate.domain_validation_options().one();
    stack.add(
        "proof",
        route53::Record::new()
            .zone_id(zone.zone_id())
            .name(option.resource_record_name())
            .type_(option.resource_record_type())
            .records([option.resource_record_value()])
            .ttl(60),
    );
    let key = stack.add("key", kms::Key::new().enable_key_rotation(true));
    let database = stack.add(
        "database",
        rds::DbInstance::new()
            .instance_class("db.t4g.micro")
            .engine("postgres")
            .allocated_storage(20)
            .username("admin")
            .manage_master_user_password(true)
            .kms_key_id(key.arn()),
    );
    let secret = database.master_user_secret().at(0).secret_arn();
    stack.add("parameter", ssm::Parameter::new().name("/db").type_("String").insecure_value(secret));
}

/// Messages, data, and functions.
fn application(stack: &mut Scope<'_>) {
    let bucket = stack.add("bucket", s3::Bucket::new().bucket_prefix("files-"));
    let rule = s3::BucketLifecycleConfigurationRule::new()
        .id("old")
        .status("Enabled")
        .filter([s3::BucketLifecycleConfigurationRuleFilter::new().prefix("logs/")])
        .expiration([s3::BucketLifecycleConfigurationRuleExpiration::new().days(30)]);
    stack.add("rules", s3::BucketLifecycleConfiguration::new().bucket(bucket.id()).rule([rule]));
    let queue = stack.add("queue", sqs::Queue::new().visibility_timeout_seconds(60));
    let attribute = |name: &'static str| dynamodb::TableAttribute::new().name(name).type_("S");
    stack.add(
        "table",
        dynamodb::Table::new()
            .name("orders")
            .billing_mode("PAY_PER_REQUEST")
            .hash_key("id")
            .attribute([attribute("id"), attribute("day")])
            .global_secondary_index([dynamodb::TableGlobalSecondaryIndex::new()
                .name("by-day")
                .hash_key("day")
                .projection_type("ALL")]),
    );
    let caller = stack.add("caller", sts::data::CallerIdentity::new());
    let partition = stack.add("partition", meta::data::Partition::new());
    let role: Value<String> = synth::concat([
        "arn:".into(),
        partition.partition().into(),
        ":iam::".into(),
        caller.account_id().into(),
        ":role/r".into(),
    ]);
    let function = stack.add(
        "function",
        lambda::Function::new()
            .function_name("f")
            .role(&role)
            .handler("main")
            .runtime("provided.al2023")
            .s3_bucket(bucket.id())
            .s3_key("f.zip")
            .environment(lambda::FunctionEnvironment::new().variables([("QUEUE", queue.url())])),
    );
    stack.add(
        "source",
        lambda::EventSourceMapping::new().function_name(function.arn()).event_source_arn(queue.arn()),
    );
    stack.add("stream", kinesis::Stream::new().name("s").shard_count(1));
    let destination =
        firehose::DeliveryStreamExtendedS3Configuration::new().role_arn(&role).bucket_arn(bucket.arn());
    stack.add(
        "delivery",
        firehose::DeliveryStream::new()
            .name("d")
            .destination("extended_s3")
            .extended_s3_configuration(destination),
    );
    stack.add("machine-of-states", sfn::StateMachine::new().role_arn(&role).definition("{}"));
    stack.add("trail", cloudtrail::Cloudtrail::new().name("trail").s3_bucket_name(bucket.id()));
    stack.add("api", apigateway::RestApi::new().name("api"));
    stack.add("cluster", ecs::Cluster::new().name("c"));
}

/// Deep blocks.
fn edges(stack: &mut Scope<'_>, subnet: ec2::SubnetHandle) {
    let metric = |name: &'static str| {
        wafv2::WebAclVisibilityConfig::new()
            .cloudwatch_metrics_enabled(true)
            .metric_name(name)
            .sampled_requests_enabled(true)
    };
    stack.add(
        "firewall",
        wafv2::WebAcl::new()
            .name("w")
            .scope("REGIONAL")
            .default_action(wafv2::WebAclDefaultAction::new().allow(wafv2::WebAclDefaultActionAllow::new()))
            .visibility_config(metric("w")),
    );
    stack.add(
        "kubernetes",
        eks::Cluster::new()
            .name("k")
            .role_arn("arn:aws:iam::111111111111:role/r")
            .vpc_config(eks::ClusterVpcConfig::new().subnet_ids([subnet.id()])),
    );
    stack.add("users", cognitoidp::UserPool::new().name("u"));
    stack.add(
        "site",
        cloudfront::OriginAccessControl::new()
            .name("site")
            .origin_access_control_origin_type("s3")
            .signing_behavior("always")
            .signing_protocol("sigv4"),
    );
}

#[test]
fn terraform_accepts_what_the_bindings_write() -> Result<(), Failure> {
    synthesized::validates("bindings", |stack| {
        let (subnet, group) = network(stack);
        machines(stack, subnet, group);
        names(stack);
        application(stack);
        edges(stack, subnet);
    })
}
