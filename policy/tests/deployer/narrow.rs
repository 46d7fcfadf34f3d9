//! On which resources, and under which conditions, something is allowed.

use std::collections::BTreeSet;

use policy::deployer::{Need, Needs, Phase};
use serde_json::{Value, json};

use crate::of;

/// A configuration in a region, with an account.
fn with(resources: Value) -> Value {
    let provider = json!({"aws": {"region": "eu-west-1", "allowed_account_ids": ["111122223333"]}});
    json!({"provider": provider, "resource": resources})
}

fn find<'n>(needs: &'n Needs, action: &str) -> Vec<&'n Need> {
    needs.all.iter().filter(|need| need.action == action).collect()
}

/// The resources of an action.
fn on(document: &Value, action: &str) -> BTreeSet<String> {
    let needs = of(document);
    find(&needs, action).into_iter().flat_map(|need| need.resources.clone()).collect()
}

fn set<const N: usize>(texts: [&str; N]) -> BTreeSet<String> {
    texts.into_iter().map(str::to_owned).collect()
}

#[test]
fn a_name_that_is_written_is_in_the_arn() {
    let document = with(json!({"aws_sqs_queue": {"jobs": {"name": "jobs"}}}));
    assert_eq!(on(&document, "sqs:DeleteQueue"), set(["arn:aws:sqs:eu-west-1:111122223333:jobs"]));
}

#[test]
fn a_part_of_a_name_that_comes_later_is_any_text() {
    let mut document = with(json!({"aws_sqs_queue": {"jobs": {"name": "${var.team}-jobs"}}}));
    document["variable"] = json!({"team": {}});
    assert_eq!(on(&document, "sqs:DeleteQueue"), set(["arn:aws:sqs:eu-west-1:111122223333:*-jobs"]));
    let unnamed = with(json!({"aws_sqs_queue": {"jobs": {}}}));
    assert_eq!(on(&unnamed, "sqs:DeleteQueue"), set(["arn:aws:sqs:eu-west-1:111122223333:*"]));
    let prefixed = with(json!({"aws_sqs_queue": {"jobs": {"name_prefix": "jobs-"}}}));
    assert_eq!(on(&prefixed, "sqs:DeleteQueue"), set(["arn:aws:sqs:eu-west-1:111122223333:jobs-*"]));
}

#[test]
fn what_belongs_to_another_resource_has_the_name_of_that() {
    let document = with(json!({
        "aws_s3_bucket": {"logs": {"bucket": "acme-logs"}},
        "aws_s3_bucket_versioning": {"logs": {"bucket": "${aws_s3_bucket.logs.id}"}},
        "aws_s3_object": {"page": {"bucket": "${aws_s3_bucket.logs.bucket}", "key": "a/b.html"}},
        "aws_secretsmanager_secret": {"token": {"name": "token"}},
        "aws_secretsmanager_secret_version": {"token": {"secret_id": "${aws_secretsmanager_secret.token.arn}"}},
        "aws_iam_role": {"worker": {"name": "worker", "path": "/service/"}},
        "aws_iam_role_policy": {"worker": {"role": "${aws_iam_role.worker.id}"}},
    }));
    assert_eq!(on(&document, "s3:PutBucketVersioning"), set(["arn:aws:s3:::acme-logs"]));
    assert_eq!(on(&document, "s3:DeleteObject"), set(["arn:aws:s3:::acme-logs/a/b.html"]));
    let secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:token-??????";
    assert_eq!(on(&document, "secretsmanager:PutSecretValue"), set([secret]));
    assert_eq!(on(&document, "iam:PutRolePolicy"), set(["arn:aws:iam::111122223333:role/service/worker"]));
}

#[test]
fn an_attribute_that_is_no_name_names_nothing() {
    let document = with(json!({
        "aws_ssm_parameter": {"bucket": {"name": "the-parameter"}},
        "aws_s3_bucket_versioning": {"logs": {"bucket": "${aws_ssm_parameter.bucket.insecure_value}"}},
    }));
    assert_eq!(on(&document, "s3:PutBucketVersioning"), set(["arn:aws:s3:::*"]));
}

#[test]
fn an_arn_that_is_written_counts_as_it_is() {
    let arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:token-a1B2c3";
    let document = with(json!({"aws_secretsmanager_secret_version": {"token": {"secret_id": arn}}}));
    assert_eq!(on(&document, "secretsmanager:PutSecretValue"), set([arn]));
}

