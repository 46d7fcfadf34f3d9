//! What is known about AWS: that it is all there, and that it says what AWS says.

use policy::iam::catalogue::{
    Level, Scope, handled_types, handlers, managed_policies, managed_policy, service, services,
};

#[test]
fn every_service_is_there_with_all_that_its_actions_name() {
    let mut actions = 0;
    for service in services() {
        actions += service.actions.len();
        assert!(!service.actions.is_empty(), "{}", service.prefix);
        for action in &service.actions {
            for target in &action.targets {
                let known = service.resource_type(target.resource_type);
                assert!(known.is_some(), "{}:{}", service.prefix, target.resource_type);
            }
        }
    }
    assert_eq!((services().count(), actions), (459, 22_345));
}

#[test]
fn an_action_says_what_it_does_and_to_what() {
    let sqs = service("SQS").unwrap();
    let send = sqs.action("sendmessage").unwrap();
    assert_eq!((send.name, send.level, send.scope()), ("SendMessage", Some(Level::Write), Scope::Resource));
    assert_eq!((send.targets[0].resource_type, send.targets[0].required), ("queue", true));
    let queue = sqs.resource_type("queue").unwrap();
    assert_eq!(queue.arn, "arn:${Partition}:sqs:${Region}:${Account}:${QueueName}");
    assert_eq!(sqs.action("AddPermission").unwrap().level, Some(Level::Permissions));
}

#[test]
fn actions_without_a_resource_level_are_known() {
    for (prefix, name) in
        [("ecr", "GetAuthorizationToken"), ("s3", "ListAllMyBuckets"), ("ec2", "DescribeInstances")]
    {
        assert_eq!(service(prefix).unwrap().action(name).unwrap().scope(), Scope::Any, "{prefix}:{name}");
    }
}

#[test]
fn an_action_may_have_condition_keys_for_some_of_its_resources() {
    let run = service("ec2").unwrap().action("RunInstances").unwrap();
    let keys =
        |name: &str| &run.targets.iter().find(|target| target.resource_type == name).unwrap().condition_keys;
    assert!(keys("instance").contains(&"ec2:InstanceType") && !keys("subnet").contains(&"ec2:InstanceType"));
}

#[test]
fn condition_keys_are_known_with_their_variable_parts() {
    let s3 = service("s3").unwrap();
    assert_eq!(s3.condition_key("AWS:RequestTag/team").unwrap().name, "aws:RequestTag/${TagKey}");
    assert_eq!(s3.condition_key("s3:prefix").unwrap().kind, "String");
    for unknown in ["s3:frobnicate", "aws:RequestTag/", "aws:RequestTag", "é", ""] {
        assert!(s3.condition_key(unknown).is_none(), "{unknown}");
    }
}

#[test]
fn what_nobody_knows_is_not_there() {
    assert!(service("frobnicate").is_none() && service("").is_none());
    assert!(service("sqs").unwrap().action("Frobnicate").is_none());
    assert!(
        managed_policy("Frobnicate").is_none()
            && managed_policy("arn:aws:iam::111122223333:policy/x").is_none()
    );
    assert!(handlers("aws_frobnicate").is_none());
}

#[test]
fn every_managed_policy_has_a_document_with_statements() {
    for policy in managed_policies() {
        let document: serde_json::Value = serde_json::from_str(policy.document).unwrap();
        assert!(document.get("Statement").is_some(), "{}", policy.name);
    }
    assert_eq!(managed_policies().count(), 1582);
}

#[test]
fn a_managed_policy_is_found_by_name_and_by_arn() {
    let administrator = managed_policy("arn:aws:iam::aws:policy/AdministratorAccess").unwrap();
    assert_eq!(administrator.name, "AdministratorAccess");
    assert_eq!(administrator.arn(), "arn:aws:iam::aws:policy/AdministratorAccess");
    let lambda = "arn:aws-us-gov:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    assert!(managed_policy(lambda).unwrap().document.contains("logs:PutLogEvents"));
    // An ARN whose path is another is no ARN of it.
    assert!(managed_policy("arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole").is_none());
}

#[test]
fn half_of_the_types_of_the_provider_have_handlers() {
    assert_eq!(handled_types().filter(|name| handlers(name).is_some()).count(), 752);
}

#[test]
fn handlers_are_found_by_both_names() {
    let queue = handlers("aws_sqs_queue").unwrap();
    assert_eq!(queue.resource_type, "AWS::SQS::Queue");
    assert!(queue.create.contains(&"sqs:CreateQueue") && queue.delete.contains(&"sqs:DeleteQueue"));
    for (terraform, resource_type) in [
        ("aws_lb", "AWS::ElasticLoadBalancingV2::LoadBalancer"),
        ("aws_cloudwatch_event_rule", "AWS::Events::Rule"),
        ("aws_cloudwatch_log_group", "AWS::Logs::LogGroup"),
        ("aws_db_instance", "AWS::RDS::DBInstance"),
        ("aws_vpc", "AWS::EC2::VPC"),
        ("aws_iam_role", "AWS::IAM::Role"),
    ] {
        assert_eq!(handlers(terraform).unwrap().resource_type, resource_type, "{terraform}");
    }
    assert!(handlers("AWS::Lambda::Function").unwrap().create.contains(&"iam:PassRole"));
}
