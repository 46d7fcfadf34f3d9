//! Grants that are too wide: each is reported once, for what is worst about it, and what limits it is heeded.

mod managed;

use policy::iam::catalogue::{Scope, services};
use policy::rules::Theme;
use policy::{Report, Sources, check};
use proptest::prelude::*;
use serde_json::{Value, json};

fn judge(document: &Value) -> Report {
    let mut sources = Sources::default();
    let file = sources.add("t.tf.json", document.to_string());
    check(&sources, &[file])
}

/// The rules about breadth that report something in a document, and what is undecided.
fn said(document: &Value) -> (Vec<&'static str>, Vec<String>) {
    let report = judge(document);
    let of_breadth = report.findings.iter().filter(|finding| finding.rule.theme() == Theme::Breadth);
    (
        of_breadth.map(|finding| finding.rule.id).collect(),
        report.undecided.into_iter().map(|later| later.why).collect(),
    )
}

fn policy(statement: &Value) -> Value {
    let policy = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
    json!({"resource": {"aws_iam_policy": {"p": {"policy": policy}}}})
}

/// What is said of a statement that allows.
fn allowing(action: &Value, resource: &Value) -> Vec<&'static str> {
    said(&policy(&json!({"Effect": "Allow", "Action": action, "Resource": resource}))).0
}

/// What is said of an action on everything under a condition.
fn under(action: &str, condition: &Value) -> (Vec<&'static str>, Vec<String>) {
    let statement = json!({"Effect": "Allow", "Action": action, "Resource": "*", "Condition": condition});
    said(&policy(&statement))
}

/// What is said of the attachment of a managed policy.
fn attached(arn: &str) -> (Vec<&'static str>, Vec<String>) {
    said(&json!({"resource": {"aws_iam_role_policy_attachment": {"a": {"role": "r", "policy_arn": arn}}}}))
}

#[test]
fn every_spelling_of_a_wide_action_is_reported_as_the_same() {
    for action in ["*", "**", "*:*", "*:?*"] {
        assert_eq!(
            allowing(&json!(action), &json!("arn:aws:sqs:us-east-2:111122223333:q")),
            ["IAM002"],
            "{action}"
        );
    }
    for action in ["sqs:*", "SQS:**", "sqs:?*"] {
        let found = allowing(&json!([action]), &json!("arn:aws:sqs:us-east-2:111122223333:q"));
        assert_eq!(found, ["IAM001"], "{action}");
    }
}

#[test]
fn all_actions_of_a_service_one_by_one_are_the_whole_service() {
    let sqs = services().find(|service| service.prefix == "sqs").unwrap();
    let mut all: Vec<String> = sqs.actions.iter().map(|action| format!("sqs:{}", action.name)).collect();
    let queue = json!("arn:aws:sqs:us-east-2:111122223333:q");
    assert_eq!(allowing(&json!(all), &queue), ["IAM001"]);
    all.pop();
    assert_eq!(allowing(&json!(all), &queue), [""; 0]);
}

#[test]
fn every_spelling_of_everything_is_every_resource() {
    for resource in [
        "*",
        "**",
        "?*",
        "arn:*",
        "arn:aws:*",
        "arn:aws*:*",
        "arn:*:*:*:*:*",
        "arn:aws:*:*:*:*",
        "arn:aws-cn:*",
    ] {
        assert_eq!(allowing(&json!("sqs:SendMessage"), &json!(resource)), ["IAM003"], "{resource}");
    }
    let partition = "arn:${data.aws_partition.p.partition}:*";
    assert_eq!(allowing(&json!("sqs:SendMessage"), &json!(partition)), ["IAM003"]);
}