#[test]
fn an_arn_of_several_parts_gives_its_name() {
    let balancer =
        "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/front/0123456789abcdef";
    let document = with(json!({"aws_lb_listener": {"http": {"load_balancer_arn": balancer}}}));
    let listeners = on(&document, "elasticloadbalancing:DeleteListener");
    let own = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/front/*/*";
    assert!(listeners.contains(own), "{listeners:?}");
    let cluster = "arn:aws:ecs:eu-west-1:111122223333:cluster/shop";
    let document = with(json!({"aws_ecs_service": {"api": {"name": "api", "cluster": cluster}}}));
    let service = "arn:aws:ecs:eu-west-1:111122223333:service/shop/api";
    assert_eq!(on(&document, "ecs:DeleteService"), set([service]));
}

#[test]
fn whose_credentials_they_are_is_asked_of_every_stack() {
    let queue = json!({"resource": {"aws_sqs_queue": {"jobs": {"name": "jobs"}}}});
    assert_eq!(on(&queue, "sts:GetCallerIdentity"), set(["*"]));
    assert!(of(&json!({"resource": {"random_pet": {"a": {}}}})).all.is_empty());
}

#[test]
fn references_in_a_circle_come_to_an_end() {
    let document = with(json!({
        "aws_s3_bucket_versioning": {"a": {"bucket": "${aws_s3_bucket_versioning.b.id}"},
                                     "b": {"bucket": "${aws_s3_bucket_versioning.a.id}"}},
    }));
    assert_eq!(on(&document, "s3:PutBucketVersioning"), set(["arn:aws:s3:::*"]));
}

#[test]
fn the_place_is_that_of_the_provider_that_the_block_names() {
    let queue = json!({"aws_sqs_queue": {"jobs": {"name": "jobs", "provider": "aws.far"}}});
    let mut document = with(queue);
    document["provider"]["aws"] = json!([
        {"region": "eu-west-1"},
        {"alias": "far", "region": "us-gov-west-1", "assume_role": {"role_arn": "arn:aws-us-gov:iam::444455556666:role/x"}},
    ]);
    assert_eq!(on(&document, "sqs:DeleteQueue"), set(["arn:aws-us-gov:sqs:us-gov-west-1:444455556666:jobs"]));
    assert!(of(&document).notes.iter().any(|note| note.contains("sts:AssumeRole")));
}

#[test]
fn a_place_that_nobody_says_is_open_and_said() {
    let document = json!({"resource": {"aws_sqs_queue": {"jobs": {"name": "jobs"}}}});
    assert_eq!(on(&document, "sqs:DeleteQueue"), set(["arn:*:sqs:*:*:jobs"]));
    let said = of(&document).open_places;
    assert!(said.iter().any(|why| why.contains("--region") && why.contains("--account")), "{said:?}");
}

#[test]
fn a_role_is_passed_to_the_service_that_takes_it_and_to_no_other() {
    let trust = json!({"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"Service": "edgelambda.amazonaws.com"}}});
    let document = with(json!({
        "aws_iam_role": {"worker": {"name": "worker", "assume_role_policy": trust.to_string()}},
        "aws_lambda_function": {"jobs": {"function_name": "jobs", "role": "${aws_iam_role.worker.arn}"}},
    }));
    let needs = of(&document);
    let [passed] = find(&needs, "iam:PassRole")[..] else { unreachable!() };
    assert_eq!(passed.resources, set(["arn:aws:iam::111122223333:role/worker"]));
    let condition = passed.condition.clone().unwrap();
    assert_eq!((condition.operator, condition.key), ("StringEquals", "iam:PassedToService"));
    assert_eq!(condition.values, set(["edgelambda.amazonaws.com", "lambda.amazonaws.com"]));
}

#[test]
fn a_role_of_elsewhere_is_passed_by_its_arn_or_any() {
    let task = |role: &str| {
        with(json!({"aws_ecs_task_definition": {"api": {"family": "api", "execution_role_arn": role}}}))
    };
    let own = "arn:aws:iam::111122223333:role/pull";
    assert_eq!(on(&task(own), "iam:PassRole"), set([own]));
    let later = on(&task("${data.aws_iam_role.pull.arn}"), "iam:PassRole");
    assert_eq!(later, set(["arn:aws:iam::111122223333:role/*"]));
}

#[test]
fn nothing_is_passed_where_no_role_is_given() {
    let document = with(json!({"aws_s3_bucket": {"logs": {"bucket": "logs"}}}));
    assert!(find(&of(&document), "iam:PassRole").is_empty());
}

#[test]
fn a_service_linked_role_is_that_of_the_service() {
    let document = with(json!({"aws_lb": {"front": {"name": "front"}}}));
    let needs = of(&document);
    let [made] = find(&needs, "iam:CreateServiceLinkedRole")[..] else { unreachable!() };
    let role = "arn:aws:iam::111122223333:role/aws-service-role/elasticloadbalancing.amazonaws.com/*";
    assert_eq!(made.resources, set([role]));
    assert_eq!(made.condition.clone().unwrap().values, set(["elasticloadbalancing.amazonaws.com"]));
}

#[test]
fn only_what_has_tags_is_tagged() {
    let mut document = with(json!({"aws_sqs_queue": {"jobs": {"name": "jobs"}}}));
    assert!(find(&of(&document), "sqs:TagQueue").is_empty());
    assert!(!find(&of(&document), "sqs:ListQueueTags").is_empty(), "tags are read all the same");
    document["resource"]["aws_sqs_queue"]["jobs"]["tags"] = json!({});
    assert!(find(&of(&document), "sqs:TagQueue").is_empty());
    document["provider"]["aws"]["default_tags"] = json!({"tags": {"team": "shop"}});
    assert!(!find(&of(&document), "sqs:TagQueue").is_empty());
}

#[test]
fn a_key_is_used_by_what_names_it() {
    let document = with(json!({
        "aws_kms_key": {"data": {}},
        "aws_db_instance": {"main": {"identifier": "main", "kms_key_id": "${aws_kms_key.data.arn}"}},
    }));
    assert_eq!(on(&document, "kms:CreateGrant"), set(["arn:aws:kms:eu-west-1:111122223333:key/*"]));
    let needs = of(&document);
    let granted = find(&needs, "kms:CreateGrant")[0].condition.clone().unwrap();
    assert_eq!((granted.operator, granted.key), ("Bool", "kms:GrantIsForAWSResource"));
    let aws =
        with(json!({"aws_db_instance": {"main": {"identifier": "main", "kms_key_id": "alias/aws/rds"}}}));
    assert!(find(&of(&aws), "kms:CreateGrant").is_empty(), "a key of AWS is for everybody in the account");
}

#[test]
fn the_state_is_read_written_and_locked() {
    let backend = json!({"bucket": "acme-state", "key": "shop/terraform.tfstate", "region": "eu-west-1",
        "use_lockfile": true, "dynamodb_table": "locks", "kms_key_id": "arn:aws:kms:eu-west-1:111122223333:key/k"});
    let document = json!({"terraform": {"backend": {"s3": backend}}});
    let state = "arn:aws:s3:::acme-state/shop/terraform.tfstate";
    assert_eq!(on(&document, "s3:ListBucket"), set(["arn:aws:s3:::acme-state"]));
    assert_eq!(on(&document, "s3:GetObject"), set([state, &format!("{state}.tflock")]));
    assert_eq!(on(&document, "s3:DeleteObject"), set([&format!("{state}.tflock")]));
    assert_eq!(on(&document, "dynamodb:PutItem"), set(["arn:aws:dynamodb:eu-west-1:*:table/locks"]));
    assert_eq!(on(&document, "kms:GenerateDataKey"), set(["arn:aws:kms:eu-west-1:111122223333:key/k"]));
    let needs = of(&document);
    let writes = find(&needs, "s3:PutObject").into_iter().filter(|need| need.resources.contains(state));
    assert!(writes.map(|need| need.phase).eq([Phase::Apply, Phase::Destroy]), "planning writes no state");
}

#[test]
fn a_backend_that_is_given_elsewhere_is_any() {
    let document = json!({"terraform": {"backend": {"s3": {}}}});
    assert_eq!(on(&document, "s3:GetObject"), set(["arn:*:s3:::*/*"]));
}