#[test]
fn arns_that_name_nothing_are_wide() {
    for (action, resource) in [
        ("s3:GetObject", "arn:aws:s3:::*"),
        ("s3:GetObject", "arn:aws:s3:::*/*"),
        ("s3:GetObject", "arn:aws:s3:::*/reports/*"),
        ("sqs:SendMessage", "arn:aws:sqs:*:*:*"),
        ("sqs:SendMessage", "arn:aws:sqs:*"),
        ("sqs:SendMessage", "arn:aws:s*"),
        ("sqs:SendMessage", "arn:aws:sqs:us-east-2:*"),
        ("sqs:SendMessage", "arn:aws:*:us-east-2:111122223333:*"),
        ("sqs:SendMessage", "arn:aws:sqs:us-east-2:111122223333:*"),
        ("sts:TagSession", "arn:aws:iam::111122223333:role/*"),
        ("dynamodb:Query", "arn:aws:dynamodb:us-east-2:${data.aws_caller_identity.c.account_id}:table/*"),
        ("logs:PutLogEvents", "arn:aws:logs:*:*:*"),
        ("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-2:111122223333:secret:*"),
        ("ec2:TerminateInstances", "arn:aws:ec2:us-east-2:111122223333:instance/*"),
        ("lambda:InvokeFunction", "arn:aws:lambda:us-east-2:111122223333:function:*"),
    ] {
        assert_eq!(allowing(&json!(action), &json!(resource)), ["IAM008"], "{action} {resource}");
    }
}

#[test]
fn arns_that_name_something_are_not_wide() {
    for (action, resource) in [
        ("s3:GetObject", "arn:aws:s3:::assets/*"),
        ("s3:GetObject", "arn:*:s3:::assets/*"),
        ("s3:ListBucket", "arn:aws:s3:::assets-*"),
        ("ssm:GetParameter", "arn:aws:ssm:us-east-2:111122223333:parameter/app/*"),
        ("ssm:GetParameter", "arn:aws:ssm:*::parameter/aws/service/*"),
        ("logs:PutLogEvents", "arn:aws:logs:us-east-2:111122223333:log-group:/aws/lambda/f:*"),
        ("execute-api:Invoke", "arn:aws:execute-api:us-east-2:111122223333:abc/*"),
        ("bedrock:InvokeModel", "arn:aws:bedrock:*::foundation-model/anthropic.*"),
        ("dynamodb:Query", "arn:aws:dynamodb:us-east-2:111122223333:table/t/index/*"),
        ("sqs:SendMessage", "${aws_sqs_queue.q.arn}"),
    ] {
        assert_eq!(allowing(&json!(action), &json!(resource)), [""; 0], "{action} {resource}");
    }
}

#[test]
fn what_has_no_resource_level_may_be_allowed_on_everything() {
    for action in
        ["ecr:GetAuthorizationToken", "s3:ListAllMyBuckets", "ec2:Describe*", "sts:GetCallerIdentity"]
    {
        assert_eq!(allowing(&json!(action), &json!("*")), [""; 0], "{action}");
    }
}

#[test]
fn a_statement_is_reported_for_each_idea_and_once_for_each() {
    let actions = json!([
        "s3:GetObject",
        "s3:GetObjectVersion",
        "ssm:GetParameter",
        "kms:Decrypt",
        "s3:PutBucketPolicy",
        "cloudtrail:StopLogging",
        "kms:ScheduleKeyDeletion",
        "rds-db:connect",
        "sqs:SendMessage",
        "sqs:GetQueueUrl",
    ]);
    let mut found = allowing(&actions, &json!("*"));
    found.sort_unstable();
    assert_eq!(found, ["IAM003", "IAM040", "IAM041", "IAM042", "IAM043", "IAM044", "IAM045"]);
}

#[test]
fn what_a_wider_text_of_the_statement_covers_is_not_reported_again() {
    assert_eq!(allowing(&json!(["s3:*", "s3:GetObject", "s3:Put*"]), &json!("*")), ["IAM001"]);
    assert_eq!(allowing(&json!(["*", "s3:*", "kms:Decrypt"]), &json!("*")), ["IAM002"]);
    assert_eq!(allowing(&json!(["s3:*", "sqs:SendMessage"]), &json!("*")), ["IAM001", "IAM003"]);
}

#[test]
fn what_only_describes_is_less_than_what_changes() {
    assert_eq!(allowing(&json!(["ecs:DescribeTasks", "ecs:List*"]), &json!("*")), ["IAM053"]);
    assert_eq!(allowing(&json!(["ecs:DescribeTasks", "ecs:StopTask"]), &json!("*")), ["IAM003"]);
}

#[test]
fn a_condition_that_picks_resources_limits_a_statement() {
    for condition in [
        json!({"StringEquals": {"aws:ResourceTag/team": "shop"}}),
        json!({"StringEquals": {"secretsmanager:ResourceTag/team": ["shop", "web"]}}),
        json!({"ForAnyValue:StringLike": {"AWS:resourcetag/team": "s*"}}),
        json!({"Null": {"aws:ResourceTag/team": "false"}}),
    ] {
        let found = under("secretsmanager:GetSecretValue", &condition).0;
        assert!(!found.contains(&"IAM042"), "{condition}: {found:?}");
    }
}

#[test]
fn a_condition_that_picks_nothing_does_not() {
    for condition in [
        json!({"Bool": {"aws:SecureTransport": "true"}}),
        json!({"StringLike": {"aws:ResourceTag/team": "*"}}),
        json!({"StringNotEquals": {"aws:ResourceTag/team": "web"}}),
        json!({"StringEqualsIfExists": {"aws:ResourceTag/team": "shop"}}),
        json!({"Null": {"aws:ResourceTag/team": "true"}}),
        json!({}),
    ] {
        let found = under("secretsmanager:GetSecretValue", &condition).0;
        assert!(found.contains(&"IAM042"), "{condition}: {found:?}");
    }
}

#[test]
fn a_condition_that_is_known_only_later_is_undecided() {
    let policy = r#"${jsonencode({Version = "2012-10-17", Statement = {Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*", Condition = var.c}})}"#;
    let (rules, undecided) = said(&json!({"resource": {"aws_iam_policy": {"p": {"policy": policy}}}}));
    assert_eq!(rules, [""; 0]);
    assert!(
        undecided.contains(&"whether this condition picks some resources is known only later".to_owned())
    );
}

#[test]
fn an_action_that_is_known_in_part_is_undecided() {
    let (rules, undecided) = said(&policy(
        &json!({"Effect": "Allow", "Action": "${var.service}:Get*", "Resource": "arn:aws:sqs:us-east-2:111122223333:q"}),
    ));
    assert_eq!(rules, [""; 0]);
    assert!(undecided.contains(&"which action this is, is known only later".to_owned()), "{undecided:?}");
}

#[test]
fn what_denies_or_limits_or_belongs_to_a_resource_is_no_grant_on_everything() {
    let statement = json!({"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"});
    assert_eq!(said(&policy(&statement)).0, [""; 0]);
    let allow = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}});
    let limit = json!({"resource": {
        "aws_iam_policy": {"p": {"policy": allow.to_string()}},
        "aws_iam_role": {"r": {"permissions_boundary": "${aws_iam_policy.p.arn}"}}}});
    assert_eq!(said(&limit).0, [""; 0]);
}

#[test]
fn findings_name_what_the_configuration_declares() {
    let policy = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["s3:GetObject", "sqs:SendMessage", "sns:Publish"], "Resource": "*"}});
    let report = judge(&json!({
        "provider": {"aws": {"region": "eu-west-1"}},
        "data": {"aws_caller_identity": {"me": {}}},
        "resource": {
            "aws_s3_bucket": {"assets": {"bucket": "assets"}},
            "aws_sqs_queue": {"each": {"for_each": ["a"], "name": "${each.key}"}},
            "aws_iam_policy": {"p": {"policy": policy.to_string()}}}
    }));
    let instead: Vec<&str> =
        report.findings.iter().filter_map(|finding| finding.instead.as_deref()).collect();
    assert_eq!(
        instead,
        [
            "name what this principal reads: in `Resource`, `\"${aws_s3_bucket.assets.arn}/*\"`",
            "in `Resource`, `\"arn:aws:sqs:eu-west-1:${data.aws_caller_identity.me.account_id}:QUEUE_NAME\"` and `\"arn:aws:sns:eu-west-1:${data.aws_caller_identity.me.account_id}:TOPIC_NAME\"`; put actions that have no resource level in a statement of their own",
        ]
    );
}

/// Actions that can be limited to resources, of a few services.
fn limitable() -> Vec<String> {
    let of = services()
        .filter(|service| ["s3", "sqs", "kms", "ssm", "rds", "cloudtrail"].contains(&service.prefix));
    let actions = of.flat_map(|service| {
        let actions = service.actions.iter().filter(|action| action.scope() == Scope::Resource);
        actions.map(|action| format!("{}:{}", service.prefix, action.name))
    });
    actions.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Alone, an action has one reason for which it should not be allowed on everything.
    #[test]
    fn an_action_on_everything_is_reported_by_one_rule(at in any::<prop::sample::Index>()) {
        let all = limitable();
        let action = at.get(&all);
        let found = allowing(&json!(action), &json!("*"));
        prop_assert_eq!(found.len(), 1, "{}: {:?}", action, found);
    }
}