#[test]
fn the_state_of_another_stack_is_only_read() {
    let network =
        json!({"backend": "s3", "config": {"bucket": "acme-state", "key": "network", "region": "eu-west-1"}});
    let document = json!({"data": {"terraform_remote_state": {"network": network}}});
    assert_eq!(on(&document, "s3:GetObject"), set(["arn:aws:s3:::acme-state/network"]));
    assert!(of(&document).all.iter().all(|need| need.phase == Phase::Plan));
    let local = json!({"data": {"terraform_remote_state": {"network": {"backend": "local"}}}});
    assert!(of(&local).all.is_empty());
}

#[test]
fn data_and_ephemeral_blocks_are_read() {
    let mut document = with(json!({}));
    document["data"] = json!({"aws_ssm_parameter": {"image": {"name": "/app/image"}},
        "aws_iam_policy_document": {"none": {}}});
    document["ephemeral"] = json!({"aws_secretsmanager_secret_version": {"token": {"secret_id": "token"}}});
    let parameter = "arn:aws:ssm:eu-west-1:111122223333:parameter/app/image";
    assert_eq!(on(&document, "ssm:GetParameter"), set([parameter]));
    let secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:token-??????";
    assert_eq!(on(&document, "secretsmanager:GetSecretValue"), set([secret]));
    assert!(of(&document).all.iter().all(|need| need.phase == Phase::Plan));
}

#[test]
fn what_a_secret_is_never_stands_in_a_policy() {
    let document = with(json!({
        "aws_secretsmanager_secret": {"token": {"name": "token"}},
        "aws_secretsmanager_secret_version": {"token":
            {"secret_id": "${aws_secretsmanager_secret.token.id}", "secret_string_wo": "hunter2hunter2"}},
    }));
    assert!(!format!("{:?}", of(&document)).contains("hunter2"));
}

#[test]
fn a_type_of_which_nothing_is_known_is_said_and_those_of_others_need_nothing() {
    let document = with(json!({
        "aws_not_a_type": {"a": {}}, "awscc_sqs_queue": {"b": {}}, "random_pet": {"c": {}},
    }));
    let needs = of(&document);
    assert_eq!(needs.unknown.keys().collect::<Vec<_>>(), ["aws_not_a_type.a", "awscc_sqs_queue.b"]);
    assert_eq!(needs.foreign, set(["random_pet.c"]));
}
